from odoo import http
from odoo.http import request
from odoo.tools import consteq

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
        # sudo: SMSAPI is no user; the key is its right
        companies = request.env["res.company"].sudo()
        company = companies.browse(company_id).exists()
        expected = company._get_smsapi_incoming_key() if company else ""
        if not company or not consteq(key.encode(), expected.encode()):
            raise request.not_found()
        text = incoming.read(values)
        if text.sender:
            company._receive_smsapi(text)
        return "OK"
