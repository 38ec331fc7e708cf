from odoo import api, models

from .project_task import MANY


class ProjectTaskRecurrence(models.Model):
    _inherit = "project.task.recurrence"

    @api.model
    def _create_next_occurrences(self, occurrences_from):
        """Have a person asked about the next date of a series: nobody has set it."""
        series = self.with_context(**{MANY: True})
        return super(ProjectTaskRecurrence, series)._create_next_occurrences(
            occurrences_from
        )
