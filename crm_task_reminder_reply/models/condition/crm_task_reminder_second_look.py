from odoo import api, models


class CrmTaskReminderSecondLook(models.AbstractModel):
    """An answer makes a message old at once."""

    _inherit = "crm.task.reminder.second.look"

    @api.model
    def _is_fresh(self, row):
        return super()._is_fresh(row) and not (
            row.operation == "customer"
            and row.task_id._has_reminder_reply_since(row.create_date)
        )
