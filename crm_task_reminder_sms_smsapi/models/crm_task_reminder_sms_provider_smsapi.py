import re
import time
from datetime import timedelta

from odoo import api, fields, models
from odoo.addons.crm_task_reminder.tools import parameters
from odoo.addons.sms_smsapi.tools.account import PORTION, SmsapiError
from odoo.addons.sms_smsapi.tools.sms_api import SmsApiSmsapi
from odoo.tools import formatLang

#: System parameter: for how many hours SMSAPI is asked about an SMS.
ASK_HOURS = "crm_task_reminder.smsapi_ask_hours"
DEFAULT_ASK_HOURS = 12
#: How long SMSAPI remembers what it was given is a matter of days.
MAX_ASK_HOURS = 72
#: Digits of a sender that is a number and no name.
SHORTEST_NUMBER = 4
#: Seconds after which nobody is asked about any more. Odoo's jobs have a minute.
LONGEST = 40


class CrmTaskReminderSmsProviderSmsapi(models.AbstractModel):
    """SMSAPI, by the module ``sms_smsapi``."""

    _name = "crm.task.reminder.sms.provider.smsapi"
    _inherit = "crm.task.reminder.sms.provider"
    _description = "SMS of Task Reminders through SMSAPI"

    #: *Server error* is said of what was refused or has not arrived there. Where that
    #: is not known, the module has a failure of its own.
    _is_certain = True
    _can_be_asked = True
    _asks_by_sending = True
    _doubtful_failures = ("smsapi_unconfirmed",)
    _portion = PORTION
    _can_receive = True

    @api.model
    def _get_client_class(self):
        return SmsApiSmsapi

    @api.model
    def _find_gap(self, company):
        # sudo: the account is the administrators' to read
        if not company.sudo().sms_smsapi_token:
            return self.env._("SMSAPI has no token yet.")
        return ""

    @api.model
    def _describe(self, company):
        company = company.sudo()  # sudo: the name is no secret, the customers see it
        name = company.sms_smsapi_sender_id.name
        if not name:
            return self.env._("SMS are sent through SMSAPI.")
        return self.env._("SMS are sent through SMSAPI, from %s.", name)

    @api.model
    def _get_status(self, company):
        is_ready, status = super()._get_status(company)
        # sudo: these are no secrets; who reads the window is to know what they lead to
        settings = company.sudo()
        if is_ready and settings.sms_smsapi_is_test:
            is_ready = False
            status = self.env._("Test mode is on: SMSAPI sends none of the SMS.")
        if settings.sms_smsapi_links_refused_at:
            links = self.env._(
                "The account may not send links, so SMS leave without theirs. SMSAPI "
                "can shorten links instead: that is a setting of the SMS set-up."
            )
            if settings.sms_smsapi_shorten:
                links = self.env._(
                    "SMSAPI may not shorten links for the account, so SMS leave "
                    "without theirs. Ask SMSAPI to allow it."
                )
            status = f"{status} {links}"
        return is_ready, status

    @api.model
    def _ask_status(self, company):
        is_ready, status = self._get_status(company)
        if self._find_gap(company):
            return is_ready, status
        try:
            points, count = company._get_smsapi_account().get_balance()
        except SmsapiError:
            unknown = self.env._("How much is left is not known: SMSAPI did not tell.")
            return is_ready, f"{status} {unknown}"
        left = self.env._(
            "Left: %(points)s points, about %(count)s SMS.",
            points=formatLang(self.env, points, digits=2),
            count=formatLang(self.env, count, digits=0),
        )
        if points <= 0:
            return False, self.env._("No SMS can be sent: SMSAPI has no points left.")
        last = self._get_last_failure(company)
        if last.reason == "no_credit" and not company.sudo().sms_smsapi_is_test:
            is_ready = True  # there is credit now
        return is_ready, f"{status} {left}"

    @api.model
    def _action_open_set_up(self, company):
        return company._action_open_sms_smsapi_account()

    # ------------------------------------------------------------------
    # What customers write back
    # ------------------------------------------------------------------

    @api.model
    def _get_incoming_address(self, company):
        return company._get_smsapi_incoming_url()

    @api.model
    def _can_be_answered(self, company):
        return bool(self._get_number(company))

    def _get_number(self, company):
        """Return the number that SMS are sent from, empty where it is a name."""
        # sudo: the name is no secret, the customers see it
        name = company.sudo().sms_smsapi_sender_id.name or ""
        return name if len(name) >= SHORTEST_NUMBER and name.isdecimal() else ""

    @api.model
    def _find_sharing(self, company, text):
        # sudo: of other companies; nobody is told their tokens
        company = company.sudo()
        others = company.search([("sms_provider", "=", "smsapi")])
        token = company.sms_smsapi_token
        number = re.sub(r"\D", "", text.receiver) or self._get_number(company)
        return company | others.filtered(
            lambda other: (
                token
                and other.sms_smsapi_token == token
                # of two numbers each has its own texts
                and (not number or self._get_number(other) in ("", number))
            )
        )

    # ------------------------------------------------------------------
    # After a crash
    # ------------------------------------------------------------------

    @api.model
    def _ask(self, rows):
        """Hand each SMS over once more, alone and with what SMSAPI knew it by.

        Either SMSAPI has not had it and takes it now, or says that it has had it.
        """
        company = rows.company_id
        if self._find_gap(company):
            return {}
        channel = self.env["crm.task.reminder.channel.sms"]
        client = self._get_client(company)
        answers = {}
        deadline = time.monotonic() + LONGEST
        for row in self._filter_remembered(rows):
            if time.monotonic() > deadline:
                break
            text = channel._get_outgoing(row)
            if not text:
                continue
            numbers = [{"uuid": text.uuid, "number": text.number}]
            [answer] = client._send_sms_batch(
                [{"content": text.body, "numbers": numbers}]
            )
            if answer["state"] == "sent":
                text._handle_call_result_hook([answer])
                answers[row] = True
            elif answer["state"] in ("server_error", "smsapi_unconfirmed"):
                break  # it does not answer; the others would wait in vain
            # What is refused now may have been taken before: that stays in doubt.
        return answers

    @api.model
    def _filter_remembered(self, rows):
        """Return the rows whose SMS SMSAPI is sure to remember, if it has had them."""
        hours = parameters.get_number(
            self.env, ASK_HOURS, DEFAULT_ASK_HOURS, MAX_ASK_HOURS
        )
        earliest = fields.Datetime.now() - timedelta(hours=hours)
        # no earlier than this can it have been handed over for the first time
        return rows.filtered(lambda row: row.create_date >= earliest)
