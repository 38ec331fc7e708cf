from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from ....tools.sms_gateway import read_exception

#: Reasons that lie with the account: the next SMS will fail as well.
ACCOUNT_REASONS = ("no_credit", "sms_account")


class CrmTaskReminderSmsProvider(models.AbstractModel):
    """Who carries a company's SMS: what Odoo's client of a provider does not tell.

    It is found by that client, the class that ``res.company._get_sms_api_class``
    returns. A provider that has no model of its own here works with what this one says.

    To add one: a model whose name begins with this one's and that inherits from it.
    """

    _name = "crm.task.reminder.sms.provider"
    _description = "SMS Provider of Task Reminders"

    #: Whether the answer *server error* means that the SMS was not accepted. Some
    #: clients give it also when the connection broke; then the SMS may have left.
    _is_certain = False
    #: Whether ``_ask`` tells what became of SMS in doubt.
    _can_be_asked = False
    #: Whether ``_ask`` hands SMS over once more: it is given those alone that are still
    #: to be sent.
    _asks_by_sending = False
    #: Failures of Odoo's notifications by which the provider's module says that the SMS
    #: may have left, and may not.
    _doubtful_failures = ()
    #: SMS in one call of the provider. So many are in doubt when a server crashes just
    #: then, unless ``_ask`` clears them up.
    _portion = 100
    #: Whether texts that customers send to the company come in, by ``_receive_text``.
    _can_receive = False

    @api.model
    def _find(self, company):
        """Return the model of the provider of a company.

        :param res.company company:
        :return crm.task.reminder.sms.provider:
        """
        client_class = company._get_sms_api_class()
        names = (
            name for name in self.env.registry if name.startswith(f"{self._name}.")
        )
        for name in names:
            if self.env[name]._get_client_class() is client_class:
                return self.env[name]
        return self

    @api.model
    def _get_client(self, company):
        """Return Odoo's client of the provider, with the company's account.

        :return odoo.addons.sms.tools.sms_api.SmsApiBase:
        """
        return company._get_sms_api_class()(self._in_company(company).env)

    @api.model
    def _in_company(self, company):
        """Return the provider in this company alone, whose account is to be used."""
        return self.with_context(allowed_company_ids=company.ids)

    # ------------------------------------------------------------------
    # What differs between the providers
    # ------------------------------------------------------------------

    @api.model
    def _get_client_class(self):
        """Return the class of Odoo's client of this provider."""
        return

    @api.model
    def _find_gap(self, company):
        """Return in words what the company's set-up lacks, as far as is known unasked.

        :return str: empty when nothing is missing
        """
        return ""

    @api.model
    def _has_account(self, company):
        """Tell whether the company's account is there, as far as is known unasked."""
        return not self._find_gap(company)

    @api.model
    def _check_connection(self, company):
        """Check that the provider can be reached, where its client would not tell.

        :raise TemporaryError: it can't; nothing was handed over
        """

    @api.model
    def _read_exception(self, error):
        """Return what an exception of the provider's client means for its SMS.

        Where it does not tell that none can have left, they are in doubt.

        :param Exception error:
        :return ReminderError:
        """
        return read_exception(self._find_cause(error) or error)

    @api.model
    def _find_cause(self, error):
        """Return what really happened, None if a client tells nothing of it.

        Odoo's clients raise an AccessError with a text for people while they handle it.
        """
        return error.__context__ if isinstance(error, AccessError) else error

    @api.model
    def _ask(self, rows):
        """Find out what became of SMS that were in hand when a worker died.

        :param crm.task.reminder.log rows: of one company
        :return dict[crm.task.reminder.log, bool]: whether the SMS was accepted, for
            those of which the provider knows it
        """
        return {}

    @api.model
    def _describe(self, company):
        """Return in words how the company's SMS are sent."""
        return self.env._("SMS are sent through a provider of their own.")

    @api.model
    def _ask_status(self, company):
        """Ask the provider whether the company can send: that may take seconds.

        :return tuple[bool, str]: whether it can, and the same in words
        """
        return self._get_status(company)

    @api.model
    def _action_open_set_up(self, company):
        """Return the action that opens the provider's set-up."""
        return self.env["ir.actions.actions"]._for_xml_id(
            "base_setup.action_general_configuration"
        )

    # ------------------------------------------------------------------
    # What customers write back
    # ------------------------------------------------------------------

    @api.model
    def _get_incoming_address(self, company):
        """Return the address that the provider is to call with each incoming text.

        Who knows it may be able to speak in a customer's name.

        :return str: empty where none come in
        """
        return ""

    @api.model
    def _can_be_answered(self, company):
        """Tell whether who gets an SMS can just answer it: its sender is a number."""
        return False

    @api.model
    def _find_sharing(self, company, text):
        """Return the companies whose customers may have written a text.

        With one account, the provider brings to one of them what is for any.

        :param res.company company: to whose account it was brought; it is one of them
        :param IncomingText text:
        :return res.company:
        """
        return company

    @api.model
    def _receive_text(self, company, text):
        """Take a text that somebody has sent to the company; an addon for answers does.

        It is the first thing that is done in a transaction: what was written before is
        rolled back.

        :param res.company company: whose account it has come to
        :param IncomingText text:
        """

    # ------------------------------------------------------------------
    # What a person reads
    # ------------------------------------------------------------------

    @api.model
    def _get_status(self, company):
        """Tell whether the company can send SMS, as far as is known without asking.

        :param res.company company:
        :return tuple[bool, str]: whether it can, and the same in words
        """
        if gap := self._find_gap(company):
            return False, self.env._("No SMS can be sent. %s", gap)
        return self._add_last_failure(company, self._describe(company))

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
        failed = self.env._("The last one was not sent. %s.", last.reason_text)
        return has_credit and last.reason == "no_credit", f"{status} {failed}"

    @api.model
    def _get_last_failure(self, company):
        """Return the last SMS's row when it failed for the account, else nothing."""
        channel = self.env["crm.task.reminder.channel.sms"]._channel
        sent = [("company_id", "=", company.id), ("channel", "=", channel)]
        ended = Domain("state", "in", ("sent", "delivered", "failed"))
        put_off = Domain("state", "=", "queued") & Domain(
            "reason", "in", ACCOUNT_REASONS
        )
        last = self.env["crm.task.reminder.log"].search(
            Domain(sent) & (ended | put_off), order="id desc", limit=1
        )
        return last.filtered(lambda row: row.reason in ACCOUNT_REASONS)
