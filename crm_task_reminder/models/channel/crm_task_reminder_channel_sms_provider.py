from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import formatLang

from ...tools.errors import ReminderError
from ...tools.sms_gateway import check_twilio

#: Reasons that lie with the account: the next SMS will fail as well.
ACCOUNT_REASONS = ("no_credit", "sms_account")


class CrmTaskReminderChannelSms(models.AbstractModel):
    """Who carries a company's SMS: Odoo for its credit, or Twilio by Odoo's module."""

    _inherit = "crm.task.reminder.channel.sms"

    @api.model
    def _in_company(self, company):
        """Return the channel in this company alone, whose account is to be used."""
        return self.with_context(allowed_company_ids=company.ids)

    @api.model
    def _get_client(self, company):
        """Return Odoo's client of the company's provider, with the company's account.

        :return odoo.addons.sms.tools.sms_api.SmsApiBase:
        """
        return company._get_sms_api_class()(self._in_company(company).env)

    @api.model
    def _action_open_set_up(self, company):
        """Return the action that opens the provider's set-up."""
        if self._is_twilio(company):
            return company._action_open_sms_twilio_account_manage()
        return self.env["ir.actions.act_window"]._for_xml_id("iap.iap_account_action")

    # ------------------------------------------------------------------
    # What a person reads
    # ------------------------------------------------------------------

    @api.model
    def _get_set_up_status(self, company):
        """Tell whether the company can send SMS, as far as is known without asking.

        :param res.company company:
        :return tuple[bool, str]: whether it can, and the same in words
        """
        if not self._is_twilio(company):
            status = self.env._("SMS are sent through Odoo and paid with its credit.")
        elif gap := self._get_twilio_gap(company):
            return False, self.env._("No SMS can be sent: %s", gap)
        else:
            status = self.env._("SMS are sent through Twilio.")
        return self._add_last_failure(company, status)

    @api.model
    def _ask_set_up_status(self, company):
        """Return the same, but ask Odoo for the credit first: that may take seconds.

        :param res.company company:
        :return tuple[bool, str]: whether it can send SMS, and the same in words
        """
        if self._is_twilio(company):
            return self._get_set_up_status(company)
        accounts = self._in_company(company).env["iap.account"]
        account = accounts.get("sms", force_create=False)
        credit = accounts.get_credits("sms")
        if credit > 0:
            status = self.env._(
                "SMS are sent through Odoo. Credit left: %s.",
                formatLang(self.env, credit, digits=2 if credit % 1 else 0),
            )
            return self._add_last_failure(company, status, has_credit=True)
        if credit < 0:  # no answer
            is_ready, status = self._get_set_up_status(company)
            unknown = self.env._(
                "How much is left is not known: Odoo's service could not be reached."
            )
            return is_ready, f"{status} {unknown}"
        if not account or account.state == "unregistered":
            return False, self.env._(
                "No SMS can be sent: no SMS account is registered at Odoo yet."
            )
        return False, self.env._("No SMS can be sent: there is no SMS credit left.")

    @api.model
    def _add_last_failure(self, company, status, has_credit=False):
        """Say as well that the last SMS failed for the account, if it did.

        :param str status: why SMS can be sent
        :param bool has_credit: whether there is credit now, whatever there was then
        :return tuple[bool, str]: whether SMS can be sent, and the same in words
        """
        last = self._get_last_failure(company)
        if not last:
            return True, status
        failed = self.env._("The last one was not sent: %s.", last.reason_text)
        return has_credit and last.reason == "no_credit", f"{status} {failed}"

    @api.model
    def _get_last_failure(self, company):
        """Return the last SMS's row when it failed for the account, else nothing."""
        sent = [("company_id", "=", company.id), ("channel", "=", self._channel)]
        ended = [("state", "in", ("sent", "delivered", "failed"))]
        last = self.env["crm.task.reminder.log"].search(
            sent + ended, order="id desc", limit=1
        )
        return last.filtered(lambda row: row.reason in ACCOUNT_REASONS)

    # ------------------------------------------------------------------
    # Twilio
    # ------------------------------------------------------------------

    @api.model
    def _check_set_up(self, company):
        """Check what Twilio needs; whether Odoo has credit left, its answer tells."""
        if self._is_twilio(company) and (gap := self._get_twilio_gap(company)):
            raise ReminderError("sms_account", gap)

    @api.model
    def _check_connection(self, company):
        """Check that Twilio can be reached, of which Odoo's client would not tell.

        :raise TemporaryError: it can't; nothing was handed over
        """
        if self._is_twilio(company):
            check_twilio()

    @api.model
    def _is_twilio(self, company):
        """Tell whether the company sends with Odoo's module for Twilio."""
        return "sms_provider" in company._fields and company.sms_provider == "twilio"

    @api.model
    def _get_twilio_gap(self, company):
        """Return in words what keeps Twilio from being used, "" if nothing does."""
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
