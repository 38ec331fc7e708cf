from contextlib import closing, contextmanager
from functools import partial
from itertools import repeat

from odoo import api, models
from odoo.tools import email_normalize

from .....tools import smtp
from .....tools.errors import PostponedError, TemporaryError
from .....tools.smtp_line import SessionPool, SmtpLine
from .....tools.transaction import lock, retry
from .mail_notification import NOT_LINKED

#: Context key: the sessions that other companies of this turn have left open.
SESSIONS = "crm_task_reminder_sessions"
#: Where Odoo's own way of handing mails over is.
BASE = "odoo.addons.base."


class CrmTaskReminderChannelEmail(models.AbstractModel):
    """How e-mails leave: made by Odoo, sent by sessions that mark each of them."""

    _inherit = "crm.task.reminder.channel.email"

    @api.model
    @contextmanager
    def _share_lines(self):
        """Let companies with one account and one sender's address use one session."""
        with closing(SessionPool()) as pool, super()._share_lines() as shared:
            yield {**shared, SESSIONS: pool}

    @api.model
    @contextmanager
    def _open_line(self, marks):
        """Give the SMTP sessions of a run; close them at last."""
        line = SmtpLine(marks, self.env.context.get(SESSIONS))
        try:
            yield line
        finally:
            line.close()

    @api.model
    def _iterate_portions(self, company):
        # each mail is marked: no more than one is in doubt when nobody answers
        return repeat(self._portion)

    @api.model
    def _send(self, rows, line):
        settings, postponed = retry(self.env, partial(self._prepare_sending, rows))
        row_by_id = {row.id: row for row in rows}
        try:
            for told in self._send_prepared(rows, line, settings, postponed):
                if isinstance(told, smtp.Parcel):
                    row = row_by_id[told.row_id]
                    yield row, self._read(row.message_id.mail_ids, told)
                else:
                    yield told
        finally:
            line.settle()
        if line.trouble:
            raise TemporaryError("mail_server", line.trouble)

    @api.model
    def _send_prepared(self, rows, line, settings, postponed):
        """Send mails, as many sessions side by side as their account may have.

        :yield tuple | Parcel: as ``_send``, or a mail that was transmitted
        """
        width = 1
        for row in rows:
            mail = row.message_id.mail_ids
            if mail in postponed:
                yield row, PostponedError(mail.scheduled_date)
            elif mail in settings:
                if line.trouble or not line.has_time():
                    break
                account, *sender = settings[mail]
                width = account._get_reminder_width()
                parcels = self._pack(row, mail, line, account, *sender)
                if not parcels:
                    yield row, None
                for parcel in parcels:
                    yield from line.carry(parcel, width)
        yield from line.drain(width)

    @api.model
    def _read(self, mail, parcel):
        """Note what became of a mail.

        :return ReminderError | None: why it was not accepted
        """
        error = parcel.read_error()
        if parcel.has_copy_left:
            mail.email_cc = False  # a further attempt is not for who got the copy
        if error:
            mail._fail_reminder(error)
        return error

    @api.model
    def _prepare_sending(self, rows):
        """Lock and write what others may write as well, before any mail leaves.

        A conflict while mails are sent would roll back what is known of those that were
        accepted. A bounce, a deleted task or another mail of the sender may cause it.

        :return tuple[dict, mail.mail]: mail → account, id of the alias domain, sender;
            and the mails that have to wait
        :raise TemporaryError: the company has no account
        """
        mails = self._get_outgoing(rows)
        for records in (mails, rows.notification_id, rows):
            lock(records)
        mails._use_reminder_account(rows.company_id.reminder_mail_server_id)
        mails._drop_blacklisted_reminder_copies()
        # read for all mails by one query: Odoo would read them mail by mail
        mails.fetch(["recipient_ids"])
        mails.mail_message_id.fetch(["attachment_ids"])
        settings, postponed = {}, mails.browse()
        for account_id, *sender, ids in mails._split_by_mail_configuration():
            account = self.env["ir.mail_server"].browse(account_id)
            allowed, rest = mails.browse(ids)._throttle_reminders(account)
            settings |= dict.fromkeys(allowed, (account, *sender))
            postponed += rest
        return settings, postponed

    @api.model
    def _pack(self, row, mail, line, account, alias_domain_id, smtp_from):
        """Have Odoo make a mail, and keep it from sending it.

        :param crm.task.reminder.log row:
        :param smtp_line.SmtpLine line:
        :return list[Parcel]: none where Odoo's receipts tell what became of it
        :raise TemporaryError: no connection could be made
        """
        key = account.id, email_normalize(smtp_from or "")
        connect = partial(account._open_reminder_session, smtp_from, line.marks)
        catcher = smtp.Catcher(line.get_session(key, connect), row.id, smtp_from)
        if has_own_way := self._has_own_way():
            line.marks.begin(row.id)
        mail.with_context(**{NOT_LINKED: True})._send(
            smtp_session=catcher,
            alias_domain_id=alias_domain_id,
            mail_server=mail.mail_server_id,
        )
        if mail.state == "exception":
            mail._note_reminder_failure()
        elif has_own_way and not catcher.parcels:
            line.marks.end({row.id: (None, "")})
        for parcel in catcher.parcels:
            parcel.key, parcel.connect = key, connect
        return catcher.parcels

    @api.model
    def _has_own_way(self):
        """Tell whether an addon has a way of its own to hand mails over.

        Such a mail leaves while Odoo prepares it.
        """
        servers = type(self.env["ir.mail_server"]).mro()
        return any(
            "send_email" in vars(part) and not part.__module__.startswith(BASE)
            for part in servers
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
        self._remove_accepted(sent)

    @api.model
    def _note_accepted(self, rows):
        result = super()._note_accepted(rows)
        self._remove_accepted(self._get_outgoing(rows))
        return result

    @api.model
    def _remove_accepted(self, mails):
        """Delete mails that the mail server has accepted.

        :param mail.mail mails:
        """
        mails.unlink()
