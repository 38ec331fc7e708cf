from odoo.addons.crm_task_reminder.tests import seams
from odoo.addons.sms_smsapi.tools.sms_api import SmsApiSmsapi
from odoo.tests import tagged

PROVIDER = "models/crm_task_reminder_sms_provider_smsapi.py"
COMPANY = "models/res_company.py"
SMS = "models/sms_sms.py"
TRACKER = "models/sms_tracker.py"

ODOO_CLIENT = "odoo.addons.sms.tools.sms_api:SmsApiBase"
ODOO_SMS = "odoo.addons.sms.models.sms_sms:SmsSms"
ODOO_TRACKER = "odoo.addons.sms.models.sms_tracker:SmsTracker"
MODULE = "odoo.addons.sms_smsapi.models"


@tagged("post_install", "-at_install")
class TestSmsapiSeams(seams.SeamsCase):
    """An update of the module for SMSAPI says which private piece has moved."""

    addon = "crm_task_reminder_sms_smsapi"
    seams = [
        seams.Seam(
            "opens the set-up of SMSAPI",
            f"{MODULE}.res_company:ResCompany._action_open_sms_smsapi_account",
            "(self)",
            {PROVIDER},
        ),
        seams.Seam(
            "asks for the balance",
            f"{MODULE}.res_company:ResCompany._get_smsapi_account",
            "(self)",
            {PROVIDER},
        ),
        seams.Seam(
            "tells where SMSAPI is to bring what customers write",
            f"{MODULE}.res_company:ResCompany._get_smsapi_incoming_url",
            "(self)",
            {PROVIDER},
        ),
        seams.Seam(
            "takes what customers write",
            f"{MODULE}.res_company:ResCompany._receive_smsapi",
            "(self, text)",
            {COMPANY},
        ),
        seams.Seam(
            "asks about one SMS by handing it over again",
            "odoo.addons.sms_smsapi.tools.sms_api:SmsApiSmsapi._send_sms_batch",
            "(self, messages, delivery_reports_url=False)",
            {PROVIDER},
        ),
        seams.Seam(
            "keeps SMSAPI's name of an SMS that was asked about",
            f"{MODULE}.sms_sms:SmsSms._handle_call_result_hook",
            "(self, results)",
            {PROVIDER},
        ),
    ]


@tagged("post_install", "-at_install")
class TestSmsapiModuleSeams(seams.SeamsCase):
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
            {"tools/sms_api.py"},
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

    def test_provider_is_known_by_the_class_of_its_client(self):
        """Else the window would not say what SMSAPI's set-up lacks."""
        company = self.env["res.company"].create({"name": "Gardens"})
        company.sms_provider = "smsapi"
        self.assertIs(company._get_sms_api_class(), SmsApiSmsapi)
