from odoo import models


class MailMail(models.Model):
    _inherit = "mail.mail"

    def _prepare_outgoing_list(self, *args, **kwargs):
        outgoing = super()._prepare_outgoing_list(*args, **kwargs)
        for values in outgoing:
            values["headers"]["X-Listed"] = "yes"
        return outgoing

    def _send(self, *args, **kwargs):
        self.subject = f"{self.subject} (sent)"
        return super()._send(*args, **kwargs)
