from odoo import api, models


class CrmTaskReminderLimit(models.AbstractModel):
    """The hour of the morning plan is the company's choice: no quiet hour holds it."""

    _inherit = "crm.task.reminder.limit"

    @api.model
    def _hold_for_hours(self, rows):
        plans = rows.filtered("plan_day")
        return plans + super()._hold_for_hours(rows - plans)
