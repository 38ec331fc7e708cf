from odoo import models

from ....tools import smtp


class IrMailServer(models.Model):
    _inherit = "ir.mail_server"

    def _connect_for_reminders(self, smtp_from):
        """Return a session with the mail server, within seconds if it does not answer.

        :param str smtp_from: the sender's address
        :raise OSError, smtplib.SMTPException, UnicodeError, UserError: none can be had
        """
        self.ensure_one()
        if self.smtp_authentication != "cli":
            is_plain = self.smtp_encryption not in ("ssl", "ssl_strict")
            smtp.probe(self.smtp_host, self.smtp_port, greets=is_plain)
        return self._connect__(mail_server_id=self.id, smtp_from=smtp_from)
