import logging

from werkzeug.exceptions import TooManyRequests

from odoo import http
from odoo.addons.crm_task_reminder.tools.incoming import IncomingText
from odoo.addons.crm_task_reminder.tools.limiter import Limiter
from odoo.http import request

from ..models.crm_task_reminder_sms_provider_twilio import INCOMING
from ..tools import signature

_logger = logging.getLogger(__name__)

#: Bytes that a call may have. Twilio's are far smaller.
MAX_BYTES = 64 * 1024
#: Nothing is answered on the spot.
ANSWER = '<?xml version="1.0" encoding="UTF-8"?><Response></Response>'
#: Forged calls of one network in a minute that are answered as if nothing were there.
MOST_FORGED = 60
#: Counts forged calls alone: what Twilio brings is taken, wherever it comes from.
forged = Limiter()


class TwilioIncoming(http.Controller):
    """Where Twilio brings the texts that customers send to a company's number."""

    @http.route(
        f"{INCOMING}/<int:company_id>",
        type="http",
        auth="public",
        methods=["POST"],
        csrf=False,
        save_session=False,
        max_content_length=MAX_BYTES,
    )
    def receive(self, company_id, **_values):
        """Take one text, if its signature is the account's.

        :param int company_id: whose account it is
        """
        # sudo: Twilio is no user; the signature is its right
        companies = request.env["res.company"].sudo()
        company = companies.browse(company_id).exists()
        values = request.httprequest.form.to_dict()
        given = request.httprequest.headers.get("X-Twilio-Signature", "")
        provider = request.env["crm.task.reminder.sms.provider.twilio"].sudo()
        if not company or not signature.check(
            company.sms_twilio_auth_token,
            provider._get_incoming_address(company),
            values,
            given,
        ):
            raise self._refuse()
        ident, sender = values.get("MessageSid"), values.get("From")
        if ident and sender:
            body, receiver = values.get("Body", ""), values.get("To", "")
            text = IncomingText("twilio", ident, sender, body, receiver=receiver)
            provider._receive_text(company, text)
        return request.make_response(ANSWER, [("Content-Type", "text/xml")])

    def _refuse(self):
        """Return what a forged call is answered.

        :return HTTPException:
        """
        address = request.httprequest.remote_addr or ""
        count = forged.count(address)
        if count <= MOST_FORGED:
            return request.not_found()
        if count == MOST_FORGED + 1:
            _logger.warning(
                "Twilio: many calls with a wrong signature from %s; no more lines "
                "about them in this minute",
                address,
            )
        return TooManyRequests()
