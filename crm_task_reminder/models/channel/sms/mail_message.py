from odoo import models

#: Context key: the service sends the messages. Nobody waits at a screen for them.
BY_SERVICE = "crm_task_reminder_by_service"


class MailMessage(models.Model):
    """What the screens are told of SMS that the service hands over."""

    _inherit = "mail.message"

    def _notify_message_notification_update(self):
        """Tell the sender's web client of failed SMS only.

        Half of the time that handing over an SMS takes would go into telling it of each
        one that was sent.
        """
        messages = self
        if self.env.context.get(BY_SERVICE):
            messages = self.filtered("has_error")
        return super(MailMessage, messages)._notify_message_notification_update()
