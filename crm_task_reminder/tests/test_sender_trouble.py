"""What ends a sender's consent, and who is told."""

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from .senders import PASSWORD, SenderCommon


@tagged("post_install", "-at_install")
class TestSenderTrouble(SenderCommon):
    """Without a sender nothing leaves, and an administrator hears of it once."""

    def _assert_ends(self, reason):
        """Check that nothing leaves, that one row says why, and one activity."""
        tasks = [self.create_task(self.line()) for _number in range(3)]
        self.pass_time(hours=1)
        for _run in range(3):
            self.run_service()
            self.assertFalse(self.texts + self.mails)
        troubles = self.log.search(
            [("operation", "=", "service"), ("company_id", "=", self.company.id)]
        )
        self.assertEqual(troubles.mapped("reason"), [reason])
        self.assertFalse(self.rows(tasks[0]))
        self.assertEqual(len(self._get_activities()), 1)
        trouble = self.window.new({}).reminder_trouble
        self.assertEqual(trouble, troubles.reason_text)
        self.assertIn(trouble, self._get_activities().note)
        return tasks

    def _get_activities(self):
        return self.company.partner_id.activity_search(
            ["crm_task_reminder.mail_activity_type_trouble"]
        )

    def test_r06_changed_password(self):
        self._choose(self.chosen, PASSWORD)
        self.chosen.password = "another password"
        self._assert_ends("operator_password")
        self._choose(self.chosen, "another password")
        self.assertFalse(self._get_activities())
        self.run_service()
        self.assertEqual(len(self.texts), 3)

    def test_r06_activity_ends_when_the_sender_is_back(self):
        self.sender.active = False
        self._assert_ends("operator_archived")
        self.sender.active = True
        self.run_service()
        self.assertFalse(self._get_activities())

    def test_r06_activity_ends_with_the_reminders(self):
        self.sender.active = False
        self._assert_ends("operator_archived")
        self.window.create({"reminder_hourly_limit": 50})
        self.assertTrue(self._get_activities(), "the trouble goes on")
        self.window.create({"reminder_enabled": False})
        self.assertFalse(self._get_activities())

    def test_r06_sender_agrees_again_after_changing_the_password(self):
        self._choose(self.manager)
        self.manager.password = "another password"
        self.assertEqual(self._get_trouble(), "operator_password")
        with self.assertRaises(AccessError):
            other = self.window.with_user(self._make_manager()).create({})
            other.action_authorise_reminder_sender()
        self.window.create({}).action_authorise_reminder_sender()
        self.assertFalse(self._get_trouble())

    def test_r06_archived_sender(self):
        self.sender.active = False
        self._assert_ends("operator_archived")

    def test_r06_sender_without_access_to_the_company(self):
        other = self._create_company("Drugi Dom")
        self.sender.write(
            {"company_ids": [Command.set(other.ids)], "company_id": other.id}
        )
        self._assert_ends("operator_company")

    def test_r06_sender_without_the_right_to_read_tasks(self):
        access = self.env["ir.model.access"].search(
            [("model_id.model", "=", "project.task"), ("perm_read", "=", True)]
        )
        access.perm_read = False
        self._assert_ends("operator_rights")

    def test_r06_sender_who_became_a_portal_user(self):
        self.sender.group_ids = self.env.ref("base.group_portal")
        self._assert_ends("operator_rights")

    def test_r06_activity_is_for_an_administrator_of_the_company(self):
        admin = self._create_user(
            "admin_here", "Anna Admin", groups="base.group_system"
        )
        self.env.ref("base.group_system").all_user_ids.filtered(
            lambda user: user != admin
        ).company_ids -= self.company
        self.sender.active = False
        self._assert_ends("operator_archived")
        self.assertEqual(self._get_activities().user_id, admin)

    def test_r06_activity_is_in_the_administrators_language(self):
        self.env["res.lang"]._activate_lang("pl_PL")
        type_in_polish = self.env.ref(
            "crm_task_reminder.mail_activity_type_trouble"
        ).with_context(lang="pl_PL")
        type_in_polish.summary = "Przypomnienia nie wychodzą"
        self.env.ref("base.group_system").all_user_ids.lang = "pl_PL"
        self.company.name = "Ogród <b> & Dom"
        self.sender.active = False
        self.create_task(self.line())
        self.pass_time(hours=1)
        self.run_service()
        activity = self._get_activities()
        note = activity.note
        self.assertIn("Ogród &lt;b&gt; &amp; Dom", note)
        self.assertNotIn("reminders", note)
        polish = self.company.with_context(lang="pl_PL")
        self.assertIn(polish._describe_reminder_trouble(), note)
        self.assertEqual(activity.summary, type_in_polish.summary)

    def test_r06_activity_follows_the_reason(self):
        self.sender.active = False
        self._assert_ends("operator_archived")
        self.company.reminder_user_id = False
        self.run_service()
        self.assertIn("No sender is chosen", self._get_activities().note)
        self.assertEqual(len(self._get_activities()), 1)
