from odoo import api, models


class ProjectTask(models.Model):
    """That a task has started tells nothing of what is counted from elsewhere."""

    _inherit = "project.task"

    def _compute_reminder_overdue_count(self):
        result = super()._compute_reminder_overdue_count()
        for task in self.filtered("reminder_is_past"):
            task.reminder_is_past = not any(
                line._is_after() or line._is_about_end()
                for line in task._get_overdue_reminders()
            )
        return result

    @api.model
    def _get_reminder_overdue_paths(self):
        return [*super()._get_reminder_overdue_paths(), "date_deadline"]
