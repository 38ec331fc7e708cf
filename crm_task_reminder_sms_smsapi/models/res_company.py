from odoo import models
from odoo.addons.crm_task_reminder.tools.incoming import IncomingText


class ResCompany(models.Model):
    """Gives what customers write to who takes their answers."""

    _inherit = "res.company"

    def _receive_smsapi(self, text):
        provider = self.env["crm.task.reminder.sms.provider.smsapi"]
        # SMSAPI writes numbers without a sign before them; a sender may be a name
        sender = f"+{text.sender}" if text.sender.isdecimal() else text.sender
        provider._receive_text(
            self,
            IncomingText(
                "smsapi", text.ident, sender, text.body, text.sent_at, text.receiver
            ),
        )
        return super()._receive_smsapi(text)
