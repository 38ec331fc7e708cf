"""Whether a call is SMSAPI's."""

from werkzeug.exceptions import TooManyRequests

from odoo.http import request

from ..tools.refusals import Refusals

refusals = Refusals()


def find_company(company_id, purpose, key):
    """Return whose account the present call is about, as superuser.

    :param int company_id: as the call has it
    :param str purpose: ``report`` or ``incoming``
    :param str key: as the call has it
    :return res.company:
    :raise NotFound: there is no such company, or the key is another one
    :raise TooManyRequests: the same, after many such calls from there
    """
    companies = request.env["res.company"]
    company = companies._find_smsapi_company(company_id, purpose, key)
    if company:
        return company
    if refusals.are_too_many(request.httprequest.remote_addr or ""):
        raise TooManyRequests()
    raise request.not_found()
