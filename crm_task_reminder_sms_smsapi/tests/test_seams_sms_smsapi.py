"""What the module for SMSAPI uses of Odoo.

It works without the addons of reminders, which have what finds these pieces; so they
are listed here, where both are.
"""

from odoo.addons.crm_task_reminder.tests import seams, silent_seams
from odoo.tests import tagged

CLIENT = "tools/sms_api.py"
COMPANY = "models/res_company.py"
SMS = "models/sms_sms.py"
TRACKER = "models/sms_tracker.py"

ODOO_CLIENT = "odoo.addons.sms.tools.sms_api:SmsApiBase"
ODOO_SMS = "odoo.addons.sms.models.sms_sms:SmsSms"
ODOO_TRACKER = "odoo.addons.sms.models.sms_tracker:SmsTracker"


@tagged("post_install", "-at_install")
class TestModuleSeams(seams.SeamsCase):
    """An update of Odoo says which of its private pieces has moved."""

    addon = "sms_smsapi"
    word = "smsapi"
    seams = [
        seams.Seam(
            "finds the client of a company's provider",
            "odoo.addons.sms.models.res_company:ResCompany._get_sms_api_class",
            "(self)",
            {COMPANY, SMS},
        ),
        seams.Seam(
            "gives the saved company of one in a form",
            "odoo.orm.models:BaseModel._origin",
            "property",
            {COMPANY},
        ),
        seams.Seam(
            "tells why an SMS failed",
            f"{ODOO_CLIENT}._get_sms_api_error_messages",
            "(self)",
            {CLIENT},
        ),
        seams.Seam(
            "hands SMS over",
            f"{ODOO_CLIENT}._send_sms_batch",
            "(self, messages, delivery_reports_url=False)",
            {CLIENT},
        ),
        seams.Seam(
            "says which failures there are",
            f"{ODOO_CLIENT}.PROVIDER_TO_SMS_FAILURE_TYPE",
            "attribute",
            {CLIENT},
        ),
        seams.Seam(
            "takes the account of the right company",
            f"{ODOO_CLIENT}._set_company",
            "(self, company)",
            {SMS},
        ),
        seams.Seam(
            "splits SMS by provider",
            f"{ODOO_SMS}._split_by_api",
            "(self)",
            {SMS},
        ),
        seams.Seam(
            "sends SMS out of Odoo's queue",
            f"{ODOO_SMS}._send",
            "(self, unlink_failed=False, unlink_sent=True, raise_exception=False)",
            {SMS},
        ),
        seams.Seam(
            "keeps SMSAPI's name of an SMS",
            f"{ODOO_SMS}._handle_call_result_hook",
            "(self, results)",
            {SMS},
        ),
        seams.Seam(
            "finds the company of an SMS",
            "odoo.addons.sms_twilio.models.sms_sms:SmsSms._get_sms_company",
            "(self)",
            {SMS, TRACKER},
        ),
        seams.Seam(
            "takes over that an SMS was sent or delivered",
            f"{ODOO_TRACKER}._action_update_from_sms_state",
            "(self, sms_state, failure_type=False, failure_reason=False)",
            {TRACKER},
        ),
        seams.Seam(
            "takes over that an SMS won't arrive",
            f"{ODOO_TRACKER}._action_update_from_provider_error",
            "(self, provider_error)",
            {TRACKER},
        ),
    ]


@tagged("post_install", "-at_install")
class TestModuleSilentSeams(silent_seams.SilentSeamsCase):
    """What would go wrong without an error when Odoo changes is found here."""

    addon = "sms_smsapi"
    silent = [
        silent_seams.Silent(
            "SMS are sent with the account of another company",
            f"{ODOO_SMS}._send",
            "sms_api = self.env.context.get('sms_api')",
            SMS,
            "with_context(sms_api=client)",
        ),
        silent_seams.Silent(
            "SMS that are sent at once take Odoo's way",
            f"{ODOO_SMS}.send",
            "in to_send._split_by_api():",
            SMS,
            "def _split_by_api",
        ),
        silent_seams.Silent(
            "SMS of the queue are sent with the account of another company",
            f"{ODOO_SMS}._process_queue",
            "records._send(",
            SMS,
            "def _send",
        ),
        silent_seams.Silent(
            "reports that were faster than the SMS wait for the nightly clean-up",
            f"{ODOO_SMS}._send_with_api",
            "._handle_call_result_hook(results)",
            SMS,
            "def _handle_call_result_hook",
        ),
        silent_seams.Silent(
            "SMS that were taken count as failed",
            ODOO_SMS,
            "'sent': 'pending',",
            CLIENT,
            '"state": "sent"',
        ),
        silent_seams.Silent(
            "SMS of which nobody knows whether they were sent have no such failure",
            f"{ODOO_SMS}._send_with_api",
            "sms_api.PROVIDER_TO_SMS_FAILURE_TYPE.get(iap_state",
            CLIENT,
            "PROVIDER_TO_SMS_FAILURE_TYPE",
        ),
        silent_seams.Silent(
            "the reason that SMSAPI gives is not kept",
            f"{ODOO_SMS}._send_with_api",
            "result.get('failure_reason')",
            CLIENT,
            '"failure_reason": reason',
        ),
        silent_seams.Silent(
            "why an SMS did not arrive is not kept",
            f"{ODOO_TRACKER}._action_update_from_provider_error",
            'self.env.context.get("sms_known_failure_reason")',
            TRACKER,
            "sms_known_failure_reason=reason",
        ),
        silent_seams.Silent(
            "SMS that did not arrive fail for an unknown reason",
            ODOO_SMS,
            "DELIVERY_ERRORS = {'sms_expired', 'sms_not_delivered',",
            TRACKER,
            '402: "expired"',
        ),
        silent_seams.Silent(
            "keys of SMSAPI's calls are in the log",
            "odoo.netsvc:init_logger",
            "logging.getLogger('werkzeug').addFilter(",
            "tools/log_filter.py",
            'REQUESTS = "werkzeug"',
        ),
    ]
