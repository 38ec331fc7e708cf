from odoo import api, models

from ....tools.errors import ReminderError


class CrmTaskReminderDecision(models.AbstractModel):
    """What is repeated is put off by quiet hours, if these end before its date."""

    _inherit = "crm.task.reminder.decision"

    @api.model
    def _plan_one(self, delivery, hours, now):
        error = super()._plan_one(delivery, hours, now)
        reminder = delivery.reminder
        limit = reminder._get_turn() and reminder._get_hour_limit()
        is_too_late = limit and delivery.leave_at and delivery.leave_at >= limit
        return ReminderError("quiet") if is_too_late else error
