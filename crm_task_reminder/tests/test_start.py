from datetime import timedelta

from odoo.tests import tagged

from .common import ReminderCommon


@tagged("post_install", "-at_install")
class TestStart(ReminderCommon):
    """The start of a task, which the community edition of Odoo does not have."""

    def test_start_is_in_every_view_of_tasks(self):
        tasks = self.env["project.task"].with_user(self.assignee)
        for view_type in ("form", "list", "kanban", "calendar", "search"):
            with self.subTest(view_type=view_type):
                arch = tasks.get_view(view_type=view_type)["arch"]
                self.assertIn('name="planned_date_begin"', arch)

    def test_moved_start_is_tracked(self):
        task = self.create_task()
        self.flush_tracking()
        task.planned_date_begin += timedelta(days=1)
        self.flush_tracking()
        tracked = task.message_ids.tracking_value_ids.field_id.mapped("name")
        self.assertIn("planned_date_begin", tracked)

    def test_copy_has_no_start(self):
        self.assertFalse(self.create_task().copy().planned_date_begin)

    def test_tasks_are_found_by_their_start(self):
        early = self.create_task()
        late = self.create_task(starts_in=timedelta(days=3))
        found = self.env["project.task"].search(
            [("planned_date_begin", "<", self.now + timedelta(days=1))]
        )
        self.assertIn(early, found)
        self.assertNotIn(late, found)
