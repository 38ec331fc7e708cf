from odoo import http

from ..tools import incoming
from .caller import find_company
from .report import MAX_BYTES


class SmsapiIncoming(http.Controller):
    """Where SMSAPI brings the texts that customers send to an account's number."""

    @http.route(
        "/sms_smsapi/incoming/<int:company_id>/<string:key>",
        type="http",
        auth="public",
        methods=["GET", "POST"],
        csrf=False,
        save_session=False,
        max_content_length=MAX_BYTES,
    )
    def receive(self, company_id, key, **values):
        """Take one text.

        :param int company_id: whose account it is
        :param str key: what nobody knows but this database and SMSAPI
        :return str: what SMSAPI waits for; else it would bring the same again
        """
        company = find_company(company_id, "incoming", key)
        text = incoming.read(values)
        if text.sender:
            company._receive_smsapi(text)
        return "OK"
