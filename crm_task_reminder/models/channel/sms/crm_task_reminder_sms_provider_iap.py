from odoo import api, models
from odoo.addons.iap.tools.iap_tools import IAPServerError, InsufficientCreditError
from odoo.addons.sms.tools.sms_api import SmsApi
from odoo.fields import Domain
from odoo.tools import formatLang

from ....tools.errors import CallRefusedError, ReminderError, TemporaryError


class CrmTaskReminderSmsProviderIap(models.AbstractModel):
    """Odoo itself, for the credit that is bought from it (in-app purchase)."""

    _name = "crm.task.reminder.sms.provider.iap"
    _inherit = "crm.task.reminder.sms.provider"
    _description = "SMS of Task Reminders through Odoo"

    #: Odoo's server answers *server error* only for SMS that it has not accepted; when
    #: the connection breaks, the client raises an exception instead.
    _is_certain = True

    @api.model
    def _get_client_class(self):
        return SmsApi

    @api.model
    def _read_exception(self, error):
        if isinstance(error, InsufficientCreditError):
            return ReminderError("no_credit", str(error))
        cause = self._find_cause(error)
        if cause is None:  # refused before anything was asked
            return TemporaryError("sms_gateway", str(error))
        if isinstance(cause, IAPServerError):
            return CallRefusedError("sms_gateway", str(cause))
        return super()._read_exception(error)

    @api.model
    def _has_account(self, company):
        """Tell whether Odoo is known to have an account: nothing is set up before."""
        # sudo: whether there is an account is no secret of it
        accounts = self.env["iap.account"].sudo()
        own = Domain("company_ids", "in", company.ids)
        present = [("service_name", "=", "sms"), ("state", "=", "registered")]
        shared = own | Domain("company_ids", "=", False)
        return bool(accounts.search(Domain(present) & shared, limit=1))

    @api.model
    def _describe(self, company):
        return self.env._("SMS are sent through Odoo and paid with its credit.")

    @api.model
    def _ask_status(self, company):
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
            is_ready, status = self._get_status(company)
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
    def _action_open_set_up(self, company):
        return self.env["ir.actions.act_window"]._for_xml_id("iap.iap_account_action")
