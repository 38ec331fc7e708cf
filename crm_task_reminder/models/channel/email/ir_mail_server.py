from smtplib import SMTPException

from odoo import models
from odoo.exceptions import UserError

from ....tools import smtp
from ....tools.errors import TemporaryError


class IrMailServer(models.Model):
    _inherit = "ir.mail_server"

    def _open_reminder_session(self, smtp_from):
        """Return a session with the mail server.

        :param str smtp_from: the sender's address
        :return smtp.SmtpWatch:
        :raise TemporaryError: no connection could be made
        """
        self.ensure_one()
        try:
            return smtp.SmtpWatch(self._connect_for_reminders(smtp_from))
        except (OSError, UnicodeError, SMTPException, UserError) as error:
            raise TemporaryError("mail_server", smtp.describe(error)) from error

    def _connect_for_reminders(self, smtp_from):
        """Connect, but find out within seconds when the mail server does not answer."""
        if self.smtp_authentication != "cli":
            is_plain = self.smtp_encryption not in ("ssl", "ssl_strict")
            smtp.probe(self.smtp_host, self.smtp_port, greets=is_plain)
        return self._connect__(mail_server_id=self.id, smtp_from=smtp_from)
