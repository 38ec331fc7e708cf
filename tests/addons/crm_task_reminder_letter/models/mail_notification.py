from odoo import fields, models


class MailNotification(models.Model):
    _inherit = "mail.notification"

    notification_type = fields.Selection(
        selection_add=[("letter", "Letter")], ondelete={"letter": "cascade"}
    )
    failure_type = fields.Selection(selection_add=[("letter_returned", "Returned")])
