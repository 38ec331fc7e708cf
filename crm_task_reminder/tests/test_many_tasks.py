from datetime import timedelta

from odoo.tests import tagged

from .common import ReminderCommon


@tagged("post_install", "-at_install")
class TestManyTasks(ReminderCommon):
    """*Change Reminders* on thousands of tasks takes seconds."""

    def _count(self, operation, number):
        """Return how many queries it takes to change so many tasks."""
        tasks = self.env["project.task"]
        for _number in range(number):
            tasks += self.create_task(
                self.line(),
                self.line(channel="email", duration=3),
                starts_in=timedelta(days=9),
            )
        wizard = self.env["crm.task.reminder.edit"].with_user(self.assignee)
        edit = wizard.with_context(active_ids=tasks.ids).create(
            {"operation": operation, "audience": "customer"}
        )
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        edit.apply_to(tasks.ids)
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def test_c21_queries_do_not_grow_with_the_tasks(self):
        self.company.reminder_customer_default = True
        for operation in ("replace", "company", "remove", "add"):
            self._count(operation, 2)  # what is known from then on
            few, many = (self._count(operation, number) for number in (2, 12))
            self.assertLessEqual(many, few + 1, operation)
