from datetime import timedelta

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import ReminderCommon


@tagged("post_install", "-at_install")
class TestLatecomers(ReminderCommon):
    """Who is to be reminded of a task after its reminder was sent."""

    def setUp(self):
        super().setUp()
        self.sonia = self._create_user("sonia", "Sonia Second", "600 100 202")

    def assert_hint(self, task, audience, name):
        text = self.people(task, audience)
        self.assertIn(name, text)
        self.assertIn("Send now", text)

    def test_b03_send_now_reaches_a_new_assignee(self):
        task = self.send(self.line("operator"))
        line = task.reminder_ids
        self.assertFalse(line.can_send_now)
        self.assertNotIn("Send now", self.people(task, "operator"))
        task.user_ids = self.sonia
        self.assert_hint(task, "operator", "Sonia Second")
        self.assertEqual(self.people(task, "operator").count("Send now"), 1)
        self.run_service()
        self.assertFalse(self.texts)
        self.assertTrue(line.can_send_now)
        line.action_send_now()
        self.run_service()
        self.assertEqual(self.numbers, ["+48600100202"])
        self.assertEqual(line.state, "done")
        self.assertFalse(line.can_send_now)
        with self.assertRaisesRegex(UserError, "sent already"):
            line.action_send_now()

    def test_b03_send_now_reaches_only_who_has_none(self):
        task = self.send(self.line("operator"))
        task.user_ids = [Command.link(self.sonia.id)]
        task.reminder_ids.action_send_now()
        self.run_service()
        self.assertEqual(self.numbers, ["+48600100202"])

    def test_b03_what_was_sent_at_once_stays_sent(self):
        """Whoever writes the time that a line has already has changed nothing."""
        task = self.create_task(self.line(), starts_in=timedelta(days=1))
        line = task.reminder_ids
        line.action_send_now()
        self.run_service()
        due_at = line.due_at
        for name in ("duration", "duration_unit", "time_of_day"):
            line.write({name: line[name]})
            self.env.flush_all()
            self.assertEqual((line.state, line.due_at), ("done", due_at), name)
            self.assertFalse(line.can_send_now, name)

    def test_b03_another_time_counts_after_all(self):
        task = self.create_task(self.line(), starts_in=timedelta(days=1))
        line = task.reminder_ids
        line.action_send_now()
        line.duration = 3
        self.assertEqual(line.due_at, task.planned_date_begin - timedelta(hours=3))

    def test_b03_who_is_assigned_again_is_reminded(self):
        """Who was left out is so as long as assigned, whatever else is changed."""
        task = self.create_task(self.line("operator"), user_ids=self.sonia.ids)
        task.reminder_user_ids = False
        task.write({"name": "Mow", "user_ids": [Command.link(self.assignee.id)]})
        self.assertEqual(task.reminder_user_ids, self.assignee)
        task.user_ids = self.assignee
        task.user_ids += self.sonia
        self.assertEqual(task.reminder_user_ids, self.assignee + self.sonia)
        self.pass_time(hours=1)
        self.run_service()
        self.assertIn("+48600100202", self.numbers)

    def test_b03_another_customer(self):
        for channel, address in (("sms", "numbers"), ("email", "addresses")):
            with self.subTest(channel=channel):
                task = self.send(self.line(channel=channel))
                task.partner_id = self.customer.copy(
                    {"name": "Ola", "phone": "600 100 777", "email": "ola@k.example"}
                )
                self.assert_hint(task, "customer", "Ola")
                task.reminder_ids.action_send_now()
                self.run_service()
                wanted = {"sms": "+48600100777", "email": "ola@k.example"}
                self.assertEqual(getattr(self, address), [wanted[channel]])

    def test_b03_another_number_of_the_same_customer(self):
        task = self.send(self.line())
        self.customer.phone = "600 100 778"
        self.assertTrue(task.reminder_ids.can_send_now)
        task.reminder_ids.action_send_now()
        self.run_service()
        self.assertEqual(self.numbers, ["+48600100778"])

    def test_b03_nothing_is_promised_of_what_was_not_sent(self):
        task = self.send(self.line(), partner_id=False)
        self.assertEqual(task.reminder_ids.state, "skipped")
        task.partner_id = self.customer
        self.assertNotIn("Karol", self.people(task))
        self.assertTrue(task.reminder_ids.can_send_now)

    def test_b03_whom_nobody_can_reach_is_not_promised(self):
        task = self.send(self.line("operator"))
        task.user_ids = self._create_user("silent", "Silent One")
        self.assertFalse(task.reminder_ids.can_send_now)
        with self.assertRaisesRegex(UserError, "sent already"):
            task.reminder_ids.action_send_now()
