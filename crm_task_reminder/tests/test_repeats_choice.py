"""How often a line is repeated: what can be set, in which words."""

from datetime import datetime

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from .repeats import DAY, HOUR, RepeatsCommon


@tagged("post_install", "-at_install")
class TestRepeatsChoice(RepeatsCommon):
    """What makes no sense is refused; what was sent once stays so when changed."""

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
