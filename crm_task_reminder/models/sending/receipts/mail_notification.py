from odoo import models


class MailNotification(models.Model):
    _inherit = "mail.notification"

    def write(self, vals):
        result = super().write(vals)
        # Odoo writes what mail servers and gateways report as superuser. Recipients may
        # write their notifications, too; that is not to change the log.
        if "notification_status" in vals and self.env.su:
            self.env["crm.task.reminder.hand.over"]._update_from_notifications(self)
        return result
