from odoo import models
from odoo.addons.crm_task_reminder.tools.incoming import IncomingText


class ResCompany(models.Model):
    """Gives what customers write to who takes their answers."""

    _inherit = "res.company"

    def _receive_smsapi(self, text):
        provider = self.env["crm.task.reminder.sms.provider.smsapi"]
        provider._receive_text(
            self,
            # SMSAPI writes numbers without a sign before them
            IncomingText(
                "smsapi", text.ident, f"+{text.sender}", text.body, text.sent_at
            ),
        )
        return super()._receive_smsapi(text)
