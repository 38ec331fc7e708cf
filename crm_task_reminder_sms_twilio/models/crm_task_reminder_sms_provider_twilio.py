import re

from odoo import api, models
from odoo.addons.sms_twilio.tools.sms_api import SmsApiTwilio
from odoo.exceptions import UserError
from odoo.tools.urls import urljoin

from ..tools.twilio import check_connection

#: Where Twilio brings what customers write, before the company's id.
INCOMING = "/crm_task_reminder_sms_twilio/incoming"


class CrmTaskReminderSmsProviderTwilio(models.AbstractModel):
    """Twilio, by Odoo's module for it."""

    _name = "crm.task.reminder.sms.provider.twilio"
    _inherit = "crm.task.reminder.sms.provider"
    _description = "SMS of Task Reminders through Twilio"

    _can_receive = True

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
    def _get_incoming_address(self, company):
        return urljoin(company.get_base_url(), f"{INCOMING}/{company.id}")

    @api.model
    def _can_be_answered(self, company):
        return True  # its module sends from numbers alone

    @api.model
    def _find_sharing(self, company, text):
        # sudo: of other companies, and the keys and numbers are the administrators'
        company = company.sudo()
        receiver = re.sub(r"\D", "", text.receiver)
        numbers = {receiver} if receiver else self._read_numbers(company)
        others = company.search([("sms_provider", "=", "twilio")])
        return company | others.filtered(
            lambda other: (
                self._read_account(other) == self._read_account(company)
                and self._read_numbers(other) & numbers
            )
        )

    def _read_account(self, company):
        """Return what proves whose account it is: who knows a number has no token."""
        return company.sms_twilio_account_sid, company.sms_twilio_auth_token

    def _read_numbers(self, company):
        """Return the digits of a company's numbers, however they were written."""
        numbers = company.sms_twilio_number_ids.mapped("number")
        return {re.sub(r"\D", "", number) for number in numbers}

    @api.model
    def _action_open_set_up(self, company):
        return company._action_open_sms_twilio_account_manage()
