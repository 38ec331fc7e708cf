import logging
from datetime import datetime

from odoo.tests import HttpCase, tagged

from ..controllers.report import MAX_BYTES
from ..models.res_company import ResCompany
from ..tools import incoming
from ..tools.log_filter import REQUESTS, KeyFilter
from .common import SmsapiCommon


@tagged("post_install", "-at_install")
class TestIncoming(SmsapiCommon, HttpCase):
    """What customers write comes to who takes it, from SMSAPI and from nobody else."""

    def setUp(self):
        super().setUp()
        self.path = f"/sms_smsapi/incoming/{self.company.id}"
        self.key = self.company._get_smsapi_key("incoming")
        self.taken = []

        def take(company, text):
            self.taken.append((company.id, text))

        self.patch(self.env.registry["res.company"], "_receive_smsapi", take)

    def bring(self, path=None, method="POST", **values):
        values = {
            "sms_from": "48600100200",
            "sms_to": "48500600700",
            "sms_text": "Tak, będę",
            "sms_date": "1784012400",
            "MsgId": "5F0A1B",
            "username": "zielony",
            **values,
        }
        url = self.base_url() + (path or f"{self.path}/{self.key}")
        if method == "GET":
            return self.opener.get(url, params=values)
        return self.opener.post(url, data=values)

    def test_a_text_comes_in_both_ways(self):
        for method in ("POST", "GET"):
            answer = self.bring(method=method)
            self.assertEqual((answer.status_code, answer.text), (200, "OK"))
        sent_at = datetime(2026, 7, 14, 7, 0)
        text = incoming.Incoming(
            "5F0A1B", "48600100200", "48500600700", "Tak, będę", sent_at
        )
        self.assertEqual(self.taken, [(self.company.id, text)] * 2)

    def test_its_address_is_what_the_company_gives_away(self):
        url = self.company._get_smsapi_incoming_url()
        self.assertTrue(url.endswith(f"{self.path}/{self.key}"))
        self.assertNotEqual(self.key, self.company._get_smsapi_key("report"))

    def test_wrong_keys_are_refused(self):
        other = self.create_company("Wärmewerk", "another")
        for path in (
            f"{self.path}/{other._get_smsapi_key('incoming')}",
            f"{self.path}/{self.company._get_smsapi_key('report')}",
            f"{self.path}/{self.key[:-1]}",
            f"{self.path}/żółć",
            f"/sms_smsapi/incoming/0/{self.key}",
            f"/sms_smsapi/incoming/987654/{self.key}",
            self.path,
        ):
            with self.subTest(path=path):
                self.assertEqual(self.bring(path).status_code, 404)
        self.assertEqual(self.taken, [])

    def test_oversized_calls_are_refused(self):
        answer = self.bring(sms_text="x" * (MAX_BYTES + 1))
        self.assertEqual(answer.status_code, 413)
        self.assertEqual(self.taken, [])

    def test_nobody_s_text_is_nobody_s(self):
        answer = self.bring(sms_from="")
        self.assertEqual((answer.status_code, answer.text), (200, "OK"))
        self.assertEqual(self.taken, [])

    def test_what_has_no_name_is_named_by_what_it_says(self):
        for _time in range(2):
            self.bring(MsgId="")
        self.bring(MsgId="", sms_text="Nie")
        first, second, third = [text.ident for _company, text in self.taken]
        self.assertEqual(first, second)
        self.assertNotEqual(first, third)
        self.bring(MsgId="x" * 10_000)
        self.assertEqual(len(self.taken[-1][1].ident), 64)

    def test_a_file_is_no_text(self):
        self.env.flush_all()
        url = f"{self.base_url()}{self.path}/{self.key}"
        answer = self.opener.post(
            url,
            data={"sms_from": "48600100200"},
            files={"sms_text": ("a.txt", b"TAK"), "MsgId": ("b.txt", b"M1")},
        )
        self.assertEqual((answer.status_code, answer.text), (200, "OK"))
        [(_company, text)] = self.taken
        self.assertEqual((text.body, text.sender), ("", "48600100200"))
        self.assertEqual(len(text.ident), 64)

    def test_odd_dates_are_none(self):
        first_year = "-62135596800"
        for date in ("", "never", "-1" * 40, "9" * 30, "1784012400.5", "0", first_year):
            self.assertIsNone(incoming.read({"sms_date": date}).sent_at, date)

    def test_key_is_not_in_the_log_of_requests(self):
        [own] = [
            one
            for one in logging.getLogger(REQUESTS).filters
            if isinstance(one, KeyFilter)
        ]
        record = logging.makeLogRecord(
            {"msg": '"%s" %s', "args": (f"POST {self.path}/{self.key} HTTP/1.1", 200)}
        )
        self.assertTrue(own.filter(record))
        self.assertEqual(record.getMessage(), f'"POST {self.path}/*** HTTP/1.1" 200')


@tagged("post_install", "-at_install")
class TestIncomingAlone(SmsapiCommon, HttpCase):
    """Where no addon takes them, they are answered and forgotten."""

    def test_sms_smsapi_takes_none_itself(self):
        text = incoming.read({"sms_from": "48600100200", "sms_text": "Tak"})
        self.assertIsNone(ResCompany._receive_smsapi(self.company, text))
