from odoo.addons.crm_task_reminder.tests import seams
from odoo.addons.sms_smsapi.tools.sms_api import SmsApiSmsapi
from odoo.tests import tagged

PROVIDER = "models/crm_task_reminder_sms_provider_smsapi.py"
COMPANY = "models/res_company.py"
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

    def test_provider_is_known_by_the_class_of_its_client(self):
        """Else the window would not say what SMSAPI's set-up lacks."""
        company = self.env["res.company"].create({"name": "Gardens"})
        company.sms_provider = "smsapi"
        self.assertIs(company._get_sms_api_class(), SmsApiSmsapi)
