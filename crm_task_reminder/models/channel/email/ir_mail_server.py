from smtplib import SMTPException

from odoo import api, fields, models
from odoo.exceptions import UserError

from ....tools import address_header, smtp, turn
from ....tools.errors import TemporaryError
from ....tools.subject import Subject


class IrMailServer(models.Model):
    _inherit = "ir.mail_server"

    reminder_sessions = fields.Integer(
        string="Sessions for Reminders",
        default=4,
        help="So many connections at most are used side by side for reminders: a mail "
        "server that is far away takes more mails in a minute by several. A personal "
        "account has one.",
    )

    @api.model
    def _alter_message__(self, message, smtp_from, smtp_to_list):  # noqa: PLW3201
        """Keep the names in the headers of reminders, of tests and of copies."""
        result = super()._alter_message__(message, smtp_from, smtp_to_list)
        if isinstance(message["Subject"], Subject):  # so it is one of them
            address_header.keep(message)
        return result

    def _get_reminder_width(self):
        """Return how many sessions may be open side by side."""
        self.ensure_one()
        return 1 if self.owner_user_id else max(self.reminder_sessions, 1)

    def _open_reminder_session(self, smtp_from, marks):
        """Return a session with the mail server.

        :param str smtp_from: the sender's address
        :param Marks marks: by which each mail is marked
        :return smtp.SmtpSession:
        :raise TemporaryError: no connection could be made
        """
        self.ensure_one()
        try:
            session = self._connect_for_reminders(smtp_from)
            return smtp.SmtpSession(session, marks)
        except (OSError, UnicodeError, SMTPException, UserError) as error:
            raise TemporaryError("mail_server", smtp.describe(error)) from error

    def _connect_for_reminders(self, smtp_from):
        """Connect, but find out within seconds when the mail server does not answer."""
        if self.smtp_authentication != "cli":
            is_plain = self.smtp_encryption not in ("ssl", "ssl_strict")
            # the server's greeting is waited for here, and once more by Odoo below
            patience = turn.get_time_left() / 2
            smtp.probe(
                self.smtp_host, self.smtp_port, greets=is_plain, patience=patience
            )
        return self._connect__(mail_server_id=self.id, smtp_from=smtp_from)
