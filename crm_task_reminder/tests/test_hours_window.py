"""Quiet hours in the window of settings."""

from datetime import datetime, timedelta

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from .hours import MORNING, HoursCommon


@tagged("post_install", "-at_install")
class TestHoursWindow(HoursCommon):
    """The window refuses hours that can't be, and tells what they leave room for."""

    def test_what_no_hour_can_satisfy_is_refused(self):
        for values, words in (
            ({"reminder_customer_hour_from": 20}, "no time"),
            ({"reminder_customer_hour_from": 21}, "no time"),
            ({"reminder_customer_hour_to": 25}, "25:00 is not an hour"),
            ({"reminder_operator_hour_from": -1}, "−1:00 is not an hour"),
            ({"reminder_operator_hour_to": 1e9}, "1e.09 is not an hour"),
        ):
            with (
                self.subTest(values=values),
                self.assertRaisesRegex(ValidationError, words),
                self.env.cr.savepoint(),
            ):
                self.window.create(values)

    def test_a_calendar_without_working_days_is_refused(self):
        calendar = self.company.resource_calendar_id.copy()
        calendar.name = "Empty"
        calendar.attendance_ids.unlink()
        with self.assertRaisesRegex(ValidationError, "“Empty” does not say"):
            self.window.create({"reminder_customer_calendar_id": calendar.id})

    def test_a_calendar_with_no_hour_of_work_is_refused(self):
        calendar = self.company.resource_calendar_id.copy()
        calendar.name = "Idle"
        calendar.attendance_ids.hour_to = 0
        calendar.attendance_ids.hour_from = 0
        with self.assertRaisesRegex(ValidationError, "“Idle” does not say"):
            self.window.create({"reminder_customer_calendar_id": calendar.id})

    def test_a_calendar_of_two_weeks(self):
        calendar = self.keep_to_working_days()
        calendar.attendance_ids.unlink()
        calendar.two_weeks_calendar = True
        line = {"calendar_id": calendar.id, "hour_from": 8, "hour_to": 16}
        days = (("0", "0"), ("4", "1"))  # Monday of the one week, Friday of the other
        self.env["resource.calendar.attendance"].create(
            [
                {**line, "name": day, "dayofweek": day, "week_type": week}
                for day, week in days
            ]
        )
        self.plan(self.NIGHT, before=timedelta(days=6))
        self.assert_sent(datetime(2026, 7, 17, 6, 0))

    def test_a_calendar_of_another_company_is_refused(self):
        calendar = self.other.resource_calendar_id
        calendar.company_id = self.other
        with self.assertRaisesRegex(ValidationError, "belongs to another company"):
            self.window.create({"reminder_customer_calendar_id": calendar.id})

    def test_a_calendar_that_loses_its_days_leaves_the_hours(self):
        calendar = self.keep_to_working_days()
        self.plan(self.NIGHT)
        calendar.attendance_ids.unlink()
        window = self._open()
        self.assertIn("only the hours", window.reminder_customer_hours_hint)
        # and keeps nobody from setting something else
        window.reminder_hourly_limit = 10
        window.save()
        self.assertEqual(self.company.reminder_hourly_limit, 10)
        self.assert_sent(MORNING)

    def test_the_window_tells_that_a_long_leave_has_no_working_day(self):
        calendar = self.keep_to_working_days()
        leave = {"calendar_id": calendar.id, "date_from": datetime(2026, 7, 1)}
        leave = self.env["resource.calendar.leaves"].create(
            {**leave, "date_to": datetime(2026, 9, 1)}
        )
        self.assertFalse(self._open().reminder_customer_hours_hint)
        leave.date_to = datetime(2027, 7, 1)
        self.assertIn("no working day", self._open().reminder_customer_hours_hint)

    def test_the_window_tells_what_a_limit_leaves_room_for(self):
        with self._open() as window:
            self.assertFalse(window.reminder_customer_hours_hint)
            window.reminder_hourly_limit = 10
            window.reminder_customer_hour_from = 19
            self.assertIn("at most 10", window.reminder_customer_hours_hint)
            window.reminder_hourly_limit = 1
            self.assertIn("limit of 1 per hour", window.reminder_customer_hours_hint)
            window.reminder_hourly_limit = 10
            window.reminder_customer_hour_from = 8
            self.assertIn("at most 120", window.reminder_customer_hours_hint)
            window.reminder_customer_hour_to = 8
            self.assertIn("no time", window.reminder_customer_hours_hint)
            window.reminder_customer_hour_to = 20

    def test_the_window_reckons_with_days_that_one_has_to_do_for(self):
        calendar = self.company.resource_calendar_id
        with self._open() as window:
            window.reminder_hourly_limit = 10
            window.reminder_customer_calendar_id = calendar
            self.assertIn("do for 3 days", window.reminder_customer_hours_hint)
        self.env["resource.calendar.leaves"].create(
            {
                "calendar_id": calendar.id,
                "date_from": datetime(2026, 7, 16, 22),
                "date_to": datetime(2026, 7, 17, 21, 59),
            }
        )
        self.assertIn("do for 4 days", self._open().reminder_customer_hours_hint)

    def test_a_manager_sets_the_own_companys_hours_alone(self):
        self.window.create({"reminder_customer_hour_from": 9})
        self.assertEqual(self.company.reminder_customer_hour_from, 9)
        with self.assertRaises(AccessError):
            self.window.create(
                {"company_id": self.other.id, "reminder_customer_hours": True}
            )
        with self.assertRaises(AccessError):
            self.company.with_user(self.manager).reminder_customer_hour_from = 10
        self.assertFalse(self.other.reminder_customer_hours)
