from odoo import fields, models
from odoo.addons.crm_task_reminder.tools import email_address


class MailMail(models.Model):
    """The copies of an e-mail that has its customer's links."""

    _inherit = "mail.mail"

    reminder_copy = fields.Json(
        groups=fields.NO_ACCESS,
        help="The letter without the customer's links, and the addresses that get it.",
    )

    def _queue_reminder_copies(self):
        """Hand the copies over to Odoo's queue of e-mails; not to the blacklist."""
        addresses = [one for mail in self for one in mail.reminder_copy["cc"]]
        channel = self.env["crm.task.reminder.channel.email"]
        blacklisted = channel._get_blacklisted(addresses) if addresses else set()
        values = [
            mail._prepare_reminder_copy(wanted)
            for mail in self
            if (wanted := [a for a in mail.reminder_copy["cc"] if a not in blacklisted])
        ]
        if values:
            self.create(values)
            # the queue's own time may be an hour away
            self.env.ref("mail.ir_cron_mail_scheduler_action")._trigger()

    def _prepare_reminder_copy(self, addresses):
        """Return the values of a mail to those who get a copy, as it looks to them.

        :param list[str] addresses:
        :return dict:
        """
        message = self.mail_message_id
        channel = self.env["crm.task.reminder.channel.email"]
        # Odoo writes it as the recipient, and sends the mail to the others alone
        headers = channel._format_headers(**{"X-Forge-To": self.email_to})
        return {
            "subject": message.subject,
            "body_html": self.reminder_copy["body_html"],
            "reminder_text": self.reminder_copy["text"],
            "email_from": message.email_from,
            "reply_to": message.reply_to,
            "email_cc": email_address.join(addresses),
            "references": message.message_id,
            "headers": headers,
            "attachment_ids": [(4, one.id) for one in message.attachment_ids],
            "mail_server_id": self.mail_server_id.id,
            "auto_delete": True,
        }
