import logging
import re

from odoo.addons.sms.tools.sms_api import SmsApiBase

from . import codes, links
from .batch import ACCEPTED, NOT_REACHED, UNCONFIRMED, Batch, Text

_logger = logging.getLogger(__name__)

#: Country code of the numbers at home, by the account's region.
HOME = {"pl": 48, "se": 46, "bg": 359}


class SmsApiSmsapi(SmsApiBase):
    """Odoo's way to SMSAPI, with the account of a company."""

    PROVIDER_TO_SMS_FAILURE_TYPE = (
        SmsApiBase.PROVIDER_TO_SMS_FAILURE_TYPE | codes.FAILURES
    )

    def _send_sms_batch(self, messages, delivery_reports_url=False):
        """Send SMS; see Odoo's method for the arguments.

        :return list[dict]: for each SMS ``uuid``, ``state``, ``failure_reason`` in
            words and ``sms_smsapi_id``
        """
        # sudo: the account is the administrators' to read, all may send with it
        company = (self.company or self.env.company).sudo()
        wanted = [
            (one["uuid"], one["number"], message.get("content") or "")
            for message in messages
            for one in message.get("numbers") or []
        ]
        answers = {
            uuid: answer
            for uuid, number, _body in wanted
            if (answer := self._find_obstacle(company, uuid, number))
        }
        rest = [one for one in wanted if one[0] not in answers]
        if rest:
            batch = Batch(company._get_smsapi_account())
            outcomes = batch.send(self._prepare(company, rest))
            company._note_smsapi_links(batch.is_link_refused, batch.is_link_accepted)
            answers |= {
                uuid: self._to_answer(uuid, outcome)
                for uuid, outcome in outcomes.items()
            }
        return [answers[uuid] for uuid, _number, _body in wanted]

    def _find_obstacle(self, company, uuid, number):
        """Return the answer for an SMS that SMSAPI need not be asked for, else None."""
        if not company.sms_smsapi_token:
            reason = self.env._("SMSAPI is not set up: its token is missing.")
            return self._answer(uuid, "smsapi_account", reason)
        if not _get_digits(number):
            reason = self.env._("There is no number to send the SMS to.")
            return self._answer(uuid, "sms_number_missing", reason)
        if self._is_foreign(company, number):
            reason = self.env._(
                "SMS to foreign numbers are switched off in the set-up of SMSAPI."
            )
            return self._answer(uuid, "smsapi_country", reason)
        return None

    @staticmethod
    def _is_foreign(company, number):
        """Tell whether a number is abroad and no SMS are to be sent there."""
        if company.sms_smsapi_foreign:
            return False
        home = HOME.get(company.sms_smsapi_region) or company.country_id.phone_code
        # one without a country is for SMSAPI to judge
        is_international = number.strip().startswith(("+", "00"))
        digits = _get_digits(number).removeprefix("00")
        return bool(home and is_international and not digits.startswith(str(home)))

    def _prepare(self, company, wanted):
        """Return SMS as they are handed over.

        :param list[tuple[str, str, str]] wanted: uuid, number and text of each
        :return list[Text]:
        """
        # sudo: trackers are the administrators'
        trackers = self.env["sms.tracker"].sudo()
        uuids = [uuid for uuid, _number, _body in wanted]
        found = trackers.search([("sms_uuid", "in", uuids)]).grouped("sms_uuid")
        texts = []
        for uuid, number, content in wanted:
            body, plain = links.protect(content), None
            if links.has_link(body):
                plain = links.remove(body)
                if company.sms_smsapi_shorten:
                    body = links.shorten(body, company.sms_smsapi_region)
            idx = found.get(uuid, trackers)._get_smsapi_idx(uuid)
            texts.append(Text(uuid, idx, _get_digits(number), body, plain))
        return texts

    def _to_answer(self, uuid, outcome):
        """Return what Odoo is told of an outcome.

        :param Outcome outcome:
        """
        if outcome.kind == ACCEPTED:
            answer = {"uuid": uuid, "state": "sent", "failure_reason": False}
            return {**answer, "sms_smsapi_id": outcome.smsapi_id}
        if outcome.kind == NOT_REACHED:
            reason = self.env._("SMSAPI could not be reached. Send it again later.")
            return self._answer(uuid, "server_error", reason)
        if outcome.kind == UNCONFIRMED:
            reason = self.env._(
                "SMSAPI did not answer clearly: nobody knows whether it was sent. You "
                "can send it again today: SMSAPI does not send it twice."
            )
            return self._answer(uuid, "smsapi_unconfirmed", reason)
        meaning = codes.get_meaning(outcome.code)
        if meaning.advice:
            return self._answer(uuid, meaning.state, self.env._(meaning.advice))
        _logger.warning("SMSAPI: error %s: %s", outcome.code, outcome.text)
        reason = self.env._(
            "SMSAPI refused it: %(text)s (error %(code)s).",
            text=outcome.text or self.env._("no reason given"),
            code=outcome.code,
        )
        return self._answer(uuid, meaning.state, reason)

    @staticmethod
    def _answer(uuid, state, reason):
        return {"uuid": uuid, "state": state, "failure_reason": reason}

    def _get_sms_api_error_messages(self):
        """Return what Odoo says of failures where it has no reason of the SMS's own."""
        return {
            **super()._get_sms_api_error_messages(),
            "sms_acc": self.env._("SMSAPI does not accept the account's set-up."),
            "sms_credit": self.env._(codes.CODES[103].advice),
            "sms_server": self.env._(codes.CODES[202].advice),
        }


def _get_digits(number):
    """Return a number as SMSAPI wants it: with country, digits alone."""
    return re.sub(r"\D", "", number or "").removeprefix("00")
