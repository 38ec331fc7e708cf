from odoo.addons.crm_task_reminder.tests import seams, silent_seams
from odoo.addons.sms_twilio.tools.sms_api import SmsApiTwilio
from odoo.tests import tagged

PROVIDER = "models/crm_task_reminder_sms_provider_twilio.py"
SMS = "models/sms_sms.py"
COMPANY = "odoo.addons.sms_twilio.models.res_company:ResCompany"
TWILIO_SMS = "odoo.addons.sms_twilio.models.sms_sms:SmsSms"
CLIENT = "odoo.addons.sms_twilio.tools.sms_api:SmsApiTwilio"


@tagged("post_install", "-at_install")
class TestTwilioSeams(seams.SeamsCase):
    """An update of Odoo's module for Twilio says which private piece has moved."""

    addon = "crm_task_reminder_sms_twilio"
    seams = [
        seams.Seam(
            "opens the set-up of Twilio",
            f"{COMPANY}._action_open_sms_twilio_account_manage",
            "(self)",
            {PROVIDER},
        ),
        seams.Seam(
            "says what is wrong with the account",
            f"{COMPANY}._assert_twilio_sid",
            "(self)",
            {PROVIDER},
        ),
        seams.Seam(
            "sends SMS out of Odoo's queue",
            "odoo.addons.sms.models.sms_sms:SmsSms._send",
            "(self, unlink_failed=False, unlink_sent=True, raise_exception=False)",
            {SMS},
        ),
        seams.Seam(
            "splits SMS by company and provider",
            f"{TWILIO_SMS}._split_by_api",
            "(self)",
            {SMS},
        ),
        seams.Seam(
            "finds the company of an SMS",
            f"{TWILIO_SMS}._get_sms_company",
            "(self)",
            {SMS},
        ),
    ]


@tagged("post_install", "-at_install")
class TestTwilioSilentSeams(silent_seams.SilentSeamsCase):
    """What would go wrong without an error when that module changes is found here."""

    addon = "crm_task_reminder_sms_twilio"
    silent = [
        silent_seams.Silent(
            "another server than Twilio's is looked for before SMS are sent",
            f"{CLIENT}._sms_twilio_send_request",
            "return session.post( f'https://api.twilio.com/",
            "tools/twilio.py",
            'URL = "https://api.twilio.com"',
        ),
        silent_seams.Silent(
            "an SMS that may have been taken is sent again",
            f"{CLIENT}._send_sms_batch",
            "'state': 'server_error',",
            PROVIDER,
            '_inherit = "crm.task.reminder.sms.provider"',
        ),
    ]

    def test_provider_is_known_by_the_class_of_its_client(self):
        """Else the window would not say what Twilio's set-up lacks."""
        company = self.env["res.company"].create({"name": "Gardens"})
        company.sms_provider = "twilio"
        self.assertIs(company._get_sms_api_class(), SmsApiTwilio)
