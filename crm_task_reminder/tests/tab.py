"""What the tests of the tab of a task's reminders have in common."""

from odoo.tests import Form

from .common import ReminderCommon


class TabCommon(ReminderCommon):
    """A company that reminds customers and operators, and a clerk at the tab."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.write(
            {"reminder_customer_default": True, "reminder_operator_default": True}
        )
        cls.user = cls._create_user("clerk", "Klara Clerk")

    def form(self, task=None):
        tasks = (task or self.env["project.task"]).with_user(self.user)
        return Form(tasks, view="project.view_task_form2")
