"""News in quiet hours: held until the morning, told at once, or by a person."""

from datetime import datetime, timedelta

from odoo.tests import tagged

from .notice import DAY, NoticeCommon

#: 23:00 in Warsaw, on a Tuesday.
NIGHT = datetime(2026, 7, 14, 21, 0)
MORNING = datetime(2026, 7, 15, 6, 0)


@tagged("post_install", "-at_install")
class TestHoursNotice(NoticeCommon):
    """News keeps to the hours, unless the start is near or a person tells it."""

    def setUp(self):
        super().setUp()
        self.company.reminder_customer_hours = True
        self.set_now(NIGHT)

    def run_at(self, moment):
        self.set_now(moment)
        self.run_service()

    def test_news_of_the_night_is_told_in_the_morning(self):
        task = self.create_watched()
        self.tell()
        self.assert_silent()
        self.assertEqual(task.reminder_ids.filtered("due_at").shown_state, "held")
        self.run_at(MORNING)
        self.assert_told("is on Fri 17 Jul")

    def test_moved_in_the_night_it_is_told_once_and_the_last(self):
        task = self.create_watched()
        self.tell()
        task.planned_date_begin += DAY
        self.tell()
        self.assert_silent()
        self.run_at(MORNING)
        self.assert_told("is on Sat 18 Jul")
        self.tell(60)
        self.assert_silent()

    def test_a_start_within_a_day_is_told_at_night(self):
        self.create_watched(starts_in=timedelta(hours=20))
        self.tell()
        self.assert_told("is on Wed 15 Jul")

    def test_where_no_hour_comes_in_time_it_is_told_at_night(self):
        self.company.reminder_customer_calendar_id = self.company.resource_calendar_id
        self.set_now(datetime(2026, 7, 17, 21, 0))  # a Friday
        self.create_watched(starts_in=timedelta(hours=40))  # Sunday
        self.tell()
        self.assert_told("is on Sun 19 Jul")

    def test_told_by_a_person_it_is_not_held(self):
        task = self.create_watched()
        self.notice(task)._tell(self.now, is_asked=True)
        self.run_service()
        self.assert_told("is on Fri 17 Jul")

    def test_it_waits_for_the_morning(self):
        task = self.create_watched()
        self.tell()
        self.assert_silent()
        self.tell(10 * 60)
        self.assert_told("is on")
        self.assertEqual(self.rows(task).mapped("state"), ["sent"])

    def test_what_is_moved_in_the_night_is_told_once(self):
        task = self.create_watched()
        self.tell()
        task.planned_date_begin += DAY
        self.tell()
        self.assert_silent()
        self.tell(10 * 60)
        self.assert_told("is on Sat 18 Jul")

    def test_what_starts_within_a_day_is_told_at_once(self):
        self.create_watched(starts_in=timedelta(hours=12))
        self.tell()
        self.assert_told("is on")

    def test_a_person_has_it_told_at_once(self):
        task = self.create_watched()
        task.action_tell_reminder_news()
        self.run_service()
        self.assert_told("is on")
