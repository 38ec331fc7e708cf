from odoo import models


class SmsSms(models.Model):
    _inherit = "sms.sms"

    def _send(self, unlink_failed=False, unlink_sent=True, raise_exception=False):
        """Send each company's SMS with its own account, also out of Odoo's queue.

        That takes the account of the company that the scheduled action works in: what
        customers are told when they have answered would leave by a foreign account or
        by none.
        """
        companies = {sms._get_sms_company() for sms in self}
        is_own = any(company.sms_provider == "twilio" for company in companies)
        if self.env.context.get("sms_api") or not is_own:
            return super()._send(unlink_failed, unlink_sent, raise_exception)
        for client, texts in self._split_by_api():
            own = texts.with_context(sms_api=client)
            super(SmsSms, own)._send(unlink_failed, unlink_sent, raise_exception)
        return None
