"""Quiet hours and a calendar: its working days, and leaves."""

from datetime import datetime, timedelta

from odoo.tests import tagged

from .hours import MORNING, HoursCommon


@tagged("post_install", "-at_install")
class TestHoursWorkingDays(HoursCommon):
    """On days that are none of work, nothing leaves either."""

    def test_on_working_days_alone(self):
        self.keep_to_working_days()
        saturday = datetime(2026, 7, 18, 10, 0)
        self.plan(saturday, before=timedelta(days=4))
        self.assert_sent(datetime(2026, 7, 20, 6, 0))

    def test_before_a_weekend_where_its_end_is_too_late(self):
        self.keep_to_working_days()
        sunday = datetime(2026, 7, 19, 10, 0)
        self.plan(sunday, before=timedelta(hours=20, minutes=30))  # Monday, 8:30
        self.assert_sent(datetime(2026, 7, 17, 17, 59))

    def test_leaves_of_the_company_count_those_of_others_do_not(self):
        calendar = self.keep_to_working_days()
        self.plan(self.NIGHT, before=timedelta(days=3))
        leave = {
            "calendar_id": False,
            "date_from": datetime(2026, 7, 14, 22),
            "date_to": datetime(2026, 7, 15, 21, 59),
        }
        leaves = self.env["resource.calendar.leaves"]
        others = leaves.with_company(self.other).create(leave)
        self.assertEqual(others.company_id, self.other)
        leaves.create({**leave, "calendar_id": calendar.id, "name": "Feast"})
        self.assert_sent(datetime(2026, 7, 16, 6, 0))

    def test_a_leave_that_is_entered_later_moves_what_is_to_come(self):
        calendar = self.keep_to_working_days()
        # Thursday, 10:00, for Friday, 7:00
        due_at = datetime(2026, 7, 16, 8, 0)
        self.plan(due_at, before=timedelta(hours=21))
        self.env["resource.calendar.leaves"].create(
            {
                "calendar_id": calendar.id,
                "date_from": datetime(2026, 7, 15, 22),
                "date_to": datetime(2026, 7, 16, 21, 59),
            }
        )
        self.assert_sent(datetime(2026, 7, 15, 17, 59))

    def test_a_leave_counts_for_what_waits_already(self):
        calendar = self.keep_to_working_days()
        self.plan(self.NIGHT, before=timedelta(days=3))
        self.set_now(self.NIGHT)
        self.run_service()
        leave = {"calendar_id": calendar.id, "date_from": datetime(2026, 7, 14, 22)}
        self.env["resource.calendar.leaves"].create(
            {**leave, "date_to": datetime(2026, 7, 15, 21, 59)}
        )
        self.assert_sent(MORNING + timedelta(days=1))

    def test_a_working_day_that_is_taken_away(self):
        calendar = self.keep_to_working_days()
        due_at = datetime(2026, 7, 16, 8, 0)  # a Thursday
        self.plan(due_at, before=timedelta(hours=21))
        calendar.attendance_ids.filtered(lambda line: line.dayofweek == "3").unlink()
        self.assert_sent(datetime(2026, 7, 15, 17, 59))

    def test_working_days_are_looked_up_by_month_and_not_by_record(self):
        self.keep_to_working_days()
        for _number in range(3):
            self.plan(self.NIGHT, before=timedelta(days=3))
        lines = self.env["crm.task.reminder"].search(
            [("company_id", "=", self.company.id), ("state", "=", "scheduled")]
        )

        def find(members):
            self.env.invalidate_all()
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            all_hours = members._get_hours()
            for line in members:
                line._find_moments(line._pick_hours(all_hours))
            return self.env.cr.sql_log_count - before

        self.assertEqual(find(lines), find(lines[:1]))
