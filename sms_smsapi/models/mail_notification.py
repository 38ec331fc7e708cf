from odoo import fields, models


class MailNotification(models.Model):
    _inherit = "mail.notification"

    failure_type = fields.Selection(
        selection_add=[("smsapi_unconfirmed", "Not known whether it was sent")]
    )
