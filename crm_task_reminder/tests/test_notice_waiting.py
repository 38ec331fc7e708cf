"""News waits some minutes before it is told, and what is old by then."""

from datetime import timedelta

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .common import DOWN
from .notice import DAY, NoticeCommon


@tagged("post_install", "-at_install")
class TestNoticeWaiting(NoticeCommon):
    """Many changes are one message, and nothing old is ever told."""

    # ------------------------------------------------------------------
    # It waits
    # ------------------------------------------------------------------

    def test_five_moves_in_two_minutes_are_one_message(self):
        task = self.create_watched(told=True)
        for _move in range(5):
            self.pass_time(seconds=24)
            task.planned_date_begin += DAY
            self.run_service()
            self.assert_silent()
        self.tell()
        self.assert_told("moved from Fri 17 Jul, 08:00 AM to Wed 22 Jul, 08:00 AM")
        self.tell()
        self.assert_silent()

    def test_moved_and_moved_back_is_none(self):
        task = self.create_watched(told=True)
        task.planned_date_begin += DAY
        self.pass_time(minutes=2)
        task.planned_date_begin -= DAY
        self.tell()
        self.assert_silent()
        self.assertEqual(len(self.rows(task)), 1)

    def test_cancelled_and_reopened_is_none(self):
        task = self.create_watched(told=True)
        task.state = "1_canceled"
        self.pass_time(minutes=2)
        task.state = "01_in_progress"
        self.tell()
        self.assert_silent()

    def test_other_edits_do_not_prolong_the_wait(self):
        task = self.create_watched()
        self.pass_time(minutes=4)
        task.write({"name": "Mow", "state": "02_changes_requested"})
        self.tell(1)
        self.assert_told('"Mow" is on')

    def test_company_says_how_long(self):
        self.company.reminder_notice_minutes = 0
        self.create_watched()
        self.run_service()
        self.assert_told("is on")
        for minutes in (-1, 24 * 60 + 1):
            with self.assertRaises(ValidationError):
                self.company.reminder_notice_minutes = minutes

    def test_soon_to_start_is_told_before(self):
        self.create_watched(starts_in=timedelta(minutes=4))
        self.tell(2)
        self.assert_told("is on")

    # ------------------------------------------------------------------
    # Never an old date
    # ------------------------------------------------------------------

    def test_what_has_waited_is_dropped_when_moved_again(self):
        task = self.create_watched()
        self.pass_time(minutes=5)
        self.run_service(sms_error=DOWN)
        task.planned_date_begin += DAY
        self.pass_time(minutes=2)
        self.run_service()
        self.assert_silent()
        row = self.rows(task)
        self.assertEqual((row.state, row.reason), ("skipped", "moved"))
        self.tell(3)
        self.assert_told("is on Sat 18 Jul, 08:00 AM")

    def test_waiting_called_off_is_dropped_when_reopened(self):
        task = self.create_watched(told=True)
        task.state = "1_canceled"
        self.pass_time(minutes=5)
        self.run_service(sms_error=DOWN)
        task.state = "01_in_progress"
        self.tell(10)
        self.assert_silent()
        self.assertEqual(self.rows(task)[-1].reason, "no_news")

    def test_no_message_of_news_is_fresh(self):
        task = self.create_watched()
        self.pass_time(minutes=5)
        self.run_service(sms_error=DOWN)
        row = self.rows(task)
        run = self.log.search([("operation", "=", "service")], limit=1)
        run.state = "running"
        row.write({"run_id": run.id, "next_attempt_at": False})
        self.assertFalse(self.env["crm.task.reminder.second.look"]._is_fresh(row))

    def test_starts_in_the_past_are_not_told(self):
        self.create_watched(starts_in=-DAY)
        told = self.create_watched(starts_in=timedelta(hours=1), told=False)
        self.tell()
        self.assert_told("is on Tue 14 Jul, 09:00 AM")
        self.pass_time(hours=2)
        told.state = "1_canceled"
        self.tell()
        self.assert_silent()
        told.write({"state": "01_in_progress", "planned_date_begin": self.now - DAY})
        self.tell()
        self.assert_silent()

    def test_started_while_the_service_was_down(self):
        task = self.create_watched(starts_in=timedelta(hours=1))
        self.tell(90)
        self.assert_reason(task, "started")

    # ------------------------------------------------------------------
    # The company's switch
    # ------------------------------------------------------------------

    def test_nothing_old_is_told_after_switching_on(self):
        pending = self.create_watched()
        self.company.reminder_enabled = False
        moved = self.create_watched()
        self.pass_time(minutes=10)
        self.company.reminder_enabled = True
        self.tell()
        self.assert_silent()
        self.assertEqual(self.rows(pending).reason, "before_switch")
        self.assertFalse(self.rows(moved))
        moved.planned_date_begin += DAY
        self.tell()
        self.assert_told("is on Sat 18 Jul")

    def test_changed_while_off_is_not_told(self):
        task = self.create_watched()
        self.company.reminder_enabled = False
        task.planned_date_begin += DAY
        self.company.reminder_enabled = True
        self.tell()
        self.assert_silent()

    def test_audience_switched_off(self):
        task = self.create_watched()
        task.reminder_customer_off = True
        self.tell()
        task.planned_date_begin += DAY
        self.tell()
        self.assert_silent()
        task.reminder_customer_off = False
        self.tell()
        self.assert_silent()

    def test_line_added_later_tells_nothing_old(self):
        task = self.create_watched(self.line())
        self.env["crm.task.reminder"].create(self.news("set", task_id=task.id))
        self.tell()
        self.assert_silent()

    def test_lines_of_the_task_make_the_news(self):
        task = self.create_watched(self.news("called_off"))
        self.tell()
        task.planned_date_begin += DAY
        self.tell()
        self.assert_silent()
