from odoo import api, fields, models
from odoo.tools.mail import email_normalize_all

from ....tools import email_address
from ....tools.email_address import decode_domain
from ....tools.errors import TemporaryError
from ....tools.subject import Subject

#: State of a mail that waits for the reminders' service.
WAITING = "reminder"


class MailMail(models.Model):
    _inherit = "mail.mail"

    # Odoo's queue does not know this one: were the addon not there one day, it would
    # send all that is *outgoing*, also what has been sent already.
    state = fields.Selection(
        selection_add=[(WAITING, "Waits for the reminders' service")],
        ondelete={WAITING: "set cancel"},
    )
    is_task_reminder = fields.Boolean(
        help="The reminders' service sends it, not the queue of e-mails.",
    )
    reminder_text = fields.Text(
        help="The letter of a reminder as plain text, without its layout.",
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
        """Cancel the receipts of reminders as well; the log follows them."""
        # sudo: only what the superuser writes into a receipt gets into the log
        notifications = self.filtered("is_task_reminder").sudo().notification_ids
        notifications.write({"notification_status": "canceled"})
        return super().cancel()

    def mark_outgoing(self):
        """Leave a failed reminder that a person sends again to Odoo's queue."""
        self.is_task_reminder = False
        return super().mark_outgoing()

    def _prepare_outgoing_list(self, mail_server=False, doc_to_followers=None):
        """Send the letter itself as the text part, not its layout turned into text.

        Unless an attachment has become a link in the HTML: Odoo's text has that, too.
        """
        outgoing = super()._prepare_outgoing_list(
            mail_server=mail_server, doc_to_followers=doc_to_followers
        )
        if self.reminder_text:
            for values in outgoing:
                values["subject"] = Subject(" ".join((values["subject"] or "").split()))
                if len(values["attachments"]) == len(self.attachment_ids):
                    values["body_alternative"] = self.reminder_text
        return outgoing

    def _drop_blacklisted_reminder_copies(self):
        """Leave out copies to who came onto the blacklist since the mail was made."""
        channel = self.env["crm.task.reminder.channel.email"]
        copies = {
            mail: list(map(decode_domain, email_normalize_all(mail.email_cc)))
            for mail in self.filtered("email_cc")
        }
        addresses = [one for found in copies.values() for one in found]
        blacklisted = channel._get_blacklisted(addresses) if addresses else set()
        for mail, found in copies.items():
            if blacklisted.intersection(found):
                kept = [one for one in found if one not in blacklisted]
                mail.email_cc = email_address.join(kept)

    def _use_reminder_account(self, account):
        """Let the mails leave through the account that their company has now.

        It may have got another account since the mails were made, for example because
        the former one was out of order.

        :param ir.mail_server account:
        :raise TemporaryError: it has none
        """
        if not account.active:
            raise TemporaryError("no_account")
        self.state = "outgoing"  # until the end of the transaction: they leave in it
        for mail in self.filtered(lambda mail: mail.mail_server_id != account):
            if mail._filter_mail_mail_servers(account):
                mail.mail_server_id = account

    def _throttle_reminders(self, account):
        """Split mails into those that may leave now and those that may not yet.

        Odoo limits how many mails leave through a personal account in a minute.

        :param ir.mail_server account:
        :return tuple[mail.mail, mail.mail]:
        """
        if not account.owner_user_id:
            return self, self.browse()
        allowed = self._split_by_delayed_batch(account)
        return allowed, self - allowed

    def _note_reminder_failure(self):
        """Write into the receipt of a mail what Odoo has found to be wrong with it."""
        self.ensure_one()
        self.mail_message_id.notification_ids.write(
            {
                "mail_mail_id": self.id,
                "notification_status": "exception",
                "failure_type": self.failure_type,
                "failure_reason": self.failure_reason,
            }
        )

    def _fail_reminder(self, error):
        """Note that the mail server has not accepted a mail.

        :param ReminderError error: what it said
        """
        self.write(
            {
                "state": "exception",
                "failure_type": "unknown",
                "failure_reason": error.detail,
            }
        )
        self._note_reminder_failure()
