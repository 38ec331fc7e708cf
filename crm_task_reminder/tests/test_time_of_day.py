from datetime import datetime, timedelta

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from .window import WindowCommon


@tagged("post_install", "-at_install")
class TestTimeOfDay(WindowCommon):
    """A line at an hour of the day: “1 day before, at 16:00”."""

    #: 10:00 in Warsaw, two days after the change of clocks.
    START = datetime(2026, 10, 27, 9, 0)

    def due_at(self, unit="days", duration=1, **values):
        line = self.line(duration=duration, unit=unit, **values)
        task = self.create_task(line, planned_date_begin=self.START)
        return task.reminder_ids.due_at

    def test_by_the_clock_of_the_company(self):
        self.assertEqual(self.due_at(time_of_day="16:00"), datetime(2026, 10, 26, 15))
        self.assertEqual(
            self.due_at("weeks", time_of_day="16"), datetime(2026, 10, 20, 14)
        )
        self.company.resource_calendar_id.tz = "Asia/Tokyo"
        self.assertEqual(self.due_at(time_of_day="16:00"), datetime(2026, 10, 26, 7))

    def test_as_the_start_where_none_is_given(self):
        self.assertEqual(self.due_at(), datetime(2026, 10, 26, 9))
        self.assertEqual(
            self.due_at(time_of_day=False, duration=3), datetime(2026, 10, 24, 8)
        )

    def test_an_hour_that_the_clocks_skip(self):
        self.set_now(datetime(2026, 3, 20))
        line = self.line(unit="days", time_of_day="02:30")
        task = self.create_task(line, planned_date_begin=datetime(2026, 3, 30, 8))
        self.assertEqual(task.reminder_ids.due_at, datetime(2026, 3, 29, 1, 30))

    def test_moves_with_the_day_of_the_start_alone(self):
        line = self.line(unit="days", time_of_day="16:00")
        task = self.create_task(line, planned_date_begin=self.START)
        due_at = task.reminder_ids.due_at
        task.planned_date_begin += timedelta(hours=3)
        self.assertEqual(task.reminder_ids.due_at, due_at)
        task.planned_date_begin += timedelta(days=1)
        self.assertEqual(task.reminder_ids.due_at, due_at + timedelta(days=1))

    def test_it_is_sent_at_that_hour(self):
        line = self.line(unit="days", time_of_day="16:00")
        task = self.create_task(line, planned_date_begin=datetime(2026, 7, 15, 6))
        self.set_now(datetime(2026, 7, 14, 13, 59))
        self.run_service()
        self.assertFalse(self.texts)
        self.set_now(datetime(2026, 7, 14, 14, 0))
        self.run_service()
        self.assertEqual(self.numbers, ["+48600100200"])
        with self.assertRaisesRegex(UserError, "has been sent"):
            task.reminder_ids.time_of_day = "17:00"

    # ------------------------------------------------------------------
    # What is refused
    # ------------------------------------------------------------------

    def test_what_is_no_hour_is_refused_in_words(self):
        for given in ("25:00", "24:00", "-1", "1e9", "soon", -1, 1e9, 24.0, True):
            with (
                self.subTest(given=given),
                self.assertRaisesRegex(ValidationError, "is not an hour of the day"),
            ):
                self.due_at(time_of_day=given)

    def test_only_with_days_and_weeks(self):
        for values in ({"unit": "hours"}, {"unit": "minutes"}, {"duration": 0}):
            with (
                self.subTest(values=values),
                self.assertRaisesRegex(ValidationError, "only with days and weeks"),
            ):
                self.due_at(time_of_day="16:00", **values)

    def test_it_goes_with_the_days(self):
        line = self.line(unit="days", time_of_day="16:00")
        for values in (
            {"duration_unit": "hours"},
            {"duration": 0},
            {"timing": "start"},
        ):
            with self.subTest(values=values):
                reminder = self.create_task(dict(line)).reminder_ids
                reminder.write(values)
                self.assertFalse(reminder.time_of_day)

    def test_in_a_form_it_is_written_as_it_is_stored(self):
        task = self.create_task(self.line(unit="days"), planned_date_begin=self.START)
        with (
            Form(task.with_user(self.assignee), "project.view_task_form2") as form,
            form.reminder_customer_ids.edit(0) as line,
        ):
            # the last as the line itself says it; both lost what made them afternoon
            for typed in ("4 pm", "4:00 pm", "04:00 PM"):
                line.time_of_day = typed
                self.assertEqual(line.time_of_day, "16:00", typed)
            line.timing = "hours"
            self.assertFalse(line.time_of_day)
            line.timing = "days"
            line.time_of_day = "7.30"
        self.assertEqual(task.reminder_ids.time_of_day, "07:30")

    def test_who_may_not_edit_the_task_may_not_set_it(self):
        line = self.line(unit="days", time_of_day="16:00")
        task = self.create_task(line, planned_date_begin=self.START)
        self.project.privacy_visibility = "followers"
        stranger = self._create_user("stranger", "Stefan Stranger")
        with self.assertRaises(AccessError):
            task.reminder_ids.with_user(stranger).time_of_day = "17:00"

    # ------------------------------------------------------------------
    # Presets, many tasks, words
    # ------------------------------------------------------------------

    def test_presets_give_it_to_new_tasks(self):
        self.company.reminder_customer_default = True
        self.company.reminder_default_customer_ids.time_of_day = "16"
        task = self.env["project.task"].create(
            {"name": "Plant", "project_id": self.project.id}
        )
        self.assertEqual(task.reminder_customer_ids.time_of_day, "16:00")
        self.assertEqual(task.reminder_customer_setting, "company")
        task.reminder_customer_ids.time_of_day = "17:00"
        task.invalidate_recordset(["reminder_customer_setting"])
        self.assertEqual(task.reminder_customer_setting, "changed")

    def test_many_tasks_get_it(self):
        tasks = self.create_task() + self.create_task()
        edit = Form(
            self.env["crm.task.reminder.edit"]
            .with_user(self.assignee)
            .with_context(active_ids=tasks.ids)
        )
        with edit.line_ids.edit(0) as line:
            line.time_of_day = "16:00"
        edit.save().action_apply()
        self.assertEqual(tasks.reminder_ids.mapped("time_of_day"), ["16:00"] * 2)

    def test_lines_of_two_hours_are_two(self):
        lines = [
            self.line(unit="days", duration=2, time_of_day=hour)
            for hour in ("16:00", "18:00", False)
        ]
        task = self.create_task(*lines, starts_in=timedelta(days=9))
        self.assertEqual(len(task.reminder_ids._get_setting_keys()), 3)
        self.assertFalse(task.reminder_ids._filter_repeated())

    def test_in_words(self):
        self.env["res.lang"]._activate_lang("pl_PL")
        line = self.line(unit="days", time_of_day="16:00")
        task = self.create_task(line, planned_date_begin=self.START)
        for lang, hour in (("en_US", "04:00 PM"), ("pl_PL", "16:00")):
            name = task.reminder_ids.with_context(lang=lang).display_name
            self.assertIn(hour, name)
        self.assertIn("1 day before, at 04:00 PM", task.reminder_ids.summary)
