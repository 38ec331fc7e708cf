from odoo import fields, models


class CrmTaskReminderLog(models.Model):
    """Reasons that answers give."""

    _inherit = "crm.task.reminder.log"

    reason = fields.Selection(
        selection_add=[
            ("confirmed", "The customer has confirmed"),
            ("declined", "The customer can't come"),
            ("answered", "The customer has answered"),
            ("opted_out", "The customer wants no reminders of this appointment"),
        ],
    )
