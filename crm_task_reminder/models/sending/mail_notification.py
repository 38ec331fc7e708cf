from odoo import models


class MailNotification(models.Model):
    _inherit = "mail.notification"

    def write(self, vals):
        result = super().write(vals)
        # Odoo writes what it is told of by mail servers and gateways as superuser. The
        # recipients may write as well: they are not to say what was sent to them.
        if "notification_status" in vals and self.env.su:
            self.env["crm.task.reminder.hand.over"]._update_from_notifications(self)
        return result
