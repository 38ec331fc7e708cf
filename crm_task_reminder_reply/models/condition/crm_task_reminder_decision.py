from odoo import api, models


class CrmTaskReminderDecision(models.AbstractModel):
    """Who has answered is not asked again, unless the line says so."""

    _inherit = "crm.task.reminder.decision"

    @api.model
    def _find_reason(self, reminder, now):
        return super()._find_reason(reminder, now) or reminder._find_answer_reason()
