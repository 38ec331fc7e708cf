"""Quiet hours and what waits, is late or has passed."""

from datetime import datetime, timedelta

from odoo.tests import tagged

from .common import DOWN
from .hours import MORNING, HoursCommon


@tagged("post_install", "-at_install")
class TestHoursLate(HoursCommon):
    """What could not leave in time leaves in the next hours, or says why not."""

    # ------------------------------------------------------------------
    # What has passed, what is late
    # ------------------------------------------------------------------

    def set_in_the_evening(self):
        """Set a line at 23:00 that would have had to leave at 19:59."""
        self.set_now(datetime(2026, 7, 14, 21, 0))
        return self.plan(self.NIGHT, before=timedelta(hours=5, minutes=30))

    def test_a_moment_that_had_passed_is_as_any_time_that_has(self):
        task = self.set_in_the_evening()
        self.set_now(self.NIGHT)
        self.run_service()
        self.assert_reason(task, "passed")
        self.assertIn("quiet hours", self.rows(task).reason_text)
        self.assertEqual(task.reminder_ids.shown_state, "overdue")

    def test_late_ones_at_once_means_in_the_next_hour_that_there_is(self):
        self.company.reminder_send_passed = True
        self.set_in_the_evening()
        self.assert_sent(MORNING)

    def test_no_hour_left_before_the_start(self):
        self.company.reminder_send_passed = True
        self.set_now(datetime(2026, 7, 14, 21, 0))
        task = self.plan(self.NIGHT, before=timedelta(hours=4))  # for 7:00
        self.set_now(self.NIGHT)
        self.run_service()
        self.assert_reason(task, "quiet")

    def test_after_a_downtime_it_leaves_in_the_next_hours(self):
        due_at = datetime(2026, 7, 14, 16, 0)
        self.plan(due_at, before=timedelta(hours=20))
        self.set_now(datetime(2026, 7, 14, 22, 0))
        self.run_service()
        self.assertFalse(self.texts)
        self.assert_sent(MORNING)

    def test_what_waits_for_a_fault_into_quiet_time_is_held(self):
        due_at = datetime(2026, 7, 14, 17, 55)
        task = self.plan(due_at, before=timedelta(hours=20))
        self.set_now(due_at)
        self.run_service(sms_error=DOWN)
        self.set_now(datetime(2026, 7, 14, 19, 0))
        self.run_service()
        self.assertFalse(self.texts)
        self.assertEqual(self.rows(task).next_attempt_at, MORNING)
        self.assert_sent(MORNING)

    def test_what_waits_for_a_fault_until_no_hour_is_left(self):
        due_at = datetime(2026, 7, 14, 17, 55)
        task = self.plan(due_at, before=timedelta(hours=10))  # for 5:55
        self.set_now(due_at)
        self.run_service(sms_error=DOWN)
        self.set_now(datetime(2026, 7, 14, 19, 0))
        self.run_service()
        self.assertEqual(self.rows(task).reason, "quiet")
        self.assertEqual(self.rows(task).state, "skipped")

    def test_what_takes_the_place_of_a_failure_is_held_too(self):
        self.company.reminder_sms_second_way = "email"
        due_at = datetime(2026, 7, 14, 17, 0)
        self.plan(due_at, before=timedelta(hours=20))
        self.set_now(due_at)
        self.run_service(sms_error="wrong_number_format")
        self.set_now(datetime(2026, 7, 14, 19, 0))
        self.run_service()
        self.assertFalse(self.mails)
        self.set_now(MORNING)
        self.run_service()
        self.assertEqual(self.addresses, ["karol@klient.example"])

    def test_what_waits_and_is_moved_is_not_sent(self):
        task = self.plan(self.NIGHT)
        self.set_now(self.NIGHT)
        self.run_service()
        task.planned_date_begin += timedelta(days=1)
        self.set_now(MORNING)
        self.run_service()
        self.assertFalse(self.texts)
        self.assertEqual(self.rows(task).reason, "moved")
        self.assert_sent(MORNING + timedelta(days=1))

    # ------------------------------------------------------------------
    # What waits already
    # ------------------------------------------------------------------

    def test_other_hours_count_for_what_waits_already(self):
        self.plan(self.NIGHT)
        self.set_now(self.NIGHT)
        self.run_service()
        self.company.reminder_customer_hour_from = 10
        self.assert_sent(MORNING + timedelta(hours=2))

    def test_what_waits_for_its_hour_is_not_sent_for_a_cancelled_task(self):
        for values in ({}, {"moment": "after_end", "task_states": "both"}):
            with self.subTest(values=values):
                self.set_now(self.NIGHT - timedelta(hours=7))
                if values:
                    dates = {"date_deadline": self.now + timedelta(hours=6)}
                    dates["planned_date_begin"] = self.now + timedelta(hours=5)
                    task = self.create_task(self.line(**values), **dates)
                else:
                    task = self.plan(self.NIGHT)
                self.set_now(self.NIGHT)
                self.run_service()
                [row] = self.rows(task)
                self.assertEqual(row.state, "queued")
                task.state = "1_canceled"
                self.set_now(MORNING)
                self.run_service()
                self.assertFalse(self.texts)
                self.assertEqual(row.reason, "closed")
