from datetime import timedelta

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import ReminderCommon


@tagged("post_install", "-at_install")
class TestOverdue(ReminderCommon):
    """Reminders whose time has passed: their badge, their number, *Send all now*."""

    def create_overdue(self, **values):
        """Create a task in two hours, with two overdue lines and one to come."""
        return self.create_task(
            self.line(duration=3),
            self.line("operator", duration=4),
            self.line(),
            **values,
        )

    def states(self, task):
        return sorted(task.reminder_ids.mapped("shown_state"))

    def test_e15_overdue_has_a_badge_and_a_count(self):
        task = self.create_overdue()
        self.assertEqual(self.states(task), ["overdue", "overdue", "scheduled"])
        self.assertEqual(task.reminder_overdue_count, 2)
        self.assertFalse(task.reminder_is_past)

    def test_e15_a_service_that_stands_still_makes_them_overdue(self):
        task = self.create_task(self.line())
        self.pass_time(hours=1, minutes=2)
        self.assertEqual(self.states(task), ["scheduled"])
        self.pass_time(minutes=10)
        task.invalidate_recordset()
        task.reminder_ids.invalidate_recordset()
        self.assertEqual(self.states(task), ["overdue"])

    def test_e15_they_stay_overdue_when_the_service_has_passed_over_them(self):
        task = self.create_overdue()
        self.run_service()
        self.assertFalse(self.texts)
        self.assertEqual(self.states(task), ["overdue", "overdue", "scheduled"])
        task.action_send_overdue_reminders()
        self.run_service()
        self.assertCountEqual(self.numbers, ["+48600100200", "+48600100201"])

    def test_e15_passed_over_and_started_they_are_not_sent(self):
        task = self.create_overdue()
        self.run_service()
        self.pass_time(hours=3)
        self.run_service()
        self.assertEqual(self.states(task), ["missed", "skipped", "skipped"])

    def test_e15_all_are_sent_at_once(self):
        task = self.create_overdue()
        answer = task.with_user(self.assignee).action_send_overdue_reminders()
        self.assertIn("On their way: 2", answer["params"]["message"])
        self.run_service()
        self.assertCountEqual(self.numbers, ["+48600100200", "+48600100201"])
        self.assertFalse(task.reminder_overdue_count)

    def test_e15_what_can_not_be_sent_is_told_and_holds_up_no_other(self):
        self.customer.phone = False
        task = self.create_overdue()
        answer = task.with_user(self.assignee).action_send_overdue_reminders()
        message = answer["params"]["message"]
        self.assertIn("On their way: 1", message)
        self.assertIn("No phone number", message)
        self.run_service()
        self.assertEqual(self.numbers, ["+48600100201"])

    def test_e15_a_start_in_the_past(self):
        task = self.create_overdue(starts_in=timedelta(hours=-1))
        self.assertEqual(self.states(task), ["overdue"] * 3)
        self.assertEqual(task.reminder_overdue_count, 3)
        self.assertTrue(task.reminder_is_past)
        with self.assertRaisesRegex(UserError, "has started"):
            task.with_user(self.assignee).action_send_overdue_reminders()

    def test_e15_what_was_sent_or_switched_off_is_not_overdue(self):
        task = self.send(self.line())
        self.pass_time(hours=3)
        self.assertEqual(self.states(task), ["done"])
        task = self.create_overdue()
        task.reminder_customer = task.reminder_operator = False
        self.assertFalse(task.reminder_overdue_count)
