from odoo import http
from odoo.addons.crm_task_reminder.tools.incoming import IncomingText
from odoo.http import request

from ..models.crm_task_reminder_sms_provider_twilio import INCOMING
from ..tools import signature

#: Bytes that a call may have. Twilio's are far smaller.
MAX_BYTES = 64 * 1024
#: Nothing is answered on the spot.
ANSWER = '<?xml version="1.0" encoding="UTF-8"?><Response></Response>'


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
            raise request.not_found()
        ident, sender = values.get("MessageSid"), values.get("From")
        if ident and sender:
            text = IncomingText("twilio", ident, sender, values.get("Body", ""))
            provider._receive_text(company, text)
        return request.make_response(ANSWER, [("Content-Type", "text/xml")])
