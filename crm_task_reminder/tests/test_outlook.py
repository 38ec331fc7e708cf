from datetime import timedelta

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import ReminderCommon


@tagged("post_install", "-at_install")
class TestOutlook(ReminderCommon):
    """What a line's badge says, and where *Send now* is offered."""

    def line_of(self, task):
        """Return the one line of a task, as its clerk reads it."""
        return task.reminder_ids.with_user(self.assignee)

    def test_what_reaches_somebody_is_scheduled(self):
        line = self.line_of(self.create_task(self.line()))
        self.assertEqual((line.shown_state, line.can_send_now), ("scheduled", True))

    def test_what_can_not_leave_has_a_badge_of_its_own(self):
        self.customer.phone = False
        no_number = self.create_task(self.line())
        no_template = self.create_task(self.line("operator", sms_template_id=False))
        nobody = self.create_task(self.line(channel="email"), partner_id=False)
        for task in (no_number, no_template, nobody):
            line = self.line_of(task)
            with self.subTest(people=line.people):
                self.assertEqual(line.shown_state, "blocked")
                self.assertFalse(line.can_send_now)

    def test_what_is_not_set_up_can_not_leave(self):
        task = self.create_task(self.line(channel="email"))
        self.company.reminder_mail_server_id = False
        self.assertEqual(self.line_of(task).shown_state, "blocked")

    def test_no_sender_no_badge_of_hope(self):
        task = self.create_task(self.line())
        self.sender.active = False
        line = self.line_of(task)
        self.assertEqual((line.shown_state, line.can_send_now), ("blocked", False))

    def test_started_task_offers_no_sending(self):
        task = self.create_task(self.line())
        self.pass_time(hours=3)
        line = self.line_of(task)
        self.assertEqual((line.shown_state, line.can_send_now), ("overdue", False))

    def test_missed_one_of_a_started_task_offers_no_sending(self):
        task = self.create_task(self.line())
        self.pass_time(hours=3)
        self.run_service()
        line = self.line_of(task)
        self.assertEqual((line.state, line.can_send_now), ("missed", False))

    def test_time_that_has_passed_keeps_nobody_from_sending(self):
        task = self.create_task(self.line(), starts_in=timedelta(minutes=30))
        line = self.line_of(task)
        self.assertEqual((line.shown_state, line.can_send_now), ("overdue", True))

    def test_what_was_asked_for_is_on_its_way(self):
        task = self.create_task(self.line())
        line = self.line_of(task)
        line.action_send_now()
        self.assertEqual((line.shown_state, line.can_send_now), ("asked", False))
        self.run_service()
        self.assertEqual(line.shown_state, "done")

    def test_e12_what_is_known_beforehand_is_refused_at_once(self):
        """On a line without a template *Send now* promised that it was on its way."""
        nobody = self.create_task(self.line(), partner_id=False)
        closed = self.create_task(self.line(), state="1_done")
        without = {"sms_template_id": False, "mail_template_id": False}
        for task, words in (
            (self.create_task(self.line(**without)), "No template"),
            (self.create_task(self.line(channel="email", **without)), "No template"),
            (nobody, "Nobody to remind"),
            (closed, "The task was closed"),
        ):
            line = self.line_of(task)
            with self.subTest(words=words, channel=line.channel):
                with self.assertRaisesRegex(UserError, words), self.env.cr.savepoint():
                    line.action_send_now()
                self.assertNotEqual(line.shown_state, "asked")
        self.run_service()
        self.assertFalse(self.texts + self.mails)

    def test_send_all_now_and_the_lines_say_the_same(self):
        task = self.create_task(self.line(), starts_in=timedelta(minutes=30))
        action = task.with_user(self.assignee).action_send_overdue_reminders()
        self.assertIn("On their way: 1", action["params"]["message"])
        self.assertEqual(self.line_of(task).shown_state, "asked")
        self.assertFalse(task.reminder_overdue_count)

    def test_what_the_service_does_not_take_is_overdue_again(self):
        task = self.create_task(self.line())
        self.line_of(task).action_send_now()
        self.pass_time(minutes=10)
        self.assertEqual(self.line_of(task).shown_state, "overdue")

    def test_missing_template_is_told_once(self):
        task = self.create_task(self.line(sms_template_id=False))
        self.assertEqual(self.line_of(task).people.count("No template"), 1)
        for kind in ("list", "kanban"):
            view = self.env.ref(f"crm_task_reminder.crm_task_reminder_view_{kind}")
            self.assertNotIn("No template", view.arch)
