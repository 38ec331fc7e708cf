from freezegun import freeze_time

from odoo.tests import BaseCase, HttpCase, tagged
from odoo.tools import mute_logger

from ..controllers.caller import refusals
from ..tools.refusals import MOST, Refusals
from .common import SmsapiCommon

LOGGER = "odoo.addons.sms_smsapi.tools.refusals"


@tagged("post_install", "-at_install")
class TestRefusals(BaseCase):
    """Calls with a wrong key are counted by network and minute."""

    def count(self, address, times):
        """Count calls; return how many of them were too many."""
        return sum(self.refusals.are_too_many(address) for _time in range(times))

    def setUp(self):
        super().setUp()
        self.refusals = Refusals()

    def test_each_network_has_its_own_count_in_each_minute(self):
        with freeze_time("2026-07-14 06:00:30") as clock, mute_logger(LOGGER):
            self.assertEqual(self.count("192.0.2.1", MOST), 0)
            self.assertEqual(self.count("192.0.2.1", 5), 5)
            self.assertEqual(self.count("192.0.2.2", MOST), 0)
            clock.tick(29)
            self.assertEqual(self.count("192.0.2.1", 1), 1)
            clock.tick(1)
            self.assertEqual(self.count("192.0.2.1", MOST), 0)

    def test_a_network_of_ipv6_is_one(self):
        with freeze_time("2026-07-14 06:00:30"), mute_logger(LOGGER):
            self.assertEqual(self.count("2001:db8:0:1::1", MOST), 0)
            self.assertEqual(self.count("2001:db8:0:1:ffff::2", 1), 1)
            self.assertEqual(self.count("2001:db8:0:2::1", 1), 0)

    def test_what_is_no_address_is_counted_as_well(self):
        with freeze_time("2026-07-14 06:00:30"), mute_logger(LOGGER):
            self.assertEqual(self.count("", MOST + 1), 1)
            self.assertEqual(self.count("unknown", 1), 0)

    def test_the_log_has_one_line_about_them(self):
        moment = freeze_time("2026-07-14 06:00:30")
        with moment, self.assertLogs(LOGGER, "WARNING") as logs:
            self.count("192.0.2.1", 1000)
        self.assertEqual(len(logs.output), 1)


@tagged("post_install", "-at_install")
class TestFlood(SmsapiCommon, HttpCase):
    """A flood of wrong keys is refused, and nothing of SMSAPI's is lost for it."""

    def setUp(self):
        super().setUp()
        refusals.clear()
        self.addCleanup(refusals.clear)

    @mute_logger(LOGGER)
    def test_only_wrong_keys_are_limited(self):
        receipt = self.text()
        report = self.company._get_smsapi_report_url().partition("/sms_smsapi/")[2]
        url = f"{self.base_url()}/sms_smsapi/{report}"
        wrong = [f"{url[:-4]}beef", f"{url[:-4]}beef".replace("/report/", "/incoming/")]
        # a minute may end meanwhile, and the count with it
        codes = [
            self.opener.post(wrong[number % 2]).status_code
            for number in range(2 * MOST + 1)
        ]
        self.assertEqual(set(codes), {404, 429})
        values = {"idx": self.get_sms(receipt).uuid, "status": "404"}
        self.assertEqual(self.opener.post(url, data=values).text, "OK")
        self.env.invalidate_all()
        self.assertEqual(receipt.notification_status, "sent")
