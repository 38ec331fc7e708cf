import base64
from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import ReminderCommon

#: What Odoo's own test users have: the login twice, until it is long enough.
PASSWORD = "correct horse battery staple"


@tagged("post_install", "-at_install")
class TestOperator(ReminderCommon):
    """Who the operator is, how the password is asked for, what ends the consent."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls._create_user(
            "manager",
            "Maria Manager",
            groups="sales_team.group_sale_manager,project.group_project_manager",
        )
        cls.chosen = cls._create_user("chosen", "Celina Chosen")
        cls.chosen.password = PASSWORD
        cls.window = cls.env["crm.task.reminder.settings"].with_user(cls.manager)

    def _choose(self, user, password=False, window=None):
        window = self.window if window is None else window
        return window.create(
            {"reminder_user_id": user.id, "reminder_password": password}
        )

    def _get_trouble(self):
        return self.company._get_reminder_trouble()

    def _remove_password(self, user):
        user.flush_recordset()
        self.env.cr.execute(
            "UPDATE res_users SET password = NULL WHERE id = %s", [user.id]
        )

    # ------------------------------------------------------------------
    # Choosing
    # ------------------------------------------------------------------

    def test_r06_another_operator_with_the_right_password(self):
        self._choose(self.chosen, PASSWORD)
        self.assertEqual(self.company.reminder_user_id, self.chosen)
        self.assertFalse(self._get_trouble())

    def test_r06_wrong_password_is_refused(self):
        for password in ("wrong", PASSWORD.upper(), PASSWORD + " ", False):
            with (
                self.subTest(password=password),
                self.assertRaisesRegex(UserError, "Celina Chosen"),
                self.cr.savepoint(),
            ):
                self._choose(self.chosen, password)
        self.company.invalidate_recordset()
        self.assertEqual(self.company.reminder_user_id, self.operator)
        self.assertFalse(self._get_trouble())

    def test_r06_the_managers_own_password_is_not_the_operators(self):
        self.manager.password = "a password of my own"
        with self.assertRaises(UserError):
            self._choose(self.chosen, "a password of my own")

    def test_r06_oneself_needs_no_password(self):
        self._choose(self.manager)
        self.assertEqual(self.company.reminder_user_id, self.manager)
        self.assertFalse(self._get_trouble())

    def test_r06_settings_of_the_administrator_ask_as_well(self):
        admin = self._create_user(
            "admin_here", "Anna Admin", groups="base.group_system"
        )
        settings = self.env["res.config.settings"].with_user(admin)
        with self.assertRaisesRegex(UserError, "Enter the password of Celina Chosen"):
            self._choose(self.chosen, window=settings)
        self._choose(self.chosen, PASSWORD, window=settings)
        self.assertFalse(self._get_trouble())

    def test_r06_other_settings_can_be_saved_without_the_password(self):
        self._choose(self.chosen, PASSWORD)
        self.window.create(
            {"reminder_user_id": self.chosen.id, "reminder_send_passed": True}
        )
        self.assertFalse(self._get_trouble())
        self.chosen.password = "another password"
        self.window.create(
            {"reminder_user_id": self.chosen.id, "reminder_send_passed": False}
        )
        self.assertFalse(self.company.reminder_send_passed)
        self.assertEqual(self._get_trouble(), "operator_password")

    def test_r06_consent_does_not_come_with_a_direct_write(self):
        admin = self._create_user(
            "admin_here", "Anna Admin", groups="base.group_system"
        )
        self.company.with_user(admin).reminder_user_id = self.chosen
        self.assertEqual(self._get_trouble(), "operator_password")

    def test_r06_consent_is_for_one_company(self):
        other = self._create_company("Drugi Dom")
        self.chosen.company_ids += other
        self._choose(self.chosen, PASSWORD)
        other.reminder_user_id = self.chosen
        other.sudo().reminder_seal = self.company.sudo().reminder_seal
        self.assertEqual(other._get_reminder_trouble(), "operator_password")

    def test_r06_operator_who_signs_in_with_two_factors(self):
        self.chosen.totp_secret = base64.b32encode(b"twenty bytes of key!").decode()
        self.assertTrue(self.chosen.totp_enabled)
        with self.assertRaises(UserError):
            self._choose(self.chosen, "wrong")
        self._choose(self.chosen, PASSWORD)
        self.assertFalse(self._get_trouble())

    def test_r06_key_of_the_api_is_no_password(self):
        keys = self.env["res.users.apikeys"].with_user(self.chosen)
        tomorrow = self.now + timedelta(days=1)
        key = keys._generate("rpc", "Key", tomorrow)
        with self.assertRaises(UserError):
            self._choose(self.chosen, key)

    def test_r06_user_without_password_is_chosen_by_oneself_or_an_administrator(self):
        self._remove_password(self.chosen)
        with self.assertRaisesRegex(UserError, "signs in without a password"):
            self._choose(self.chosen)
        self._choose(self.chosen, window=self.window.with_user(self._make_manager()))
        self.assertFalse(self._get_trouble())
        self.company.reminder_user_id = self.operator
        admin = self._create_user(
            "admin_here", "Anna Admin", groups="base.group_system"
        )
        self._choose(self.chosen, window=self.window.with_user(admin))
        self.assertFalse(self._get_trouble())
        self.chosen.password = PASSWORD
        self.assertEqual(self._get_trouble(), "operator_password")

    def _make_manager(self):
        self.chosen.group_ids += self.env.ref("sales_team.group_sale_manager")
        return self.chosen

    # ------------------------------------------------------------------
    # The password is kept nowhere
    # ------------------------------------------------------------------

    def test_r06_password_has_no_column(self):
        for model in ("res.config.settings", "crm.task.reminder.settings"):
            with self.subTest(model=model):
                self.assertFalse(self.env[model]._fields["reminder_password"].store)
                self.cr.execute(
                    "SELECT column_name FROM information_schema.columns "
                    "WHERE table_name = %s AND column_name LIKE 'reminder%%'",
                    [self.env[model]._table],
                )
                self.assertFalse(self.cr.fetchall())

    def test_r06_password_does_not_come_back(self):
        window = self._choose(self.chosen, PASSWORD)
        self.assertFalse(window.reminder_password)
        window.write({"reminder_password": PASSWORD})
        self.assertFalse(window.reminder_password)
        self.assertNotIn(PASSWORD, str(window.read()))

    def test_r06_seal_is_neither_the_password_nor_its_hash(self):
        self._choose(self.chosen, PASSWORD)
        seal = self.company.sudo().reminder_seal
        self.assertNotIn(PASSWORD, seal)
        self.assertNotIn(self.chosen._get_reminder_password_hash(), seal)
        self.assertRegex(seal, "^[0-9a-f]{64}$")

    def test_r06_nobody_reads_the_seal(self):
        admin = self._create_user(
            "admin_here", "Anna Admin", groups="base.group_system"
        )
        for user in (admin, self.manager, self.chosen):
            with self.subTest(user=user.name), self.assertRaises(AccessError):
                self.company.with_user(user).read(["reminder_seal"])

    # ------------------------------------------------------------------
    # What ends the authorisation
    # ------------------------------------------------------------------

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

    def test_r06_activity_ends_when_the_operator_is_back(self):
        self.operator.active = False
        self._assert_ends("operator_archived")
        self.operator.active = True
        self.run_service()
        self.assertFalse(self._get_activities())

    def test_r06_activity_ends_with_the_reminders(self):
        self.operator.active = False
        self._assert_ends("operator_archived")
        self.window.create({"reminder_hourly_limit": 50})
        self.assertTrue(self._get_activities(), "the trouble goes on")
        self.window.create({"reminder_enabled": False})
        self.assertFalse(self._get_activities())

    def test_r06_operator_agrees_again_after_changing_the_password(self):
        self._choose(self.manager)
        self.manager.password = "another password"
        self.assertEqual(self._get_trouble(), "operator_password")
        with self.assertRaises(AccessError):
            other = self.window.with_user(self._make_manager()).create({})
            other.action_authorise_reminder_operator()
        self.window.create({}).action_authorise_reminder_operator()
        self.assertFalse(self._get_trouble())

    def test_r06_archived_operator(self):
        self.operator.active = False
        self._assert_ends("operator_archived")

    def test_r06_operator_without_access_to_the_company(self):
        other = self._create_company("Drugi Dom")
        self.operator.write(
            {"company_ids": [Command.set(other.ids)], "company_id": other.id}
        )
        self._assert_ends("operator_company")

    def test_r06_operator_without_the_right_to_read_tasks(self):
        access = self.env["ir.model.access"].search(
            [("model_id.model", "=", "project.task"), ("perm_read", "=", True)]
        )
        access.perm_read = False
        self._assert_ends("operator_rights")

    def test_r06_operator_who_became_a_portal_user(self):
        self.operator.group_ids = self.env.ref("base.group_portal")
        self._assert_ends("operator_rights")

    def test_r06_activity_is_for_an_administrator_of_the_company(self):
        admin = self._create_user(
            "admin_here", "Anna Admin", groups="base.group_system"
        )
        self.env.ref("base.group_system").all_user_ids.filtered(
            lambda user: user != admin
        ).company_ids -= self.company
        self.operator.active = False
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
        self.operator.active = False
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
        self.operator.active = False
        self._assert_ends("operator_archived")
        self.company.reminder_user_id = False
        self.run_service()
        self.assertIn("No sender is chosen", self._get_activities().note)
        self.assertEqual(len(self._get_activities()), 1)

    # ------------------------------------------------------------------
    # R5: the operator's rights
    # ------------------------------------------------------------------

    def test_r05_choosing_an_operator_gives_nobody_more_to_read(self):
        """Who may write tasks, but not read another project, gets nothing out of it."""
        secret = self.env["project.project"].create(
            {
                "name": "Secret",
                "company_id": self.company.id,
                "privacy_visibility": "followers",
            }
        )
        task = self.create_task(
            self.line(), name="Secret lawn", project_id=secret.id, user_ids=[]
        )
        self.assertFalse(task.with_user(self.operator).has_access("read"))
        self.pass_time(hours=1)
        self.run_service()
        self.assert_reason(task, "no_access")

    def test_r05_nobody_reaches_a_customer_whom_the_operator_may_not_read(self):
        """A task of no company may name one of any company."""
        other = self._create_company("Drugi Dom")
        self.customer.company_id = other
        self.project.company_id = False
        task = self.create_task(
            self.line(),
            self.line(channel="email"),
            self.line("operator"),
            company_id=False,
        )
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertFalse(self.customer.with_user(self.operator).has_access("read"))
        self.pass_time(hours=1)
        self.run_service()
        self.assertEqual(self.numbers, ["+48600100201"], "the assignee's")
        self.assertFalse(self.mails)
        refused = self.rows(task).filtered(lambda row: row.operation == "customer")
        self.assertEqual(refused.mapped("reason"), ["no_access"] * 2)
        self.assertNotIn("+48600100200", str(refused.read()))

    def test_text_of_a_task_is_not_run_as_a_template(self):
        text = '{{ object.company_id.name }} <t t-out="object.id"/> ${object.id}'
        self.create_task(self.line(), self.line(channel="email"), name=text)
        self.pass_time(hours=1)
        self.run_service()
        self.assertIn("{{ object.company_id.name }}", self.texts[0][1])
        self.assertIn("{{ object.company_id.name }}", self.mails[0]["body"])
        self.assertNotIn("<t t-out", self.mails[0]["body"])

    def test_who_writes_tasks_writes_no_templates_with_code(self):
        """Once Odoo's own restriction of template writers is on."""
        self.env.ref("base.group_user")._remove_group(
            self.env.ref("mail.group_mail_template_editor")
        )
        for model in ("sms.template", "mail.template"):
            templates = self.env[model].with_user(self.assignee)
            body = "body" if model == "sms.template" else "subject"
            with self.subTest(model=model), self.assertRaises(AccessError):
                templates.create(
                    {
                        "name": "Attack",
                        "model_id": self.env.ref("project.model_project_task").id,
                        body: "{{ object.env['res.users'].search([]) }}",
                    }
                )
