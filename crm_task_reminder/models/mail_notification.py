from odoo import models


class MailNotification(models.Model):
    _inherit = "mail.notification"

    def write(self, vals):
        result = super().write(vals)
        if "notification_status" in vals:
            # sudo: whoever changes a notification need not have access to the log
            log = self.env["crm.task.reminder.log"].sudo()
            log._update_from_notifications(self)
        return result
