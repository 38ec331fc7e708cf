from odoo.tests import tagged

from ..tools import links
from .common import SmsapiCommon

#: A text, without its links, and with short ones.
LINKS = {
    "See https://a.example/x?b=1.": ("See .", "See [%idzdo:https://a.example/x?b=1%]."),
    "www.a.example: now": (": now", "[%idzdo:www.a.example%]: now"),
    "A (http://a.example) b": ("A () b", "A ([%idzdo:http://a.example%]) b"),
    "https://a.example": ("", "[%idzdo:https://a.example%]"),
    "A https://a.example b\nc": ("A b\nc", "A [%idzdo:https://a.example%] b\nc"),
}


@tagged("post_install", "-at_install")
class TestLinks(SmsapiCommon):
    """Links, which an account may have to leave out, and SMSAPI's commands."""

    def setUp(self):
        super().setUp()
        self.smsapi.refuses_links = True

    def test_links_in_texts(self):
        for text, (without, short) in LINKS.items():
            with self.subTest(text=text):
                self.assertTrue(links.has_link(text))
                self.assertEqual(links.remove(text), without)
                self.assertEqual(links.shorten(text, "pl"), short)
                self.assertFalse(links.has_link(without))
        self.assertFalse(links.has_link("Bring 3 keys, e.g. those of anna@a.example"))
        self.assertEqual(links.shorten("http://a.pl", "com"), "[%goto:http://a.pl%]")

    def test_command_in_a_title_is_no_command(self):
        """Else a customer could have a link sent in the company's name."""
        self.text(body="[%goto:evil.example%] [%1%] Hedge")
        [(_token, values)] = self.smsapi.calls
        self.assertEqual(values["message"], "[ %goto:evil.example%] [ %1%] Hedge")

    def test_refused_link_is_left_out_and_told(self):
        receipt = self.text(body="See http://a.example/x or call")
        self.assertEqual(receipt.notification_status, "pending")
        first, second = (values for _token, values in self.smsapi.calls)
        self.assertEqual(first["message"], "See http://a.example/x or call")
        self.assertEqual(second["message"], "See or call")
        self.assertEqual(first["idx"], second["idx"])
        self.assertFalse(self.company.sms_smsapi_links_refused_at, "not in between")
        self.assertIn("_write_smsapi_links", self.commit())
        self.assertTrue(self.company.sms_smsapi_links_refused_at)

    def test_text_that_is_a_link_alone_fails(self):
        receipt = self.text(body="http://a.example/x")
        self.assertEqual(receipt.failure_type, "sms_rejected")
        self.assertIn("may not send links", receipt.failure_reason)
        self.assertEqual(len(self.smsapi.calls), 1)

    def test_short_link_that_is_refused_is_left_out_as_well(self):
        self.company.sms_smsapi_shorten = True
        self.smsapi.refuses_short_links = True
        receipt = self.text(body="See http://a.example/x or call")
        self.assertEqual(receipt.notification_status, "pending")
        self.assertEqual(
            [values["message"] for _token, values in self.smsapi.calls],
            ["See [%idzdo:http://a.example/x%] or call", "See or call"],
        )
        self.commit()
        self.assertTrue(self.company.sms_smsapi_links_refused_at)

    def test_what_was_refused_is_said_of_the_way_in_which_links_are_sent(self):
        account = self.env["sms.smsapi.account"].create({})

        def is_refused():
            account.invalidate_recordset()  # as who opens the window
            return account.is_shortening_refused

        self.assertFalse(is_refused())
        self.company.sms_smsapi_shorten = True
        self.company.sms_smsapi_links_refused_at = "2026-07-14 06:00:00"
        self.assertTrue(is_refused())
        account.shorten = False
        self.assertFalse(self.company.sms_smsapi_links_refused_at)
        self.assertFalse(is_refused())

    def test_link_that_is_taken_clears_the_remark(self):
        self.company.sms_smsapi_links_refused_at = "2026-07-14 06:00:00"
        self.text(body="See www.a.example")
        self.commit()
        self.assertFalse(self.company.sms_smsapi_links_refused_at)

    def test_smsapi_shortens_where_that_is_set(self):
        self.company.sms_smsapi_shorten = True
        self.text(body="See www.a.example/x, please")
        [(_token, values)] = self.smsapi.calls
        self.assertEqual(values["message"], "See [%idzdo:www.a.example/x%], please")
