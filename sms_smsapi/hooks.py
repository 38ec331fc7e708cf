import logging

_logger = logging.getLogger(__name__)


def uninstall_hook(env):
    """Tell of SMS that wait, and delete the addon's system parameters.

    The companies that send through SMSAPI send through Odoo from now on, what waits
    among it: that has another sender, and has to be paid to somebody else.
    """
    companies = env["res.company"].search([("sms_provider", "=", "smsapi")])
    waiting = env["sms.sms"].search([("state", "in", ("outgoing", "process"))])
    for company, texts in waiting._group_by_smsapi_company().items():
        if company in companies:
            _logger.warning(
                "SMSAPI is uninstalled: %s SMS of %s wait. They are sent through Odoo.",
                len(texts),
                company.name,
            )
    env["ir.config_parameter"].search([("key", "=like", "sms_smsapi.%")]).unlink()
