import smtplib
import time
from contextlib import contextmanager
from functools import partial

from odoo import api, models
from odoo.fields import Command
from odoo.tools import mail as mail_tools

from ....tools import email_address, smtp
from ....tools.errors import (
    PostponedError,
    ReminderError,
    TemporaryError,
    UnconfirmedError,
)
from ....tools.transaction import lock, retry

#: Type of the chatter's message. Odoo takes an answer to *auto_comment* for a public
#: one, as a customer's should be; that of the staff is a note for the sender alone.
MESSAGE_TYPES = {"customer": "auto_comment", "operator": "email_outgoing"}
#: Tells mail systems not to answer by themselves (RFC 3834, section 5).
HEADERS = {"Auto-Submitted": "auto-generated"}
#: Seconds after which a slow mail server gets no further mails of a portion. Odoo kills
#: a worker after two minutes; then nobody would know which of them were accepted.
PATIENCE = 30


class CrmTaskReminderChannelEmail(models.AbstractModel):
    _name = "crm.task.reminder.channel.email"
    _inherit = "crm.task.reminder.channel"
    _description = "Task Reminder by E-mail"

    _channel = "email"
    _portion = 20
    _template_field = "mail_template_id"
    _standard_templates = {
        "customer": "crm_task_reminder.mail_template_customer",
        "operator": "crm_task_reminder.mail_template_operator",
    }
    _icon = "fa-envelope-o"
    _preview_template = "crm_task_reminder.preview_email"
    _second_way_field = "reminder_email_second_way"
    _second_way_reasons = frozenset(
        {"no_email", "invalid_email", "no_account", "bounced", "spam", "refused"}
    )
    _notification_states = {
        "sent": "sent",
        "bounce": "failed",
        "exception": "failed",
        "canceled": "skipped",
    }
    _failure_reasons = {
        "mail_bounce": "bounced",
        "mail_spam": "spam",
        "mail_email_invalid": "invalid_email",
        "mail_email_missing": "no_email",
        "mail_from_invalid": "invalid_sender",
        "mail_from_missing": "invalid_sender",
        "mail_smtp": "mail_server",
        "mail_bl": "blacklisted",
    }

    @api.model
    def _check_set_up(self, company):
        server = company.reminder_mail_server_id
        if not server.active:
            raise ReminderError("no_account")

    @api.model
    def _get_addresses(self, recipient):
        if not recipient.email:
            raise ReminderError("no_email")
        addresses = mail_tools.email_normalize_all(recipient.email)
        addresses = [one for one in addresses if email_address.has_valid_domain(one)]
        if not addresses:
            raise ReminderError("invalid_email", recipient.email)
        return addresses

    @api.model
    def _get_blacklisted(self, addresses):
        entries = self.env["mail.blacklist"].search([("email", "in", addresses)])
        return set(entries.mapped("email"))

    @api.model
    def _prepare_message(self, company, delivery):
        content = delivery.content
        # where the template has none, the answers go to the task
        reply_to = {"reply_to": content["reply_to"]} if content["reply_to"] else {}
        return {
            "message_type": MESSAGE_TYPES[delivery.reminder.audience],
            "subject": content["subject"],
            "body": content["body"],
            "email_from": content["email_from"],
            **reply_to,
            "attachment_ids": self._attach(content),
            "mail_server_id": company.reminder_mail_server_id.id,
        }

    @api.model
    def _attach(self, content):
        """Return the commands that link a message to what its template has attached.

        :param dict content: as ``_render`` returns it for a task
        """
        return [Command.link(one) for one in content["attachments"].ids]

    @api.model
    def _create_outgoing(self, company, deliveries, messages):
        mails = messages.env["mail.mail"].create(
            [
                {
                    "mail_message_id": message.id,
                    "body_html": delivery.content["body_html"],
                    "reminder_text": delivery.content["text"],
                    "email_cc": email_address.join(delivery.content["cc"]),
                    "email_to": email_address.format_named(
                        delivery.recipient.name, delivery.address
                    ),
                    "references": message.message_id,
                    "headers": repr(HEADERS),
                    # The service deletes the mails of a portion together: one by one
                    # takes longer than to send them.
                    "auto_delete": False,
                    "is_task_reminder": True,
                }
                for delivery, message in zip(deliveries, messages, strict=True)
            ]
        )
        return [
            {
                **mail._get_notification_values()[0],
                # Linked only when the mail fails, see ``_note_reminder_failure``: Odoo
                # writes into linked receipts twice for each mail that it sends.
                "mail_mail_id": False,
                "res_partner_id": delivery.recipient.partner.id,
                "mail_email_address": delivery.address,
            }
            for delivery, mail in zip(deliveries, mails, strict=True)
        ]

    @api.model
    @contextmanager
    def _open_line(self):
        """Give the SMTP sessions of a run by account and sender; close them at last."""
        sessions = {}
        try:
            yield sessions
        finally:
            for session in sessions.values():
                session.close()

    @api.model
    def _send(self, rows, line):
        row_by_mail = {row.message_id.mail_ids: row for row in rows}
        deadline = time.monotonic() + PATIENCE
        batches, postponed = retry(self.env, partial(self._prepare_sending, rows))
        for mail in postponed:
            yield row_by_mail[mail], PostponedError(mail.scheduled_date)
        for account, alias_domain_id, smtp_from, mails in batches:
            for mail in mails:
                if time.monotonic() > deadline:
                    raise TemporaryError("mail_server", self.env._("it takes too long"))
                session = self._get_session(line, account, smtp_from)
                row = row_by_mail[mail]
                try:
                    yield row, self._send_one(mail, session, alias_domain_id)
                except smtplib.SMTPServerDisconnected as error:
                    if session.has_content_left:
                        yield row, UnconfirmedError("no_answer", str(error))
                    # The next mails are tried later: now each could end in doubt, too,
                    # or wait for a time-out.
                    raise TemporaryError("mail_server", str(error)) from error

    @api.model
    def _prepare_sending(self, rows):
        """Lock and write what others may write as well, before any mail leaves.

        A conflict while mails are sent would roll back what is known of those that were
        accepted. A bounce, a deleted task or another mail of the operator may cause it.

        :return tuple[list[tuple], mail.mail]: account, id of the alias domain, sender,
            mails; and the mails that have to wait
        :raise TemporaryError: the company has no account
        """
        mails = self._get_outgoing(rows)
        for records in (mails, rows.notification_id, rows):
            lock(records)
        mails._use_reminder_account(rows.company_id.reminder_mail_server_id)
        mails._drop_blacklisted_copies()
        # read for all mails by one query: Odoo would read them mail by mail
        mails.fetch(["recipient_ids"])
        mails.mail_message_id.fetch(["attachment_ids"])
        batches, postponed = [], mails.browse()
        for account_id, *sender, ids in mails._split_by_mail_configuration():
            account = self.env["ir.mail_server"].browse(account_id)
            allowed, rest = mails.browse(ids)._throttle_reminders(account)
            batches.append((account, *sender, allowed))
            postponed += rest
        return batches, postponed

    @api.model
    def _get_session(self, sessions, account, smtp_from):
        """Return a session with the mail server, a new one if there is none.

        :raise TemporaryError: no connection could be made
        """
        if (account.id, smtp_from) not in sessions:
            session = account._open_reminder_session(smtp_from)
            sessions[account.id, smtp_from] = session
        return sessions[account.id, smtp_from]

    @api.model
    def _send_one(self, mail, session, alias_domain_id):
        """Send one mail.

        :return ReminderError | None: why it was not accepted
        :raise smtplib.SMTPServerDisconnected: the connection broke
        """
        session.reset()
        mail._send(
            smtp_session=session.session,
            alias_domain_id=alias_domain_id,
            mail_server=mail.mail_server_id,
        )
        if mail.state == "exception":
            mail._note_reminder_failure()
        if session.has_copy_left:
            mail.email_cc = False  # a further attempt is not for who got the copy
        return smtp.read_fault(session)

    @api.model
    def _note_sent(self, rows):
        sent = self._get_outgoing(rows).filtered(lambda mail: mail.state == "sent")
        sent.mail_message_id.notification_ids.write(
            {
                "notification_status": "sent",
                "failure_type": False,
                "failure_reason": False,
            }
        )
        sent.unlink()

    @api.model
    def _get_outgoing(self, rows):
        return rows.message_id.mail_ids

    @api.model
    def _filter_outgoing(self, rows):
        return rows.filtered("message_id.mail_ids")

    @api.model
    def _reset(self, rows):
        # sudo: mails are the administrators'; the caller has checked the rights
        self._get_outgoing(rows).sudo().write(
            {"state": "outgoing", "failure_type": False, "failure_reason": False}
        )

    @api.model
    def _withdraw(self, rows):
        self._get_outgoing(rows).cancel()

    @api.model
    def _send_test(self, company, recipient, address, content):
        author = company.reminder_user_id.partner_id
        mail = self.env["mail.mail"].create(
            {
                "subject": self.env._("[Test] %s", content["subject"]),
                "body_html": content["body_html"],
                "attachment_ids": self._attach(content),
                "reminder_text": content["text"],
                "author_id": author.id,
                "email_from": content["email_from"],
                "reply_to": content["reply_to"] or content["email_from"],
                "email_to": email_address.format_named(recipient.name, address),
                "mail_server_id": company.reminder_mail_server_id.id,
                "headers": repr(HEADERS),
            }
        )
        mail.send()
        if mail.state != "sent":
            raise ReminderError("mail_server", mail.failure_reason)
        mail.unlink()
