from odoo import http
from odoo.http import request

from ..tools import incoming
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
        companies = request.env["res.company"]
        company = companies._find_smsapi_company(company_id, "incoming", key)
        if not company:
            raise request.not_found()
        text = incoming.read(values)
        if text.sender:
            company._receive_smsapi(text)
        return "OK"
