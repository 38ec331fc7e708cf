from odoo import api, fields, models


class CrmTaskReminderLink(models.Model):
    """Whether the appointment of a message still has the start that it told."""

    _inherit = "crm.task.reminder.link"

    is_moved = fields.Boolean(compute="_compute_is_moved", store=True)

    @api.depends("start", "task_id.planned_date_begin")
    def _compute_is_moved(self):
        for link in self:
            # without one, the message was about the deadline
            start = link.task_id.planned_date_begin
            link.is_moved = start and start != link.start
