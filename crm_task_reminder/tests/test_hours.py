"""Quiet hours: what would leave in them, whose they are, and when the service looks."""

from datetime import datetime, timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .hours import EVENING, MORNING, HoursCommon


@tagged("post_install", "-at_install")
class TestHours(HoursCommon):
    """What would leave in quiet time leaves at another one, and once."""

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
