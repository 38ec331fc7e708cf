from datetime import datetime, timedelta

from odoo.exceptions import ValidationError
from odoo.tests import Form, tagged

from .common import ReminderCommon


@tagged("post_install", "-at_install")
class TestSchedule(ReminderCommon):
    """The time of a reminder is counted back from the start of its task."""

    # ------------------------------------------------------------------
    # R11, R13: from the start, each form on its own
    # ------------------------------------------------------------------

    def test_r11_counted_from_the_start_never_from_the_deadline(self):
        task = self.create_task(
            self.line(), date_deadline=self.now + timedelta(days=30)
        )
        due_at = task.planned_date_begin - timedelta(hours=1)
        self.assertEqual(task.reminder_ids.due_at, due_at)
        task.date_deadline = self.now + timedelta(days=60)
        self.assertEqual(task.reminder_ids.due_at, due_at)
        task.date_deadline = False
        self.assertEqual(task.reminder_ids.due_at, due_at)

    def test_r11_deadline_without_start_reminds_nobody(self):
        task = self.create_task(
            self.line(),
            planned_date_begin=False,
            date_deadline=self.now + timedelta(minutes=30),
        )
        self.assertEqual(task.reminder_ids.state, "waiting")
        self.assertFalse(task.reminder_ids.due_at)
        self.pass_time(hours=2)
        self.run_service()
        self.assertFalse(self.texts)

    def test_r11_moves_with_the_start(self):
        task = self.create_task(self.line())
        task.planned_date_begin += timedelta(hours=5)
        self.assertEqual(task.reminder_ids.due_at, self.now + timedelta(hours=6))
        self.pass_time(hours=1)
        self.run_service()
        self.assertFalse(self.texts)
        self.pass_time(hours=5)
        self.run_service()
        self.assertEqual(len(self.texts), 1)

    def test_r11_days_follow_the_company_to_another_zone(self):
        start = datetime(2026, 11, 3, 8, 0)  # after the change of clocks in Europe
        days, hours = (self.line(duration=20, unit=unit) for unit in ("days", "hours"))
        task = self.create_task(days, hours, planned_date_begin=start)
        sent = self.send(
            self.line(duration=0, unit="days"), starts_in=timedelta(hours=1)
        )
        sent_at = sent.reminder_ids.due_at
        by_days, by_hours = task.reminder_ids.sorted("duration_unit")
        self.assertEqual(by_days.due_at, datetime(2026, 10, 14, 7, 0))
        self.company.resource_calendar_id.tz = "UTC"
        self.assertEqual(by_days.due_at, datetime(2026, 10, 14, 8, 0))
        calendar = self.company.resource_calendar_id.copy({"tz": "Europe/Warsaw"})
        self.company.resource_calendar_id = calendar
        self.assertEqual(by_days.due_at, datetime(2026, 10, 14, 7, 0))
        self.assertEqual(by_hours.due_at, start - timedelta(hours=20))
        self.assertEqual(sent.reminder_ids.due_at, sent_at)
        self.assertEqual(sent.reminder_ids.state, "done")

    def test_r11_start_removed_and_set_again(self):
        task = self.create_task(self.line())
        task.planned_date_begin = False
        self.assertEqual(task.reminder_ids.state, "waiting")
        self.pass_time(hours=1)
        self.run_service()
        self.assertFalse(self.texts)
        task.planned_date_begin = self.now + timedelta(hours=2)
        self.assertEqual(task.reminder_ids.state, "scheduled")

    def test_r11_edited_title_changes_nothing(self):
        task = self.create_task(self.line())
        before = task.reminder_ids.read(["due_at", "set_at", "state", "write_date"])
        self.pass_time(minutes=30)
        task.write({"name": "Mow the lawn again", "priority": "1"})
        self.env.flush_all()
        after = task.reminder_ids.read(["due_at", "set_at", "state", "write_date"])
        self.assertEqual(after, before)

    def test_r11_changed_time_of_the_line(self):
        task = self.create_task(self.line())
        task.reminder_ids.write({"duration": 30, "duration_unit": "minutes"})
        self.assertEqual(task.reminder_ids.due_at, self.now + timedelta(minutes=90))

    def test_r13_times_of_sms_and_email_are_independent(self):
        task = self.create_task(
            self.line(channel="sms"),
            self.line(channel="email", duration=30, unit="minutes"),
        )
        sms = task.reminder_ids.filtered(lambda line: line.channel == "sms")
        email = task.reminder_ids - sms
        sms.duration = 2
        self.assertEqual(email.due_at, task.planned_date_begin - timedelta(minutes=30))
        sms.duration = 1
        self.pass_time(hours=1)
        self.run_service()
        self.assertEqual((len(self.texts), len(self.mails)), (1, 0))
        self.pass_time(minutes=30)
        self.run_service()
        self.assertEqual((len(self.texts), len(self.mails)), (0, 1))

    def test_r11_zero_is_the_start_itself(self):
        task = self.create_task(self.line(duration=0))
        self.assertEqual(task.reminder_ids.due_at, task.planned_date_begin)
        self.pass_time(hours=2)
        self.run_service()
        self.assertEqual(len(self.texts), 1)

    def test_r11_zero_some_minutes_late(self):
        """The service is there once a minute, not at the very second."""
        self.create_task(self.line(duration=0))
        self.pass_time(hours=2, minutes=3)
        self.run_service()
        self.assertEqual(len(self.texts), 1)

    def test_r11_zero_long_after_the_start_is_missed(self):
        task = self.create_task(self.line(duration=0))
        self.pass_time(hours=3)
        self.run_service()
        self.assert_reason(task, "started")
        self.assertEqual(task.reminder_ids.state, "missed")

    def test_not_more_than_half_a_minute_early(self):
        self.create_task(self.line())
        self.pass_time(minutes=59, seconds=29)
        self.run_service()
        self.assertFalse(self.texts)
        self.pass_time(seconds=1)
        self.run_service()
        self.assertEqual(len(self.texts), 1)

    # ------------------------------------------------------------------
    # Limits
    # ------------------------------------------------------------------

    def test_e13_time_that_is_left_empty_is_refused(self):
        for empty in (False, None, ""):
            with (
                self.subTest(repr(empty)),
                self.assertRaisesRegex(ValidationError, "How long before"),
            ):
                self.create_task(self.line(duration=empty))
        task = self.create_task(self.line())
        with self.assertRaisesRegex(ValidationError, "How long before"):
            task.reminder_ids.write({"duration": False})

    def test_negative_time_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "can't be negative"):
            self.create_task(self.line(duration=-1))

    def test_more_than_a_year_is_refused(self):
        for duration, unit in ((367, "days"), (53, "weeks"), (9_000, "hours")):
            with (
                self.subTest(unit=unit),
                self.assertRaisesRegex(ValidationError, "at most one year"),
            ):
                self.create_task(self.line(duration=duration, unit=unit))
        self.create_task(self.line(duration=52, unit="weeks"))

    def test_start_in_the_first_year_of_the_calendar(self):
        start = datetime(1, 1, 2, 0, 0)
        task = self.create_task(self.line(unit="weeks"), planned_date_begin=start)
        self.run_service()
        self.assertFalse(self.texts)
        self.assertEqual(task.reminder_ids.state, "missed")

    def test_b09_start_on_the_last_day_of_the_calendar(self):
        start = datetime(9999, 12, 31, 23, 59, 59)
        lines = [self.line(unit=unit) for unit in ("minutes", "hours", "days", "weeks")]
        lines.append(self.line(duration=0))
        task = self.create_task(*lines, planned_date_begin=start)
        self.assertEqual(set(task.reminder_ids.mapped("state")), {"scheduled"})
        days = {start - timedelta(days=1), start - timedelta(weeks=1)}
        self.assertLessEqual(days, set(task.reminder_ids.mapped("due_at")))
        self.run_service()
        self.assertFalse(self.texts)
        task.reminder_ids.filtered(lambda line: not line.duration).action_send_now()
        self.run_service()
        self.assertEqual(len(self.texts), 1)

    def test_b09_form_opens_at_both_ends_of_the_calendar(self):
        starts = (datetime(1, 1, 1, 0, 30), datetime(9999, 12, 31, 23, 59, 59))
        for start in starts:
            for tz in ("America/New_York", "Asia/Tokyo", "Europe/Warsaw", "UTC"):
                with self.subTest(start=start.year, tz=tz):
                    self.assignee.tz = tz
                    task = self.create_task(
                        self.line(unit="days"), planned_date_begin=start
                    )
                    form = Form(task.with_user(self.assignee))
                    self.assertIn("Karol", self.people(form))
                    self.assertTrue(task.with_user(self.assignee).reminder_start)
                    self.assertTrue(task.reminder_ids.due_text)

    def test_b09_form_opens_where_a_line_comes_after_the_calendar(self):
        end = datetime(9999, 12, 31, 23, 59, 59)
        for moment, values in {
            "after": {"planned_date_begin": end},
            "after_end": {"planned_date_begin": end, "date_deadline": end},
        }.items():
            with self.subTest(moment=moment):
                line = self.line(moment=moment, task_states="open")
                task = self.create_task(line, **values)
                form = Form(task.with_user(self.assignee))
                self.assertIn("Karol", self.people(form))
                self.assertEqual(task.reminder_ids.shown_state, "scheduled")

    def test_b09_task_that_recurs_beyond_the_calendar_can_be_closed(self):
        task = self.create_task(
            self.line(),
            planned_date_begin=datetime(9999, 12, 31, 12, 0),
            recurring_task=True,
            repeat_interval=1,
            repeat_unit="year",
            repeat_type="forever",
        )
        task.state = "1_done"
        self.assertEqual(task.state, "1_done")

    def test_far_too_long_a_time_is_shown_until_it_is_refused(self):
        form = Form(self.create_task(self.line()))
        with form.reminder_customer_ids.edit(0) as line:
            line.duration = 2**31 - 1
            line.duration_unit = "weeks"
        with self.assertRaisesRegex(ValidationError, "at most one year"):
            form.save()
