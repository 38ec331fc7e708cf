from odoo.tests import tagged

from .common import TOKEN, SmsapiCommon

OTHER_TOKEN = "another-secret-token"


@tagged("post_install", "-at_install")
class TestCompanies(SmsapiCommon):
    """Two companies, each with an account of its own."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls.create_company("Wärmewerk", OTHER_TOKEN)
        cls.other_customer = cls.create_customer("+48600100300", cls.other)

    def get_tokens(self):
        return {values["to"]: token for token, values in self.smsapi.calls}

    def test_each_company_sends_with_its_account(self):
        self.text()
        self.text(self.other_customer)
        self.assertEqual(
            self.get_tokens(), {"48600100200": TOKEN, "48600100300": OTHER_TOKEN}
        )

    def test_together_out_of_the_queue(self):
        """Odoo's queue alone takes one account for all of them, or fails."""
        texts = self.env["sms.sms"].create(
            [
                {"number": "+48600100200", "body": "A"},
                {"number": "+48600100300", "body": "B"},
            ]
        )
        texts[0].record_company_id = self.company
        texts[1].record_company_id = self.other
        self.env["sms.sms"].search(
            [("state", "=", "outgoing"), ("id", "not in", texts.ids)]
        ).unlink()
        with self.enter_registry_test_mode():
            self.env.ref("sms.ir_cron_sms_scheduler_action").method_direct_trigger()
        self.assertEqual(
            self.get_tokens(), {"48600100200": TOKEN, "48600100300": OTHER_TOKEN}
        )

    def test_beside_a_company_with_another_provider(self):
        self.other.sms_provider = "iap"
        texts = self.env["sms.sms"].create(
            [
                {"number": "+48600100200", "body": "A"},
                {"number": "+48600100300", "body": "B"},
            ]
        )
        texts[0].record_company_id = self.company
        texts[1].record_company_id = self.other
        clients = {
            type(client).__name__: sms.mapped("number")
            for client, sms in texts._split_by_api()
        }
        self.assertEqual(
            clients, {"SmsApiSmsapi": ["+48600100200"], "SmsApi": ["+48600100300"]}
        )

    def test_reports_come_to_each_companys_own_address(self):
        self.text()
        self.text(self.other_customer)
        urls = [values["notify_url"] for _token, values in self.smsapi.calls]
        self.assertEqual(
            urls,
            [
                self.company._get_smsapi_report_url(),
                self.other._get_smsapi_report_url(),
            ],
        )
        keys = {url.rpartition("/")[2] for url in urls}
        self.assertEqual(len(keys), 2)
