from odoo.tests import tagged

from ..tools import codes
from .common import SmsapiCommon

#: SMSAPI's error → how Odoo calls the failure, and a word of what a person can do.
TABLE = {
    7: ("sms_rejected", "Ask SMSAPI to allow it"),
    8: ("unknown", "Tell whoever"),
    11: ("sms_rejected", "Change it"),
    12: ("sms_rejected", "Shorten it"),
    13: ("sms_number_format", "Check it"),
    14: ("sms_acc", "Choose one of the account's names"),
    18: ("unknown", "Tell whoever"),
    19: ("sms_server", "later"),
    20: ("unknown", "Tell whoever"),
    27: ("unknown", "Tell whoever"),
    28: ("unknown", "Tell whoever"),
    52: ("sms_server", "later"),
    57: ("sms_rejected", "Take it off there"),
    59: ("sms_rejected", "Take it off there"),
    70: ("sms_acc", "web.base.url"),
    72: ("unknown", "Tell whoever"),
    74: ("sms_server", "Check the hours"),
    76: ("unknown", "Tell whoever"),
    94: ("sms_rejected", "Ask SMSAPI to allow them"),
    98: ("sms_acc", "Have it unlocked"),
    101: ("sms_acc", "Enter a valid one"),
    102: ("sms_acc", "Enter a valid one"),
    103: ("sms_credit", "Buy some"),
    105: ("sms_acc", "Add it to the addresses"),
    110: ("sms_acc", "Give its token"),
    112: ("sms_country_not_supported", "Ask SMSAPI to allow it"),
    200: ("sms_server", "later"),
    201: ("sms_server", "later"),
    202: ("sms_server", "later"),
    203: ("sms_server", "later"),
    401: ("sms_acc", "Give it those to send SMS"),
    998: ("sms_server", "later"),
    999: ("sms_server", "later"),
}


@tagged("post_install", "-at_install")
class TestCodes(SmsapiCommon):
    """Each error of SMSAPI is a failure that Odoo knows, and says what to do."""

    def test_table_has_every_code(self):
        self.assertEqual(TABLE.keys(), codes.CODES.keys())

    def test_error_of_a_call(self):
        for code, (failure, word) in TABLE.items():
            with self.subTest(code=code):
                self.smsapi.error = (code, "SMSAPI's own words")
                receipt = self.text()
                self.assertEqual(receipt.failure_type, failure)
                self.assertIn(receipt.notification_status, ("exception", "bounce"))
                self.assertIn(word, receipt.failure_reason)
                self.assertEqual(self.get_sms(receipt).state, "error")

    def test_error_of_one_sms(self):
        for code, (failure, word) in TABLE.items():
            with self.subTest(code=code):
                self.smsapi.errors = {"48600100200": code}
                receipt = self.text()
                self.assertEqual(receipt.failure_type, failure)
                self.assertIn(word, receipt.failure_reason)

    def test_sent_before_is_sent(self):
        self.smsapi.error = (53, "Not unique idx")
        receipt = self.text()
        self.assertEqual(receipt.notification_status, "pending")
        self.assertFalse(receipt.failure_type)

    def test_unknown_code_fails_with_its_text(self):
        self.smsapi.error = (4711, "Moon phase")
        with self.assertLogs("odoo.addons.sms_smsapi", "WARNING"):
            receipt = self.text()
        self.assertEqual(receipt.notification_status, "exception")
        self.assertEqual(receipt.failure_type, "unknown")
        self.assertIn("Moon phase", receipt.failure_reason)
        self.assertIn("4711", receipt.failure_reason)
