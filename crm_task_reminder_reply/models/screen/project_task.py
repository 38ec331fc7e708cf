from odoo import models


class ProjectTask(models.Model):
    """What a person reads of news that waits to be told."""

    _inherit = "project.task"

    def _name_reminder_listeners(self, notice):
        """Name nobody who wants no reminders of the task, or needs none."""
        if all(line._find_answer_reason() for line in notice._get_lines()):
            return self.env._("nobody")
        return super()._name_reminder_listeners(notice)
