from datetime import datetime, timedelta

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from .common import DOWN, ReminderCommon

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@tagged("post_install", "-at_install")
class TestRepeats(ReminderCommon):
    """A line that is sent every so many hours or days, until its number or its date."""

    def repeated(self, every=1, unit="days", count=3, **values):
        """Return the values of a line of four days before that is repeated."""
        return {
            **self.line(duration=4, unit="days"),
            "repeat_unit": unit,
            "repeat_every": every,
            "repeat_count": count,
            **values,
        }

    def create_repeated(self, *lines, starts_in=5 * DAY, **values):
        return self.create_task(*lines, starts_in=starts_in, **values)

    def let_time_pass(self, until):
        """Run the service when something is due; return when something was sent."""
        sent = []
        while self.now < until:
            lines = self.env["crm.task.reminder"].search([("state", "=", "scheduled")])
            rows = self.log.search([("state", "=", "queued")])
            moments = lines.mapped("due_at") + rows.mapped("next_attempt_at")
            ahead = [one for one in moments if one and one > self.now]
            self.set_now(min([*ahead, until]))
            self.run_service()
            sent += [self.now] * len(self.texts)
        return sent

    # ------------------------------------------------------------------
    # Every, at most, never past
    # ------------------------------------------------------------------

    def test_every_day_at_most_three_times_before_the_start(self):
        task = self.create_repeated(self.repeated())
        start = task.planned_date_begin
        sent = self.let_time_pass(start + DAY)
        self.assertEqual(sent, [start - days * DAY for days in (4, 3, 2)])
        self.assertEqual(task.reminder_ids.state, "done")
        rows = self.rows(task)
        self.assertEqual(rows.mapped("turn"), [0, 1, 2])
        self.assertEqual(set(rows.mapped("start")), {start})
        self.assertEqual(rows.mapped("due_at"), sent)

    def test_never_once_the_start_has_come(self):
        task = self.create_repeated(self.repeated(every=30, unit="hours", count=50))
        start = task.planned_date_begin
        first = start - 4 * DAY
        sent = self.let_time_pass(start + 2 * DAY)
        self.assertEqual(sent, [first + 30 * number * HOUR for number in range(4)])
        self.assertLess(sent[-1], start)

    def test_after_the_end_it_ends_by_its_number(self):
        line = self.repeated(every=2, moment="after_end", task_states="both")
        task = self.create_repeated(
            {**line, "duration": 1}, starts_in=HOUR, date_deadline=self.now + 2 * HOUR
        )
        end = task.date_deadline
        sent = self.let_time_pass(end + 20 * DAY)
        self.assertEqual(len(sent), 3)
        self.assertEqual(
            self.rows(task).mapped("due_at"), [end + days * DAY for days in (1, 3, 5)]
        )

    def test_a_year_after_the_end_is_the_last_time(self):
        line = self.repeated(every=300, count=50, moment="after", task_states="both")
        task = self.create_repeated(line)
        start = task.planned_date_begin
        times = task.reminder_ids._list_turns(start)
        self.assertEqual(times, [start + days * DAY for days in (4, 304)])

    # ------------------------------------------------------------------
    # Until
    # ------------------------------------------------------------------

    def test_it_ends_when_the_task_is_done(self):
        task = self.create_repeated(self.repeated())
        self.let_time_pass(self.now + DAY)
        task.state = "1_done"
        self.assertEqual(self.let_time_pass(self.now + 4 * DAY), [])
        self.assertEqual(len(self.rows(task)), 1)
        self.assertEqual(task.reminder_ids.state, "cancelled")

    def test_open_tasks_are_asked_about_until_they_are_done(self):
        line = self.repeated(moment="after_end", task_states="open", count=5)
        task = self.create_repeated(
            {**line, "duration": 1}, starts_in=HOUR, date_deadline=self.now + 2 * HOUR
        )
        self.assertEqual(len(self.let_time_pass(self.now + 3 * DAY)), 2)
        task.state = "1_done"
        self.assertEqual(self.let_time_pass(self.now + 4 * DAY), [])

    def test_no_template_ends_one_time_and_not_the_others(self):
        task = self.create_repeated(self.repeated(sms_template_id=False))
        self.let_time_pass(self.now + DAY)
        [row] = self.rows(task)
        self.assertEqual(row.reason, "no_template")
        template = self.env.ref("crm_task_reminder.sms_template_customer")
        task.reminder_ids.sms_template_id = template
        self.assertEqual(len(self.let_time_pass(self.now + 4 * DAY)), 2)

    # ------------------------------------------------------------------
    # Once
    # ------------------------------------------------------------------

    def test_a_downtime_is_made_up_for_once(self):
        task = self.create_repeated(self.repeated(count=4))
        self.pass_time(days=3, hours=12)
        self.run_service()
        self.assertEqual(len(self.texts), 1)
        self.run_service()
        self.assertEqual(self.texts, [])
        self.assertEqual(len(self.let_time_pass(task.planned_date_begin)), 1)
        self.assertEqual(self.rows(task).mapped("turn"), [0, 3])

    def test_a_gateway_that_is_down_leaves_one_message_not_three(self):
        task = self.create_repeated(self.repeated(every=2, unit="hours"))
        self.pass_time(days=1)
        for _attempt in range(3):
            self.run_service(sms_error=DOWN)
            self.pass_time(hours=2)
        self.run_service()
        self.assertEqual(len(self.texts), 1)
        rows = self.rows(task)
        self.assertEqual(rows.mapped("reason"), ["next_time", "next_time", False])
        self.assertEqual(rows.mapped("turn"), [0, 1, 2])

    def test_a_moved_start_begins_anew_and_moved_back_tells_nothing_twice(self):
        task = self.create_repeated(self.repeated())
        start = task.planned_date_begin
        self.let_time_pass(self.now + 2 * DAY)
        self.assertEqual(self.rows(task).mapped("turn"), [0, 1])
        task.planned_date_begin = start + 9 * DAY
        self.assertEqual(task.reminder_ids.due_at, start + 5 * DAY)
        task.planned_date_begin = start
        self.let_time_pass(start)
        rows = self.rows(task)
        self.assertEqual(rows.mapped("turn"), [0, 1, 2])
        self.assertEqual(set(rows.mapped("state")), {"sent"})

    def test_moved_there_told_and_back_is_told_again(self):
        task = self.create_repeated(self.repeated())
        start = task.planned_date_begin
        self.let_time_pass(self.now + DAY)
        task.planned_date_begin = start + 12 * HOUR
        self.let_time_pass(self.now + 12 * HOUR)
        task.planned_date_begin = start
        self.run_service()
        starts = self.rows(task).mapped("start")
        self.assertEqual(starts[-1], start)
        self.assertIn(start + 12 * HOUR, starts)

    def test_send_now_takes_the_place_of_the_next_time(self):
        task = self.create_repeated(self.repeated())
        start = task.planned_date_begin
        task.reminder_ids.action_send_now()
        self.run_service()
        self.assertEqual(len(self.texts), 1)
        sent = self.let_time_pass(start)
        self.assertEqual(sent, [start - days * DAY for days in (3, 2)])

    def test_a_renewed_message_keeps_its_time(self):
        task = self.create_repeated(self.repeated())
        self.pass_time(days=1)
        self.run_service(sms_error=DOWN)
        task.reminder_customer_off = True
        self.pass_time(hours=1)
        self.run_service()
        self.assertEqual(self.rows(task).reason, "switched_off")
        task.reminder_customer_off = False
        self.run_service()
        self.assertEqual(len(self.texts), 1)
        self.assertEqual(self.rows(task)[-1].turn, 0)

    def test_a_failed_time_takes_the_second_way_and_the_next_its_own(self):
        self.company.reminder_sms_second_way = "email"
        task = self.create_repeated(self.repeated())
        self.pass_time(days=1)
        self.run_service(sms_error="wrong_number_format")
        self.run_service()
        failed, second = self.rows(task)
        self.assertEqual((failed.state, second.channel), ("failed", "email"))
        self.assertEqual((failed.turn, second.turn), (0, 0))
        self.assertEqual(second.due_at, failed.due_at)
        self.assertEqual(len(self.mails), 1)
        self.pass_time(days=1)
        self.run_service()
        self.assertEqual(len(self.texts), 1)
        self.assertEqual(self.rows(task)[-1].turn, 1)

    def test_the_next_occurrence_begins_with_the_first_time(self):
        task = self.create_repeated(
            self.repeated(),
            recurring_task=True,
            repeat_interval=1,
            repeat_unit="month",
            repeat_type="forever",
        )
        self.let_time_pass(self.now + DAY)
        task.state = "1_done"
        line = (task.recurrence_id.task_ids - task).reminder_ids
        self.assertEqual((line.repeat_unit, line.repeat_count), ("days", 3))
        self.assertEqual(line._get_turn(), 0)
        self.assertEqual(line.due_at, line.task_id.planned_date_begin - 4 * DAY)

    # ------------------------------------------------------------------
    # Quiet hours
    # ------------------------------------------------------------------

    def test_of_a_night_one_is_left(self):
        self.company.write(
            {
                "reminder_customer_hours": True,
                "reminder_customer_hour_from": 8,
                "reminder_customer_hour_to": 20,
            }
        )
        line = self.repeated(every=3, unit="hours", count=20, duration=2)
        task = self.create_repeated(line, starts_in=3 * DAY)
        sent = self.let_time_pass(task.planned_date_begin + DAY)
        self.assertEqual(len(set(sent)), len(sent), "two at once")
        for moment in sent:
            self.assertIn(moment.hour + 2, range(8, 21))  # Warsaw in summer
            self.assertLess(moment, task.planned_date_begin)
        self.assertGreater(len(sent), 5)

    # ------------------------------------------------------------------
    # What is set
    # ------------------------------------------------------------------

    def test_bad_numbers_are_refused_in_words(self):
        for name, values in (
            ("repeat_every", (0, -1, 10**9, 1.5, "x", False)),
            ("repeat_count", (0, -1, 1, 51, 10**9, 2.5, "25:00")),
        ):
            for value in values:
                with (
                    self.subTest(name=name, value=value),
                    self.assertRaisesRegex(ValidationError, "repeated"),
                ):
                    self.create_repeated(self.repeated(**{name: value}))

    def test_what_can_never_be_repeated_is_refused_in_words(self):
        for values, words in (
            ({"moment": "set"}, "sent once"),
            ({"duration": 0}, "sent once"),
            ({"repeat_every": 4}, "come first"),
            ({"repeat_every": 96, "repeat_unit": "hours"}, "come first"),
            ({"repeat_every": 400, "moment": "after"}, "repeated"),
        ):
            with (
                self.subTest(values=values),
                self.assertRaisesRegex(ValidationError, words),
            ):
                self.create_repeated(self.repeated(**values))

    def test_the_words_of_a_line(self):
        for values, words in (
            ({}, "4 days before, every day, at most 3 times"),
            ({"repeat_every": 2}, "4 days before, every 2 days, at most 3 times"),
            (
                {"repeat_unit": "hours", "time_of_day": "16:00", "repeat_count": 2},
                "4 days before, at 04:00 PM, every hour, at most 2 times",
            ),
            ({"repeat_unit": False}, "4 days before"),
        ):
            line = self.create_repeated(self.repeated(**values)).reminder_ids
            self.assertEqual(line.display_name, f"SMS · {words}")

    def test_what_was_sent_once_is_changed_only_in_how_often(self):
        task = self.create_repeated(self.repeated())
        self.let_time_pass(self.now + DAY)
        line = task.reminder_ids
        for values in ({"duration": 3}, {"moment": "after"}, {"channel": "email"}):
            with self.subTest(values=values), self.assertRaises(UserError):
                line.write(values)
        line.repeat_count = 2
        self.assertEqual(len(self.let_time_pass(task.planned_date_begin)), 1)

    def test_a_line_that_is_not_repeated_any_more_has_been_sent(self):
        task = self.create_repeated(self.repeated())
        self.let_time_pass(self.now + DAY)
        task.reminder_ids.repeat_unit = False
        self.assertEqual(self.let_time_pass(task.planned_date_begin), [])
        self.assertEqual(task.reminder_ids.state, "done")

    def test_presets_reach_new_tasks(self):
        self.company.reminder_customer_default = True
        default = self.company.reminder_default_customer_ids
        default.write(
            {"duration": 5, "repeat_unit": "days", "repeat_every": 2, "repeat_count": 2}
        )
        task = self.env["project.task"].create(
            {"name": "New", "project_id": self.project.id}
        )
        line = task.reminder_customer_ids
        self.assertEqual(
            (line.repeat_unit, line.repeat_every, line.repeat_count), ("days", 2, 2)
        )
        self.assertEqual(task.reminder_customer_setting, "company")

    def test_another_zone_counts_repeated_days_anew(self):
        line = self.repeated(duration=100, duration_unit="hours")
        # the clocks are put back between the first time and the second
        first = datetime(2026, 10, 24, 12, 0)
        starts_in = first + 100 * HOUR - self.now
        task = self.create_repeated(line, starts_in=starts_in)
        self.set_now(first)
        self.run_service()
        self.assertEqual(task.reminder_ids.due_at, first + DAY + HOUR)
        self.company.resource_calendar_id.tz = "UTC"
        self.company._recount_reminders()
        self.assertEqual(task.reminder_ids.due_at, first + DAY)
