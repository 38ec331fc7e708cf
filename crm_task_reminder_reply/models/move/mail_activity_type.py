from odoo import fields, models


class MailActivityType(models.Model):
    """Activities that have a button to move the task's start."""

    _inherit = "mail.activity.type"

    category = fields.Selection(
        selection_add=[("reminder_answer", "Customer's answer")]
    )
