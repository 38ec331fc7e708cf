from datetime import datetime, timedelta

from odoo.tests import Form, tagged

from .common import ReminderCommon


@tagged("post_install", "-at_install")
class TestCalendar(ReminderCommon):
    """Tasks stand in Odoo's calendar at their start, else at their deadline."""

    def test_e11_a_task_with_a_start_alone_is_in_the_calendar(self):
        start = self.create_task()
        deadline = self.create_task(
            planned_date_begin=False, date_deadline=self.now + timedelta(days=3)
        )
        both = self.create_task(date_deadline=self.now + timedelta(days=3))
        found = self.env["project.task"].search(
            [
                ("id", "in", (start + deadline + both).ids),
                ("reminder_calendar_at", ">=", self.now),
                ("reminder_calendar_at", "<=", self.now + timedelta(days=1)),
            ]
        )
        self.assertEqual(found, start + both)
        self.assertEqual(deadline.reminder_calendar_at, deadline.date_deadline)

    def test_e11_a_moved_task_keeps_its_length(self):
        task = self.create_task(date_deadline=self.now + timedelta(days=3))
        task.reminder_calendar_at += timedelta(days=1)
        self.assertEqual(task.planned_date_begin, self.now + timedelta(days=1, hours=2))
        self.assertEqual(task.date_deadline, self.now + timedelta(days=4))
        task = self.create_task(planned_date_begin=False, date_deadline=self.now)
        task.reminder_calendar_at += timedelta(days=1)
        self.assertFalse(task.planned_date_begin)
        self.assertEqual(task.date_deadline, self.now + timedelta(days=1))

    def test_b09_a_moved_task_may_have_a_deadline_that_never_comes(self):
        end = datetime(9999, 12, 31, 23, 59, 59)
        task = self.create_task(date_deadline=end)
        start = task.planned_date_begin
        for days in (1, -1):
            task.reminder_calendar_at += timedelta(days=days)
        self.assertEqual(task.planned_date_begin, start)
        self.assertEqual(task.date_deadline, end - timedelta(days=1))

    def test_e11_a_day_chosen_in_the_calendar_is_the_deadline_as_before(self):
        tasks = self.env["project.task"].with_context(
            default_reminder_calendar_at="2026-07-20 17:00:00",
            default_project_id=self.project.id,
        )
        with Form(tasks) as form:
            form.name = "Weeding"
        self.assertEqual(str(form.record.date_deadline), "2026-07-20 17:00:00")
        self.assertFalse(form.record.planned_date_begin)
        # without a form, as with a template
        task = tasks.create({"name": "Weeding"})
        self.assertEqual(str(task.date_deadline), "2026-07-20 17:00:00")

    def test_e11_the_view_places_tasks_by_it(self):
        view = self.env["project.task"].get_view(
            self.env.ref("project.view_task_calendar").id, "calendar"
        )
        self.assertIn('date_start="reminder_calendar_at"', view["arch"])
