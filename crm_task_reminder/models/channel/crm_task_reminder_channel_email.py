import smtplib
import time
from contextlib import contextmanager
from functools import partial

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import mail as mail_tools

from ...tools import smtp
from ...tools.errors import ReminderError, TemporaryError
from ...tools.transaction import lock, retry

DEFAULT_LAYOUT = "mail.mail_notification_light"
#: Tells mail systems not to answer by themselves (RFC 3834, section 5).
HEADERS = {"Auto-Submitted": "auto-generated"}
#: Seconds after which a slow mail server gets no further mails of a portion. Odoo ends
#: a worker after two minutes, which would leave all of them in doubt.
PATIENCE = 30


class CrmTaskReminderChannelEmail(models.AbstractModel):
    _name = "crm.task.reminder.channel.email"
    _inherit = "crm.task.reminder.channel"
    _description = "Task Reminder by E-mail"

    _channel = "email"
    _portion = 20

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
        addresses = [one for one in addresses if self._has_valid_domain(one)]
        if not addresses:
            raise ReminderError("invalid_email", recipient.email)
        return addresses

    @api.model
    def _has_valid_domain(self, address):
        """Tell whether no letter has come in that the internet's names don't have."""
        try:
            self._format_in_ascii(address)
        except UnicodeError:
            return False
        return True

    @api.model
    def _get_blacklisted(self, addresses):
        entries = self.env["mail.blacklist"].search([("email", "in", addresses)])
        return set(entries.mapped("email"))

    @api.model
    def _render(self, template, tasks):
        subjects = template._render_field("subject", tasks.ids)
        bodies = template._render_field("body_html", tasks.ids)
        layout = template.email_layout_xmlid or DEFAULT_LAYOUT
        attachments = template.attachment_ids
        return {
            task.id: {
                "subject": " ".join(subjects[task.id].split()),
                "body": bodies[task.id],
                "body_html": template._render_encapsulate(
                    layout, bodies[task.id], context_record=task
                ),
                "attachments": attachments,
            }
            for task in tasks
        }

    @api.model
    def _prepare_message(self, company, delivery):
        return {
            "message_type": "auto_comment",
            "subject": delivery.content["subject"],
            "body": delivery.content["body"],
            "attachment_ids": self._attach(delivery.content),
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
                    "email_to": self._format_address(
                        delivery.recipient, delivery.address
                    ),
                    "references": message.message_id,
                    "headers": repr(HEADERS),
                    # The service deletes those of a portion together: one by one costs
                    # more than sending them.
                    "auto_delete": False,
                    "is_task_reminder": True,
                }
                for delivery, message in zip(deliveries, messages, strict=True)
            ]
        )
        return [
            {
                **mail._get_notification_values()[0],
                # Only where it fails: else Odoo writes two receipts for each mail.
                "mail_mail_id": False,
                "res_partner_id": delivery.recipient.partner.id,
                "mail_email_address": delivery.address,
            }
            for delivery, mail in zip(deliveries, mails, strict=True)
        ]

    @api.model
    def _format_address(self, recipient, address):
        """Return a recipient's address with the name, fit for a header.

        The name in one line, or customers could write headers of their own by their
        name; the domain in ASCII, else Odoo takes it for no valid one.
        """
        name = " ".join((recipient.name or "").split())
        return mail_tools.formataddr((name, self._format_in_ascii(address)))

    @api.model
    def _format_in_ascii(self, address):
        """Return an address with its domain as mail servers look for it.

        :raise UnicodeError: there can't be such a domain
        """
        return mail_tools.formataddr(("", address), "ascii")

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
        for account, alias_domain_id, smtp_from, mails in retry(
            self.env, partial(self._prepare_sending, rows, row_by_mail)
        ):
            for mail in mails:
                if time.monotonic() > deadline:
                    raise TemporaryError("mail_server", self.env._("It takes too long"))
                session = self._get_session(line, account, smtp_from)
                self._send_one(row_by_mail[mail], mail, session, alias_domain_id)

    @api.model
    def _prepare_sending(self, rows, row_by_mail):
        """Do all that may meet with a conflict while nothing has been sent yet.

        Later a conflict would leave all mails in doubt, also those that were accepted:
        a bounce that comes in, a task that is deleted, another mail of the operator.

        :return list[tuple]: account, id of the alias domain, sender, mails
        :raise TemporaryError: the company has no account
        """
        mails = self._get_outgoing(rows)
        for records in (mails, rows.notification_id, rows):
            lock(records)
        self._use_account(mails, rows.company_id.reminder_mail_server_id)
        # read for all at once: Odoo goes through them one by one
        mails.fetch(["recipient_ids"])
        mails.mail_message_id.fetch(["attachment_ids"])
        batches = []
        for account_id, *sender, ids in mails._split_by_mail_configuration():
            account = self.env["ir.mail_server"].browse(account_id)
            allowed = self._throttle(mails.browse(ids), account, row_by_mail)
            batches.append((account, *sender, allowed))
        return batches

    @api.model
    def _use_account(self, mails, account):
        """Let the mails leave through the account that their company has now.

        It may have another one than when they were made, as that was out of order.

        :raise TemporaryError: it has none
        """
        if not account.active:
            raise TemporaryError("no_account")
        for mail in mails.filtered(lambda mail: mail.mail_server_id != account):
            if mail._filter_mail_mail_servers(account):
                mail.mail_server_id = account

    @api.model
    def _throttle(self, mails, account, row_by_mail):
        """Return the mails that may leave now, put those off that may not.

        Odoo limits how many mails leave through a personal account in a minute.
        """
        if not account.owner_user_id:
            return mails
        allowed = mails._split_by_delayed_batch(account)
        for mail in mails - allowed:
            row_by_mail[mail]._set_state("queued")
            row_by_mail[mail].next_attempt_at = mail.scheduled_date
        return allowed

    @api.model
    def _get_session(self, sessions, account, smtp_from):
        """Return a session with the mail server, a new one if there is none.

        :raise TemporaryError: no connection could be made
        """
        if (account.id, smtp_from) not in sessions:
            try:
                connection = self._connect(account, smtp_from)
            except (OSError, UnicodeError, smtplib.SMTPException, UserError) as error:
                raise TemporaryError("mail_server", smtp.describe(error)) from error
            sessions[account.id, smtp_from] = smtp.SmtpWatch(connection)
        return sessions[account.id, smtp_from]

    @api.model
    def _connect(self, account, smtp_from):
        if account.smtp_authentication != "cli":
            is_plain = account.smtp_encryption not in ("ssl", "ssl_strict")
            smtp.probe(account.smtp_host, account.smtp_port, greets=is_plain)
        return account._connect__(mail_server_id=account.id, smtp_from=smtp_from)

    @api.model
    def _send_one(self, row, mail, session, alias_domain_id):
        """Send one mail and note what its receipt does not say.

        :raise TemporaryError: the connection broke; the next mails are better tried
            later than lost in doubt, or in time-outs, one after the other
        """
        session.reset()
        try:
            mail._send(
                smtp_session=session.session,
                alias_domain_id=alias_domain_id,
                mail_server=mail.mail_server_id,
            )
        except smtplib.SMTPServerDisconnected as error:
            if session.has_content_left:
                row._close("unconfirmed", "no_answer", str(error))
            raise TemporaryError("mail_server", str(error)) from error
        if mail.state == "exception":
            self._note_failure(row, mail)
        if session.fault:
            self._note_fault(row, session)

    @api.model
    def _note_fault(self, row, session):
        detail = smtp.describe(session.fault)
        if smtp.is_temporary(session.fault):
            row._put_off("mail_server", detail)
        elif session.has_content_left and not smtp.is_permanent(session.fault):
            row._close("unconfirmed", "no_answer", detail)
        else:
            row._set_state("failed", "refused", detail)

    @api.model
    def _note_failure(self, row, mail):
        row.notification_id.write(
            {
                "mail_mail_id": mail.id,
                "notification_status": "exception",
                "failure_type": mail.failure_type,
                "failure_reason": mail.failure_reason,
            }
        )

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
                "author_id": author.id,
                "email_from": author.email_formatted,
                "email_to": self._format_address(recipient, address),
                "mail_server_id": company.reminder_mail_server_id.id,
                "headers": repr(HEADERS),
            }
        )
        mail.send()
        if mail.state != "sent":
            raise ReminderError("mail_server", mail.failure_reason)
        mail.unlink()
