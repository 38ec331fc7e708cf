from odoo import fields, models

#: How an answer was given that came as an SMS.
BY_SMS = "sms"


class CrmTaskReminderAnswer(models.Model):
    """An answer that a customer has written as an SMS."""

    _inherit = "crm.task.reminder.answer"

    way = fields.Selection(
        selection_add=[(BY_SMS, "By SMS")], ondelete={BY_SMS: "cascade"}
    )
