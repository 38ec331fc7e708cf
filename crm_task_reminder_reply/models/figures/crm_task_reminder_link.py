from odoo import api, fields, models


class CrmTaskReminderLink(models.Model):
    """What became of the start that a message told."""

    _inherit = "crm.task.reminder.link"

    is_moved = fields.Boolean(compute="_compute_is_moved", store=True)
    is_missed = fields.Boolean(help="The customer was not there at this start.")

    @api.depends("start", "asks_for_answer", "task_id.planned_date_begin")
    def _compute_is_moved(self):
        for link in self:
            # a message that asks nothing may be about the deadline
            start = link.asks_for_answer and link.task_id.planned_date_begin
            link.is_moved = start and start != link.start
