from odoo import fields, models


class MailNotification(models.Model):
    """Receipts, which Odoo lets everybody read who works here."""

    _inherit = "mail.notification"

    # an SMS is called by the number that it goes to; SMS are for administrators alone
    sms_id = fields.Many2one(groups="base.group_system")
