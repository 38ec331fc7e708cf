import logging

from werkzeug.exceptions import BadRequest, RequestEntityTooLarge

from odoo import http
from odoo.http import request

from .caller import find_company

_logger = logging.getLogger(__name__)

#: Bytes that a call may have. SMSAPI's are far smaller.
MAX_BYTES = 256 * 1024
#: Reports that are taken in one call.
MAX_REPORTS = 1000


class SmsapiReport(http.Controller):
    """Where SMSAPI tells what became of SMS that it has taken."""

    @http.route(
        "/sms_smsapi/report/<int:company_id>/<string:key>",
        type="http",
        auth="public",
        methods=["GET", "POST"],
        csrf=False,
        save_session=False,
        max_content_length=MAX_BYTES,
    )
    def receive(self, company_id, key, idx="", status="", **_others):
        """Take over the reports of one call; each field has one or more, with commas.

        :param int company_id: whose account it is
        :param str key: what nobody knows but this database and SMSAPI
        :param str idx: the SMS, by what they were handed over with
        :param str status: what became of each, a number
        :return str: what SMSAPI waits for; else it would report the same again
        """
        company = find_company(company_id, "report", key)
        if not (isinstance(idx, str) and isinstance(status, str)):
            raise BadRequest()  # a file is no report
        texts, codes = idx.split(","), status.split(",")
        if len(texts) > MAX_REPORTS:
            raise RequestEntityTooLarge()
        if len(texts) != len(codes):
            _logger.warning(
                "SMSAPI sent %s reports about %s SMS", *map(len, (codes, texts))
            )
            raise BadRequest()
        reports = list(zip(texts, codes, strict=True))
        early = request.env["sms.smsapi.report"].sudo()._receive(company, reports)
        if early:
            # The SMS may be committed meanwhile by who sends them, who looks for
            # reports when that is done. Either side sees what the other has written.
            request.env.cr.commit()  # pylint: disable=invalid-commit
            early._take_over()
        return "OK"
