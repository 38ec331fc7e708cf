from odoo import api, fields, models


class MailMail(models.Model):
    _inherit = "mail.mail"

    is_task_reminder = fields.Boolean(
        help="The reminders' service sends it, not the queue of e-mails.",
    )

    @api.model
    def process_email_queue(self, email_ids=(), batch_size=1000):
        """Leave the reminders' mails to their service: the queue may send one twice."""
        filters = [
            *self.env.context.get("filters", []),
            ("is_task_reminder", "=", False),
        ]
        queue = super(MailMail, self.with_context(filters=filters))
        return queue.process_email_queue(email_ids=email_ids, batch_size=batch_size)

    def cancel(self):
        """Tell the receipts of reminders, from which the log knows."""
        # sudo: the log takes no word from anybody else, see ``mail.notification``
        notifications = self.filtered("is_task_reminder").sudo().notification_ids
        notifications.write({"notification_status": "canceled"})
        return super().cancel()

    def mark_outgoing(self):
        """Give a failed reminder that a person sends again to the queue of e-mails."""
        self.is_task_reminder = False
        return super().mark_outgoing()
