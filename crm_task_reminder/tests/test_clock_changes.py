import zoneinfo
from datetime import datetime, timedelta

from odoo.tests import tagged

from .common import ReminderCommon


@tagged("post_install", "-at_install")
class TestClockChanges(ReminderCommon):
    """Days and weeks are counted on the calendar, over a change of clocks as well.

    Warsaw has one on 25 October 2026 and on 28 March 2027.
    """

    def _due_at(self, start, duration, unit, tz="Europe/Warsaw"):
        self.company.resource_calendar_id.tz = tz
        task = self.create_task(
            self.line(duration=duration, unit=unit), planned_date_begin=start
        )
        return task.reminder_ids.due_at

    def test_r11_days_over_the_change_to_summer_time(self):
        start = datetime(2027, 3, 28, 7, 0)  # 9:00 in summer time
        self.assertEqual(
            self._due_at(start, 1, "days"),
            datetime(2027, 3, 27, 8, 0),  # 9:00 in winter time
        )
        self.assertEqual(self._due_at(start, 1, "weeks"), datetime(2027, 3, 21, 8, 0))

    def test_r11_days_over_the_change_to_winter_time(self):
        start = datetime(2026, 10, 25, 8, 0)  # 9:00 in winter time
        self.assertEqual(
            self._due_at(start, 1, "days"),
            datetime(2026, 10, 24, 7, 0),  # 9:00 in summer time
        )
        self.assertEqual(self._due_at(start, 2, "weeks"), datetime(2026, 10, 11, 7, 0))

    def test_r11_days_in_a_zone_without_change(self):
        for tz in ("UTC", "Asia/Tokyo"):
            for start in (datetime(2027, 3, 28, 7, 0), datetime(2026, 10, 25, 8, 0)):
                with self.subTest(tz=tz, start=start):
                    self.assertEqual(
                        self._due_at(start, 1, "days", tz), start - timedelta(days=1)
                    )

    def test_r11_days_where_the_south_changes_its_clocks(self):
        start = datetime(2026, 10, 3, 23, 0)  # 10:00 on the 4th, summer time in Sydney
        self.assertEqual(
            self._due_at(start, 1, "days", "Australia/Sydney"),
            datetime(2026, 10, 3, 0, 0),  # 10:00 on the 3rd
        )

    def test_r11_hours_and_minutes_are_absolute(self):
        for start in (datetime(2027, 3, 28, 7, 0), datetime(2026, 10, 25, 8, 0)):
            with self.subTest(start=start):
                self.assertEqual(
                    self._due_at(start, 24, "hours"), start - timedelta(hours=24)
                )
                self.assertEqual(
                    self._due_at(start, 1440, "minutes"), start - timedelta(hours=24)
                )

    def test_r11_time_that_the_change_skips(self):
        start = datetime(2027, 3, 29, 0, 30)  # 2:30 in summer time
        self.assertEqual(
            self._due_at(start, 1, "days"),
            datetime(2027, 3, 28, 1, 30),  # 2:30 does not exist: 3:30
        )

    def test_r11_time_that_happens_twice(self):
        start = datetime(2026, 10, 26, 1, 30)  # 2:30 in winter time
        self.assertEqual(
            self._due_at(start, 1, "days"),
            datetime(2026, 10, 25, 0, 30),  # the first 2:30
        )

    def test_zones_that_the_machine_does_not_know(self):
        self.addCleanup(zoneinfo.reset_tzpath)
        zoneinfo.reset_tzpath(to=[])
        zoneinfo.ZoneInfo.clear_cache()
        for tz in ("Asia/Calcutta", "US/Pacific", "Europe/Warsaw"):
            with self.subTest(tz=tz):
                start = datetime(2026, 10, 1, 8, 0)
                self.assertEqual(
                    self._due_at(start, 1, "days", tz), start - timedelta(days=1)
                )
