from datetime import datetime, timedelta

from odoo import fields
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from .common import DOWN, WindowCommon

#: In Warsaw it is two hours later than UTC in July. NOW is Tuesday, 14 July, 8:00.
MORNING = datetime(2026, 7, 15, 6, 0)
EVENING = datetime(2026, 7, 14, 18, 0)


class HoursCommon(WindowCommon):
    """A company that reminds customers from 8:00 until 20:00 by their clocks."""

    def setUp(self):
        super().setUp()
        self.company.reminder_customer_hours = True

    def plan(self, due_at, before=timedelta(hours=9), **values):
        """Create a task with a line that is due at a moment, some time before it.

        :param dict values: of the line
        """
        line = self.line(duration=before // timedelta(minutes=1), unit="minutes")
        line |= values
        return self.create_task(line, planned_date_begin=due_at + before)

    def assert_sent(self, moment, *numbers):
        """Assert that messages leave in the run at a moment, and none a minute before.

        :param numbers: the customer's unless given
        """
        self.set_now(moment - timedelta(minutes=1))
        self.run_service()
        self.assertFalse(self.texts)
        self.set_now(moment)
        self.run_service()
        self.assertEqual(self.numbers, list(numbers or ["+48600100200"]))


@tagged("post_install", "-at_install")
class TestHours(HoursCommon):
    """What would leave in quiet time leaves at another one, and once."""

    NIGHT = datetime(2026, 7, 15, 1, 0)  # 3:00 in Warsaw

    def test_to_the_end_of_the_quiet_time(self):
        task = self.plan(self.NIGHT)
        self.set_now(self.NIGHT)
        self.run_service()
        self.assertFalse(self.texts)
        row = self.rows(task)
        self.assertEqual(row.state, "queued")
        self.assertEqual(row.next_attempt_at, MORNING)
        self.assertEqual(task.reminder_ids.due_at, self.NIGHT, "the line's wish stays")
        self.assert_sent(MORNING)
        self.pass_time(hours=1)
        self.run_service()
        self.assertFalse(self.texts)

    def test_to_before_it_began_where_its_end_is_too_late(self):
        task = self.plan(self.NIGHT, before=timedelta(hours=5, minutes=59))
        self.assert_sent(EVENING - timedelta(minutes=1))
        self.assertEqual(task.reminder_ids.state, "done")
        for moment in (self.NIGHT, MORNING):
            self.set_now(moment)
            self.run_service()
            self.assertFalse(self.texts)

    def test_in_the_hours_it_leaves_as_it_is_due(self):
        due_at = datetime(2026, 7, 14, 10, 0)
        task = self.plan(due_at)
        self.assert_sent(due_at)
        self.assertFalse(self.rows(task)._is_moved())

    def test_no_half_a_minute_before_the_hours_begin(self):
        self.plan(MORNING)
        self.set_now(MORNING - timedelta(seconds=20))
        self.run_service()
        self.assertFalse(self.texts)
        self.set_now(MORNING)
        self.run_service()
        self.assertEqual(self.numbers, ["+48600100200"])

    def test_without_hours_nothing_is_noted(self):
        self.company.reminder_customer_hours = False
        task = self.plan(self.NIGHT, before=timedelta(hours=2))
        self.assertFalse(task.reminder_ids.early_at)
        self.assert_sent(self.NIGHT)
        self.assertFalse(self.rows(task).leave_at)
        self.assertFalse(self.rows(task).leave_tz)

    def test_operators_have_hours_of_their_own(self):
        values = {"audience": "operator"}
        self.plan(self.NIGHT, **values)
        self.assert_sent(self.NIGHT, "+48600100201")
        self.company.write(
            {
                "reminder_operator_hours": True,
                "reminder_operator_hour_from": 5.5,
                "reminder_customer_hours": False,
            }
        )
        self.set_now(self.NIGHT - timedelta(hours=1))
        self.plan(self.NIGHT, **values)
        self.assert_sent(datetime(2026, 7, 15, 3, 30), "+48600100201")

    def test_a_reminder_to_the_start_itself_is_not_held(self):
        self.plan(self.NIGHT, before=timedelta())
        self.assert_sent(self.NIGHT)

    # ------------------------------------------------------------------
    # Working days
    # ------------------------------------------------------------------

    def keep_to_working_days(self):
        calendar = self.company.resource_calendar_id
        self.company.reminder_customer_calendar_id = calendar
        return calendar

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

    def test_other_hours_count_for_what_waits_already(self):
        self.plan(self.NIGHT)
        self.set_now(self.NIGHT)
        self.run_service()
        self.company.reminder_customer_hour_from = 10
        self.assert_sent(MORNING + timedelta(hours=2))

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

    # ------------------------------------------------------------------
    # Two recipients, two zones
    # ------------------------------------------------------------------

    def watch_two(self):
        """Let the company remind operators in its hours, one of them in New York."""
        self.company.write(
            {"reminder_customer_hours": False, "reminder_operator_hours": True}
        )
        far = self._create_user("far", "Frank Far", "600 100 209")
        far.tz = "America/New_York"
        return self.assignee + far

    def test_two_recipients_of_one_line_have_two_times(self):
        users = self.watch_two()
        task = self.plan(
            self.NIGHT,
            before=timedelta(days=2),
            audience="operator",
        )
        task.user_ids = users
        # 3:00 in Warsaw, 21:00 in New York: both sleep; 8:00 here is 14:00 there
        self.assert_sent(MORNING, "+48600100201")
        self.assert_sent(datetime(2026, 7, 15, 12, 0), "+48600100209")
        here, there = self.rows(task).sorted("leave_at")
        self.assertEqual(here.leave_tz, "Europe/Warsaw")
        self.assertEqual(there.leave_tz, "America/New_York")
        self.assertIn("quiet hours (Europe/Warsaw)", here.move_text)
        self.assertIn("quiet hours (America/New York)", there.move_text)

    def test_the_one_who_has_to_get_it_early_gets_it_alone(self):
        users = self.watch_two()
        # due at 9:00 in Warsaw, 3:00 in New York, an hour and a half before the start
        due_at = datetime(2026, 7, 15, 7, 0)
        task = self.plan(due_at, before=timedelta(minutes=90), audience="operator")
        task.user_ids = users
        self.assert_sent(datetime(2026, 7, 14, 23, 59), "+48600100209")
        self.assert_sent(due_at, "+48600100201")
        self.assertEqual(len(self.rows(task)), 2)

    def test_a_customers_zone_counts_not_the_companys(self):
        self.customer.write(
            {"country_id": self.env.ref("base.jp").id, "tz": "Asia/Tokyo"}
        )
        self.customer.phone = "+819012345678"
        self.plan(self.NIGHT)  # 10:00 in Tokyo
        self.assert_sent(self.NIGHT, "+819012345678")

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
    # Looking early
    # ------------------------------------------------------------------

    def test_without_hours_claiming_costs_what_it_did(self):
        self.company.reminder_customer_hours = False
        queue = self.env["crm.task.reminder.queue"]
        self.plan(self.now)
        self.env.flush_all()
        self.assertTrue(self.company.reminder_enabled)  # read once for a run
        before = self.env.cr.sql_log_count
        reminders = queue._claim(self.company, self.now, 10)
        self.assertEqual(self.env.cr.sql_log_count - before, 1)
        self.assertTrue(reminders)

    def test_what_is_not_to_leave_early_is_not_looked_at_early(self):
        task = self.plan(self.NIGHT, before=timedelta(days=2))
        self.assertFalse(task.reminder_ids.early_at)

    def test_looked_at_early_it_is_put_off_to_its_moment(self):
        task = self.plan(self.NIGHT, before=timedelta(hours=5))
        reminder = task.reminder_ids.sudo()
        self.assertLess(reminder.early_at, EVENING - timedelta(minutes=1))
        self.set_now(reminder.early_at)
        self.run_service()
        self.assertFalse(self.rows(task))
        self.assertEqual(reminder.early_at, EVENING - timedelta(minutes=1))
        self.assertEqual(reminder.state, "scheduled")

    def test_looked_at_early_what_lacks_something_is_not_given_up(self):
        self.customer.phone = False
        task = self.plan(self.NIGHT, before=timedelta(hours=5))
        self.set_now(task.reminder_ids.sudo().early_at)
        self.run_service()
        self.assertFalse(self.rows(task))
        self.customer.phone = "600 100 200"
        self.assert_sent(EVENING - timedelta(minutes=1))

    def test_a_change_of_the_hours_counts_for_what_is_to_come(self):
        self.company.reminder_customer_hours = False
        task = self.plan(self.NIGHT, before=timedelta(hours=5))
        self.assertFalse(task.reminder_ids.sudo().early_at)
        self.company.reminder_customer_hours = True
        self.assertTrue(task.reminder_ids.sudo().early_at)
        self.company.reminder_customer_hour_to = 18
        self.assert_sent(datetime(2026, 7, 14, 15, 59))

    def test_nobody_but_the_service_says_when_it_looks(self):
        task = self.plan(self.NIGHT)
        with self.assertRaises(AccessError):
            task.reminder_ids.with_user(self.assignee).early_at = fields.Datetime.now()

    # ------------------------------------------------------------------
    # The window
    # ------------------------------------------------------------------

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
