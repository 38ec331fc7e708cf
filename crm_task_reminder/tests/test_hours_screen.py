from datetime import datetime, timedelta

from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from ..tools.outcomes import REASONS
from .hours import EVENING, MORNING, HoursCommon


@tagged("post_install", "-at_install")
class TestHoursScreen(HoursCommon):
    """What a person reads of the hours, before and after, and does about them."""

    def due_text(self, task):
        return task.reminder_ids.with_context(tz="Europe/Warsaw").due_text

    # ------------------------------------------------------------------
    # Beforehand
    # ------------------------------------------------------------------

    def test_the_tab_tells_to_when_a_line_is_moved(self):
        task = self.plan(self.NIGHT)
        self.assertEqual(
            self.due_text(task),
            "Wed 15 Jul, 08:00 AM, moved from 03:00 AM: quiet hours",
        )
        early = self.plan(self.NIGHT, before=timedelta(hours=5))
        self.assertEqual(
            self.due_text(early),
            "Tue 14 Jul, 07:59 PM, moved from Wed 15 Jul, 03:00 AM: quiet hours",
        )

    def test_the_tab_tells_what_will_be(self):
        for hours in (2, 5, 7, 9, 30, 100):
            task = self.plan(self.NIGHT, before=timedelta(hours=hours))
            told = task.reminder_ids.with_context(tz="UTC").due_text
            sent_at = EVENING - timedelta(minutes=1) if hours < 6 else MORNING
            self.assertIn(f"{sent_at:%a %d %b}, {sent_at:%I:%M %p}, moved", told)

    def test_in_the_hours_nothing_is_added(self):
        task = self.plan(datetime(2026, 7, 15, 10, 0))
        self.assertEqual(self.due_text(task), "Wed 15 Jul, 12:00 PM")

    def test_an_unsaved_task_tells_it_too(self):
        task = self.plan(datetime(2026, 7, 15, 10, 0))
        with Form(task.with_user(self.assignee), "project.view_task_form2") as form:
            form.planned_date_begin = self.NIGHT + timedelta(hours=9)
            line = form.reminder_customer_ids._records[0]
            self.assertIn("moved from", line["summary"])

    def test_two_zones_are_told_at_each_recipient(self):
        self.company.reminder_operator_hours = True
        far = self._create_user("far", "Frank Far", "600 100 209")
        far.tz = "America/New_York"
        task = self.plan(self.NIGHT, before=timedelta(days=2), audience="operator")
        task.user_ids += far
        self.assertIn("or when quiet hours let it", self.due_text(task))
        people = self.people(task.with_context(tz="Europe/Warsaw"), "operator")
        self.assertIn("Wed 15 Jul, 08:00 AM", people)
        self.assertIn("Wed 15 Jul, 02:00 PM", people)

    def test_what_will_not_leave_is_told_beforehand(self):
        self.set_now(datetime(2026, 7, 14, 21, 0))
        task = self.plan(self.NIGHT, before=timedelta(hours=5, minutes=30))
        passed = dict(REASONS)["passed"]
        self.assertIn(f"{passed}: quiet hours", self.people(task))
        self.company.reminder_send_passed = True
        task.reminder_ids.invalidate_recordset()
        self.assertNotIn(passed, self.people(task))

    def test_many_tasks_tell_how_many_are_moved(self):
        task = self.create_task(planned_date_begin=self.NIGHT + timedelta(days=1))
        edit = Form(
            self.env["crm.task.reminder.edit"]
            .with_user(self.assignee)
            .with_context(active_ids=task.ids)
        )
        with edit.line_ids.edit(0) as line:
            line.duration = 1
        self.assertIn("Moved by quiet hours:", edit.preview)
        self.company.reminder_customer_hours = False
        with edit.line_ids.edit(0) as line:
            line.duration = 2
        self.assertNotIn("Moved by quiet hours:", edit.preview)

    # ------------------------------------------------------------------
    # While it waits
    # ------------------------------------------------------------------

    def hold(self):
        """Have a message wait for the morning."""
        task = self.plan(self.NIGHT)
        self.set_now(self.NIGHT)
        self.run_service()
        self.assertFalse(self.texts)
        return task

    def test_what_waits_is_not_shown_as_sent(self):
        task = self.hold()
        line = task.reminder_ids
        self.assertEqual(line.shown_state, "held")
        self.assertIn("Wed 15 Jul, 08:00 AM, moved from", self.people(task))
        self.assert_sent(MORNING)
        self.assertEqual(line.shown_state, "done")

    def test_send_again_says_that_no_hour_is_left(self):
        task = self.plan(datetime(2026, 7, 14, 8, 0), before=timedelta(hours=20))
        self.set_now(datetime(2026, 7, 14, 8, 0))
        self.run_service(sms_error="wrong_number_format")
        row = self.rows(task)
        self.set_now(datetime(2026, 7, 14, 21, 0))  # 23:00 in Warsaw; it starts at 6:00
        with self.assertRaisesRegex(UserError, dict(REASONS)["quiet"]):
            row.with_user(self.assignee).action_send_again()
        self.assertEqual(row.state, "failed")

    def test_send_again_waits_for_the_hours(self):
        task = self.plan(datetime(2026, 7, 14, 8, 0), before=timedelta(hours=26))
        self.set_now(datetime(2026, 7, 14, 8, 0))
        self.run_service(sms_error="wrong_number_format")
        self.set_now(datetime(2026, 7, 14, 21, 0))
        self.rows(task).with_user(self.assignee).action_send_again()
        self.assert_sent(MORNING)

    def test_send_now_asks_in_quiet_time_and_is_not_held(self):
        task = self.hold()
        line = task.reminder_ids.with_user(self.assignee)
        self.assertTrue(line.is_quiet_now)
        self.assertTrue(line.can_send_now)
        line.action_send_now()
        self.run_service()
        self.assertEqual(self.numbers, ["+48600100200"])
        self.set_now(MORNING)
        self.run_service()
        self.assertFalse(self.texts)
        self.assertEqual(task.reminder_ids.state, "done")

    def test_send_now_of_what_is_to_come_is_not_held(self):
        task = self.plan(self.NIGHT + timedelta(hours=1))
        self.set_now(self.NIGHT)
        line = task.reminder_ids.with_user(self.assignee)
        self.assertTrue(line.is_quiet_now)
        line.action_send_now()
        self.run_service()
        self.assertEqual(self.numbers, ["+48600100200"])

    def test_in_the_hours_the_button_does_not_ask(self):
        task = self.plan(self.NIGHT)
        self.assertFalse(task.reminder_ids.is_quiet_now)

    def test_send_all_now_asks_in_quiet_time_alone(self):
        task = self.create_task(self.line(duration=3)).with_user(self.assignee)
        self.assertEqual(task.reminder_overdue_count, 1)
        self.assertFalse(task.reminder_overdue_is_quiet)
        self.set_now(self.NIGHT)
        task = self.create_task(self.line(duration=3)).with_user(self.assignee)
        self.assertTrue(task.reminder_overdue_is_quiet)
        task.action_send_overdue_reminders()
        self.run_service()
        self.assertEqual(self.numbers, ["+48600100200"])

    # ------------------------------------------------------------------
    # Lists and cards
    # ------------------------------------------------------------------

    def test_the_next_reminder_is_told_for_when_it_leaves(self):
        task = self.plan(self.NIGHT).with_user(self.assignee)
        early = self.plan(self.NIGHT, before=timedelta(hours=5))
        inside = self.plan(MORNING + timedelta(hours=1))
        both = task + early + inside
        self.assertEqual(
            both.mapped("reminder_next_at"),
            [MORNING, EVENING - timedelta(minutes=1), MORNING + timedelta(hours=1)],
        )

    def test_what_waits_for_its_hour_is_the_next_reminder(self):
        task = self.hold()
        self.assertEqual(task.reminder_next_at, MORNING)
        self.assert_sent(MORNING)
        task.invalidate_recordset()
        self.assertFalse(task.reminder_next_at)

    def test_the_next_reminders_of_many_tasks_cost_no_query_each(self):
        tasks = self.env["project.task"].union(
            *(self.plan(self.NIGHT) for _number in range(8))
        )

        def count(records):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            records.read(["reminder_next_at"])
            return self.env.cr.sql_log_count - before

        count(tasks)
        self.assertEqual(count(tasks), count(tasks[:1]))

    # ------------------------------------------------------------------
    # The log
    # ------------------------------------------------------------------

    def test_the_log_says_why_it_left_when_it_did(self):
        task = self.hold()
        row = self.rows(task).with_context(tz="Europe/Warsaw")
        words = "Wed 15 Jul, 08:00 AM, moved from 03:00 AM: quiet hours (Europe/Warsaw)"
        self.assertEqual(row.move_text, words)
        self.assert_sent(MORNING)
        self.assertIn(words, row.summary)
        self.assertFalse(row.reason)
