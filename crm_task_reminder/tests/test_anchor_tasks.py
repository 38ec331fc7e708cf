"""For which tasks a line is: open ones, done ones or both."""

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from .anchors import HOUR, AnchorsCommon


@tagged("post_install", "-at_install")
class TestAnchorTasks(AnchorsCommon):
    """A line is sent for the tasks that it is for, and while it makes sense."""

    def test_each_moment_has_its_usual_tasks(self):
        for moment, states in (
            ("before", "open"),
            ("after", "open"),
            ("before_end", "open"),
            ("after_end", "done"),
        ):
            line = self.task_until(self.line(moment=moment)).reminder_ids
            self.assertEqual(line.task_states, states)

    def test_who_gets_what_comes_after_the_end(self):
        sent = {
            ("open", "01_in_progress"),
            ("both", "01_in_progress"),
            ("done", "1_done"),
            ("both", "1_done"),
        }
        for task_states in ("open", "done", "both"):
            for state in ("01_in_progress", "1_done", "1_canceled"):
                with self.subTest(task_states=task_states, state=state):
                    line = self.line(moment="after_end", task_states=task_states)
                    task = self.task_until(line)
                    self.pass_time(hours=3)
                    self.finish(task, state)
                    self.pass_time(hours=1)
                    self.run_service()
                    is_sent = (task_states, state) in sent
                    self.assertEqual(len(self.texts), int(is_sent))
                    task.unlink()

    def test_a_line_for_done_tasks_waits_for_that(self):
        task = self.task_until(self.line(moment="after_end"))
        self.assert_state(task, "waiting", "not_done")
        self.pass_time(days=2)
        self.run_service()
        self.assertEqual(self.texts, [])
        self.assertFalse(self.rows(task))
        self.finish(task)
        self.assertEqual(task.reminder_ids.state, "scheduled")
        self.run_service()
        self.assertEqual(len(self.texts), 1)
        self.assert_state(task, "done")

    def test_nobody_is_thanked_for_what_was_long_ago(self):
        task = self.task_until(self.line(moment="after_end"))
        self.pass_time(days=7, hours=5)
        self.finish(task)
        self.run_service()
        self.assert_reason(task, "late")
        self.assert_state(task, "missed")

    def test_a_task_that_is_opened_again_is_none_to_thank_for(self):
        line = self.line(moment="after_end")
        task = self.task_until(line)
        self.finish(task)
        self.pass_time(hours=4)
        self.run_service(sms_error="jsonrpc_exception")
        self.finish(task, "01_in_progress")
        self.pass_time(minutes=10)
        self.run_service()
        self.assertEqual(self.texts, [])
        self.assertEqual(self.rows(task).reason, "not_done")
        self.assert_state(task, "waiting", "not_done")
        self.finish(task)
        self.run_service()
        self.assertEqual(len(self.texts), 1)

    def test_archived_templates_and_switched_off_ones_get_none(self):
        for values, reason in (
            ({"active": False}, "closed"),
            ({"is_template": True}, "closed"),
            ({"reminder_customer_off": True}, "switched_off"),
        ):
            with self.subTest(values=values):
                task = self.task_until(self.line(moment="after_end"))
                self.finish(task)
                task.write(values)
                self.assertEqual(task.reminder_ids.state, "cancelled")
                decision = self.env["crm.task.reminder.decision"]
                error = decision._find_obstacle(task.reminder_ids)
                self.assertEqual(error.reason, reason)

    def test_only_what_comes_after_can_be_for_done_tasks(self):
        for moment in ("before", "before_end", "set"):
            with self.subTest(moment=moment), self.assertRaises(ValidationError):
                self.task_until(self.line(moment=moment, task_states="done"))
        line = self.task_until(self.line(moment="after_end")).reminder_ids
        line.moment = "before"
        self.assertEqual(line.task_states, "open")

    def test_before_the_deadline_ends_with_it(self):
        task = self.task_until(self.line(moment="before_end"))
        self.pass_time(hours=3)
        self.run_service()
        self.assert_reason(task, "ended")
        self.assert_state(task, "missed")

    def test_a_start_that_has_passed_is_nothing_to_what_comes_later(self):
        for moment in ("after", "before_end"):
            task = self.task_until(self.line(moment=moment), lasts=5 * HOUR)
            self.pass_time(hours=6)
            self.run_service()
            self.assertEqual(len(self.texts), 1, moment)
            self.assertFalse(task.reminder_is_past)

    def test_an_end_that_is_set_too_late(self):
        task = self.task_until(
            self.line(moment="after_end", task_states="both"), starts_in=-9 * HOUR
        )
        self.run_service()
        self.assert_reason(task, "passed")

    def test_all_who_are_asked_give_the_same_reason(self):
        for reason, moment, values in (
            ("no_end", "after_end", {"date_deadline": False}),
            ("not_done", "after_end", {}),
            ("ended", "before_end", {"date_deadline": self.now - HOUR}),
        ):
            with self.subTest(reason=reason):
                line = self.task_until(self.line(moment=moment)).reminder_ids
                line.task_id.write(values)
                decision = self.env["crm.task.reminder.decision"]
                error = decision._find_obstacle(line)
                self.assertEqual(error.reason, reason)
                words = self.log._explain(error)
                with self.assertRaisesRegex(UserError, words):
                    line.action_send_now()
                preview = self.env["crm.task.reminder.preview"].create(
                    {"reminder_id": line.id}
                )
                self.assertIn(words, preview.content)

    def test_what_is_late_is_still_sent_at_once_by_a_person(self):
        task = self.task_until(self.line(moment="after_end"))
        self.finish(task)
        self.pass_time(days=9)
        self.run_service()
        self.assert_reason(task, "late")
        task.reminder_ids.action_send_now()
        self.run_service()
        self.assertEqual(len(self.texts), 1)

    def test_thanks_do_not_take_the_place_of_reminders(self):
        self.company.reminder_hourly_limit = 1
        line = self.line(moment="after_end", task_states="both")
        ended = self.task_until(line, starts_in=-HOUR, lasts=2 * HOUR)
        coming = self.task_until(self.line(), starts_in=3 * HOUR)
        self.pass_time(hours=2)
        self.run_service()
        self.assertEqual(self.rows(ended).state, "queued")
        self.assertEqual(self.rows(coming).state, "sent")
        self.pass_time(hours=1, minutes=1)
        self.run_service()
        self.assertEqual(self.rows(ended).state, "sent")
