from odoo import api, models


class ProjectTask(models.Model):
    """What a person reads of news that waits to be told."""

    _inherit = "project.task"

    @api.model
    def _list_reminder_telling_lines(self, notice):
        """Leave out what the customer's answer, or wish, keeps from being sent."""
        lines = super()._list_reminder_telling_lines(notice)
        return lines.filtered(lambda line: not line._find_answer_reason())
