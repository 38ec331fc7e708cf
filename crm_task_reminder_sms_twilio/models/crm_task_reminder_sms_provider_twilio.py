from odoo import api, models
from odoo.addons.sms_twilio.tools.sms_api import SmsApiTwilio
from odoo.exceptions import UserError

from ..tools.twilio import check_connection


class CrmTaskReminderSmsProviderTwilio(models.AbstractModel):
    """Twilio, by Odoo's module for it."""

    _name = "crm.task.reminder.sms.provider.twilio"
    _inherit = "crm.task.reminder.sms.provider"
    _description = "SMS of Task Reminders through Twilio"

    @api.model
    def _get_client_class(self):
        return SmsApiTwilio

    @api.model
    def _describe(self, company):
        return self.env._("SMS are sent through Twilio.")

    @api.model
    def _check_connection(self, company):
        check_connection()

    @api.model
    def _find_gap(self, company):
        # sudo: the keys and numbers are the administrators' to read
        company = company.sudo()
        if not (company.sms_twilio_account_sid and company.sms_twilio_auth_token):
            return self.env._("Twilio is not set up.")
        if not company.sms_twilio_number_ids:
            return self.env._("Twilio has no number to send from.")
        try:
            company._assert_twilio_sid()
        except UserError as error:
            return str(error)
        return ""

    @api.model
    def _action_open_set_up(self, company):
        return company._action_open_sms_twilio_account_manage()
