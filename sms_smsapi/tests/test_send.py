import socket

from odoo.tests import tagged

from ..models.res_company import ENDPOINT
from .common import TOKEN, SmsapiCommon


@tagged("post_install", "-at_install")
class TestSend(SmsapiCommon):
    """What SMSAPI is given, and what becomes of the SMS."""

    def test_sms_leaves_with_the_companys_name(self):
        names = self.env["sms.smsapi.sender"]
        names._replace_smsapi_names(self.company, ["Zielony Dom"])
        self.company.sms_smsapi_sender_id = names.search(
            [("company_id", "=", self.company.id)]
        )
        receipt = self.text()
        [(token, values)] = self.smsapi.calls
        sms = self.get_sms(receipt)
        self.assertEqual(token, TOKEN)
        self.assertEqual(values["to"], "48600100200")
        self.assertEqual(values["message"], "Do zobaczenia")
        self.assertEqual(values["from"], "Zielony Dom")
        self.assertEqual((values["idx"], values["check_idx"]), (sms.uuid, "1"))
        self.assertEqual(values["encoding"], "utf-8")
        self.assertNotIn("test", values)
        self.assertNotIn("skip_foreign", values)
        self.assertNotIn("max_parts", values)
        self.assertEqual(receipt.notification_status, "pending")
        self.assertTrue(sms.to_delete)
        self.assertEqual(sms.sms_smsapi_id, f"ID{sms.uuid}")

    def test_settings_are_told(self):
        self.company.write(
            {
                "sms_smsapi_is_test": True,
                "sms_smsapi_foreign": False,
                "sms_smsapi_parts": 2,
            }
        )
        self.text()
        [(_token, values)] = self.smsapi.calls
        told = {name: values[name] for name in ("test", "skip_foreign", "max_parts")}
        self.assertEqual(told, {"test": "1", "skip_foreign": "1", "max_parts": "2"})

    def test_foreign_number(self):
        customer = self.create_customer("+4915112345678")
        self.assertEqual(self.text(customer).notification_status, "pending")
        self.company.sms_smsapi_foreign = False
        receipt = self.text(customer)
        self.assertEqual(receipt.failure_type, "sms_country_not_supported")
        self.assertIn("switched off", receipt.failure_reason)
        self.assertEqual(len(self.smsapi.calls), 1)
        self.assertEqual(self.text().notification_status, "pending", "at home")
        self.company.sms_smsapi_region = "com"
        self.assertEqual(self.text().notification_status, "pending", "the company's")
        self.assertEqual(self.text(customer).failure_type, "sms_country_not_supported")

    def test_many_leave_in_one_call(self):
        texts = self.env["sms.sms"].create(
            [
                {"number": f"+48600200{number:03}", "body": f"Text {number % 7}"}
                for number in range(90)
            ]
        )
        texts.send()
        [(_token, values)] = self.smsapi.calls
        self.assertEqual(values["message"], "[%1%]")
        self.assertEqual(set(texts.mapped("state")), {"pending"})

    def test_without_a_token_nothing_is_tried(self):
        self.company.sms_smsapi_token = False
        receipt = self.text()
        self.assertEqual(receipt.failure_type, "sms_acc")
        self.assertIn("its token is missing", receipt.failure_reason)
        self.assertEqual(self.smsapi.calls, [])

    def test_gateway_out_of_reach(self):
        with socket.socket() as unused:
            unused.bind(("127.0.0.1", 0))
            port = unused.getsockname()[1]
        endpoint = f"http://127.0.0.1:{port}"
        self.env["ir.config_parameter"].set_param(ENDPOINT, endpoint)
        receipt = self.text()
        self.assertEqual(receipt.failure_type, "sms_server")
        self.assertIn("could not be reached", receipt.failure_reason)

    def test_no_clear_answer_is_a_failure_of_its_own(self):
        self.smsapi.error = (None, None)  # an answer with nothing in it
        receipt = self.text()
        self.assertEqual(receipt.failure_type, "smsapi_unconfirmed")
        self.assertIn("nobody knows", receipt.failure_reason)
        first = self.get_sms(receipt)
        self.assertEqual(first.failure_type, "smsapi_unconfirmed")

        self.smsapi.error = (53, "Not unique idx")  # it had been taken
        first.resend_failed()
        self.assertEqual(receipt.notification_status, "pending")

    def test_other_provider_is_left_alone(self):
        self.company.sms_provider = "twilio"
        self.assertNotIn("Smsapi", self.company._get_sms_api_class().__name__)
        self.text()
        self.assertEqual(self.smsapi.calls, [])
