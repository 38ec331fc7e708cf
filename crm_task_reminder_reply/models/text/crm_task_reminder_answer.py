from odoo import fields, models


class CrmTaskReminderAnswer(models.Model):
    """An answer that a customer has written as an SMS."""

    _inherit = "crm.task.reminder.answer"

    way = fields.Selection(
        selection_add=[("sms", "By SMS")], ondelete={"sms": "cascade"}
    )
