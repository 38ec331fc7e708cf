from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, tagged

from ..tools import progress
from .common import DOWN, ReminderCommon


@tagged("post_install", "-at_install")
class TestMany(ReminderCommon):
    """Of many messages or tasks, those that can't be changed are passed over."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.boss = cls._create_user(
            "boss", "Bogdan", groups="project.group_project_manager"
        )

    def _send_to(self, *phones):
        """Let messages to as many customers be refused; return the log's rows."""
        tasks = self.env["project.task"].union(
            *(
                self.create_task(
                    self.line(),
                    name=phone,
                    partner_id=self.customer.copy({"phone": phone}).id,
                )
                for phone in phones
            )
        )
        self.pass_time(hours=1)
        self.run_service(sms_error="wrong_number_format")
        rows = self.log.search([("task_id", "in", tasks.ids)], order="id")
        self.assertEqual(rows.mapped("state"), ["failed"] * len(phones))
        return rows

    def _words(self, action):
        return action["params"]["message"]

    # ------------------------------------------------------------------
    # Messages
    # ------------------------------------------------------------------

    def test_send_again_passes_over_what_is_outdated(self):
        rows = self._send_to("600 100 301", "600 100 302", "600 100 303")
        rows[1].task_id.state = "1_done"
        action = rows.with_user(self.boss).action_send_again()
        self.assertEqual(rows.mapped("state"), ["queued", "failed", "queued"])
        for words in ("2", "Passed over: 1", "The task was closed"):
            self.assertIn(words, self._words(action))
        self.assertEqual(action["params"]["type"], "warning")
        self.run_service()
        self.assertEqual(len(self.texts), 2)

    def test_send_again_passes_over_each_kind(self):
        rows = self._send_to(*(f"600 100 31{number}" for number in range(5)))
        rows[0].state = "sent"
        rows[1].task_id.reminder_ids.unlink()
        rows[2].task_id.planned_date_begin += timedelta(days=1)
        rows[3].task_id.partner_id.phone = "600 100 399"
        refused = rows.with_user(self.boss).send_again()
        self.assertEqual(sum(refused.values()), 4)
        for words in (
            "Only failed and unconfirmed messages",
            "The reminder was removed",
            "The task was moved",
            "It is not for this address any more",
        ):
            self.assertEqual(sum(words in reason for reason in refused), 1, words)
        self.assertEqual(rows[4].state, "queued")

    def test_send_again_to_a_former_address_advises_to_send_now(self):
        row = self._send_to("600 100 321")
        row.task_id.partner_id.phone = "600 100 322"
        with self.assertRaises(UserError) as caught:
            row.with_user(self.boss).action_send_again()
        self.assertIn("“Send now”", str(caught.exception))
        self.assertNotIn("Add a new", str(caught.exception))
        row.task_id.reminder_ids.with_user(self.boss).action_send_now()
        self.run_service()
        self.assertEqual(self.numbers, ["+48600100322"])

    def test_send_again_of_a_removed_reminder_advises_to_add_one(self):
        row = self._send_to("600 100 331")
        row.task_id.reminder_ids.unlink()
        with self.assertRaisesRegex(UserError, "Add a new reminder"):
            row.with_user(self.boss).action_send_again()

    def test_mark_as_sent_passes_over_what_is_not_unconfirmed(self):
        rows = self._send_to("600 100 341", "600 100 342")
        rows[0].state = "unconfirmed"
        action = rows.with_user(self.boss).action_mark_sent()
        self.assertEqual(rows.mapped("state"), ["sent", "failed"])
        self.assertIn("Only unconfirmed messages", self._words(action))

    def test_messages_of_tasks_that_the_user_may_not_change_are_passed_over(self):
        rows = self._send_to("600 100 351", "600 100 352")
        rows.write({"state": "unconfirmed"})
        # whose log is the user's to read, but not the task's to change
        rows.task_id.user_ids = self.assignee
        hidden = self.env["project.project"].create(
            {"name": "Other", "company_id": self.company.id}
        )
        rows[1].task_id.write({"project_id": hidden.id})
        rows[1].task_id.message_unsubscribe(self.assignee.partner_id.ids)
        hidden.privacy_visibility = "followers"
        rows[1].task_id.user_ids = self.sender
        seller = self._create_user(
            "seller",
            "Stella",
            groups="project.group_project_user,sales_team.group_sale_manager",
        )
        hidden.message_subscribe(seller.partner_id.ids)
        self.env.ref(
            "project.task_visibility_rule_project_user"
        ).domain_force = "[('project_id.privacy_visibility', '=', 'portal')]"
        self.project.privacy_visibility = "portal"
        self.env.flush_all()
        self.env.invalidate_all()
        refused = rows.with_user(seller).mark_sent()
        self.assertEqual(list(refused.values()), [1])
        self.assertIn("You may not change its task", str(refused))
        self.assertEqual(rows.mapped("state"), ["sent", "unconfirmed"])
        with self.assertRaises(AccessError):
            rows[1].with_user(seller).mark_sent()

    def test_many_messages_are_left_to_the_bar(self):
        self.patch(progress, "BATCH_SIZE", 1)
        rows = self._send_to("600 100 361", "600 100 362")
        params = rows.with_user(self.boss).action_send_again()["params"]
        self.assertEqual(params["ids"], rows.ids)
        self.assertEqual(getattr(rows.with_user(self.boss), params["method"])(), {})
        self.assertEqual(rows.mapped("state"), ["queued"] * 2)

    # ------------------------------------------------------------------
    # Tasks
    # ------------------------------------------------------------------

    def _open(self, tasks, user=None):
        context = {"active_ids": tasks.ids, "active_model": tasks._name}
        edits = self.env["crm.task.reminder.edit"].with_user(user or self.assignee)
        return Form(edits.with_context(**context))

    def _create_foreign(self):
        """Return a task that its user may edit, with a line of another company."""
        other = self._create_company("Wärmewerk", "de", "Europe/Berlin")
        shared = self.env["project.project"].create(
            {"name": "Common", "company_id": False}
        )
        task = self.create_task(
            name="Foreign",
            project_id=shared.id,
            company_id=False,
            user_ids=[Command.set(self.assignee.ids)],
        )
        lines = self.env["crm.task.reminder"].with_context(
            allowed_company_ids=other.ids
        )
        lines.create(self.line(task_id=task.id, company_id=other.id))
        return task

    def test_change_passes_over_tasks_that_refuse_it(self):
        tasks = self.create_task(self.line()) + self._create_foreign()
        edit = self._open(tasks)
        edit.operation = "remove"
        action = edit.save().action_apply()
        self.assertFalse(tasks[0].reminder_ids)
        self.assertTrue(tasks[1].reminder_ids)
        for words in ("reminders: 1.", "Passed over: 1", "Only users of Wärmewerk"):
            self.assertIn(words, self._words(action))

    def test_change_that_all_refuse_is_an_error(self):
        edit = self._open(self._create_foreign())
        edit.operation = "remove"
        with self.assertRaisesRegex(UserError, "Only users of Wärmewerk"):
            edit.save().action_apply()

    def test_b05_what_only_waits_goes_with_its_reminder(self):
        """A line is done once its message is queued; the message left all the same."""
        tasks = self.env["project.task"]
        for _task in range(2):
            tasks += self.create_task(self.line())
        self.pass_time(hours=1)
        self.run_service(sms_error=DOWN)
        sent = self.create_task(self.line(duration=90, unit="minutes"))
        rows = self.rows(tasks[0]) + self.rows(tasks[1])
        self.assertEqual(rows.mapped("state"), ["queued", "queued"])
        self.assertEqual(set(tasks.reminder_ids.mapped("state")), {"done"})
        # what takes its place may be too late by now
        edit = self._open(tasks)
        edit.operation = "replace"
        edit.save().action_apply()
        rows = self.rows(tasks[0]) + self.rows(tasks[1])
        self.assertEqual(rows.mapped("state"), ["queued", "queued"])
        edit = self._open(tasks)
        edit.operation = "remove"
        edit.save().action_apply()
        self.assertFalse(tasks.reminder_ids)
        self.pass_time(minutes=30)
        self.run_service()
        self.assertEqual(len(self.texts), 1)
        edit = self._open(sent)
        edit.operation = "remove"
        edit.save().action_apply()
        self.assertEqual(sent.reminder_ids.state, "done")
