from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    sms_smsapi_sender_id = fields.Many2one(related="company_id.sms_smsapi_sender_id")
    sms_smsapi_is_test = fields.Boolean(related="company_id.sms_smsapi_is_test")
    sms_smsapi_shorten = fields.Boolean(related="company_id.sms_smsapi_shorten")
    sms_smsapi_links_refused_at = fields.Datetime(
        related="company_id.sms_smsapi_links_refused_at"
    )

    def action_open_sms_smsapi_account(self):
        """Open the set-up of the company's account at SMSAPI."""
        return self.company_id._action_open_sms_smsapi_account()
