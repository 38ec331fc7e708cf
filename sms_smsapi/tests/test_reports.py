import logging

from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from ..controllers.report import MAX_BYTES, MAX_REPORTS
from ..tools.log_filter import REQUESTS, KeyFilter
from .common import SmsapiCommon

SENT, DELIVERED, EXPIRED, UNDELIVERED, REJECTED = 403, 404, 402, 405, 407
ROUTE = "odoo.addons.sms_smsapi"


@tagged("post_install", "-at_install")
class TestReports(SmsapiCommon, HttpCase):
    """What SMSAPI reports is what the receipts say, and nothing else changes."""

    def setUp(self):
        super().setUp()
        self.path = f"/sms_smsapi/report/{self.company.id}"
        self.key = self.company._get_smsapi_key("report")

    def report(self, pairs, path=None, method="POST", **values):
        """Report as SMSAPI does; return the answer.

        :param list pairs: idx, or a receipt, and status of each
        """
        named = [
            (
                pair[0] if isinstance(pair[0], str) else self.get_sms(pair[0]).uuid,
                pair[1],
            )
            for pair in pairs
        ]
        values = {
            "idx": ",".join(idx for idx, _status in named),
            "status": ",".join(str(status) for _idx, status in named),
            "MsgId": "X",
            **values,
        }
        url = self.base_url() + (path or f"{self.path}/{self.key}")
        if method == "GET":
            answer = self.opener.get(url, params=values)
        else:
            answer = self.opener.post(url, data=values)
        self.env.invalidate_all()
        return answer

    def assert_taken(self, answer):
        self.assertEqual((answer.status_code, answer.text), (200, "OK"))

    def test_each_status(self):
        for status, (state, failure) in {
            SENT: ("pending", False),
            410: ("pending", False),
            DELIVERED: ("sent", False),
            EXPIRED: ("exception", "sms_expired"),
            UNDELIVERED: ("exception", "sms_not_delivered"),
            406: ("exception", "sms_not_delivered"),
            REJECTED: ("bounce", "sms_rejected"),
            412: ("bounce", "sms_rejected"),
            401: ("pending", False),
            408: ("pending", False),
            409: ("pending", False),
            411: ("pending", False),
        }.items():
            with self.subTest(status=status):
                receipt = self.text()
                self.assert_taken(self.report([(receipt, status)]))
                self.assertEqual(receipt.notification_status, state)
                self.assertEqual(receipt.failure_type, failure)
                self.assertEqual(bool(receipt.failure_reason), bool(failure))

    @mute_logger(ROUTE)
    def test_unknown_status_changes_nothing(self):
        receipt = self.text()
        for status in ("777", "4O4", "", "4040", "-404"):
            self.assert_taken(self.report([(receipt, status)]))
        self.assertEqual(receipt.notification_status, "pending")

    def test_several_in_one_call(self):
        first, second, third = (self.text() for _number in range(3))
        pairs = [(first, DELIVERED), (second, REJECTED), (third, SENT)]
        self.assert_taken(self.report(pairs))
        states = [one.notification_status for one in (first, second, third)]
        self.assertEqual(states, ["sent", "bounce", "pending"])

    def test_by_get_as_well(self):
        receipt = self.text()
        self.assert_taken(self.report([(receipt, DELIVERED)], method="GET"))
        self.assertEqual(receipt.notification_status, "sent")

    def test_repeated_and_out_of_order(self):
        late_sent, late_failure, recovered = (self.text() for _number in range(3))
        for pairs in (
            [(late_sent, DELIVERED), (late_failure, DELIVERED), (recovered, EXPIRED)],
            [(late_sent, SENT), (late_failure, EXPIRED), (recovered, SENT)],
            [(recovered, EXPIRED)],
        ):
            for _time in range(3):
                self.assert_taken(self.report(pairs))
        self.assertEqual(late_sent.notification_status, "sent")
        self.assertEqual(late_failure.notification_status, "sent")
        self.assertEqual(recovered.notification_status, "exception")
        self.assertEqual(recovered.sms_tracker_ids.sms_smsapi_failures, 1)
        self.report([(recovered, DELIVERED)])
        self.assertEqual(recovered.notification_status, "sent", "it came after all")

    def test_failed_one_is_sent_again_as_another_one(self):
        receipt = self.text()
        sms = self.get_sms(receipt)
        self.report([(receipt, EXPIRED)])
        sms.write({"state": "error", "to_delete": False})
        sms.resend_failed()
        [*_first, (_token, values)] = self.smsapi.calls
        self.assertEqual(values["idx"], f"{sms.uuid}-1", "else SMSAPI would refuse it")
        self.assertEqual(receipt.notification_status, "pending")
        self.report([(sms.uuid, EXPIRED)])
        self.assertEqual(receipt.notification_status, "pending", "of the first attempt")
        self.report([(f"{sms.uuid}-1", DELIVERED)])
        self.assertEqual(receipt.notification_status, "sent")

    def test_report_ends_a_doubt(self):
        self.smsapi.error = (None, None)
        receipt = self.text()
        self.assertEqual(receipt.failure_type, "smsapi_unconfirmed")
        self.report([(receipt, DELIVERED)])
        self.assertEqual(receipt.notification_status, "sent")
        self.assertFalse(receipt.failure_type)
        self.assertTrue(self.get_sms(receipt).to_delete, "nobody sends it again")

    @mute_logger(ROUTE)
    def test_foreign_report_changes_nothing(self):
        other = self.create_company("Wärmewerk", "another")
        receipt = self.text()
        key = other._get_smsapi_key("report")
        path = f"/sms_smsapi/report/{other.id}/{key}"
        self.assert_taken(self.report([(receipt, DELIVERED)], path))
        self.assertEqual(receipt.notification_status, "pending")

    def test_wrong_key_is_refused(self):
        receipt = self.text()
        other = self.create_company("Wärmewerk", "another")
        for path in (
            f"{self.path}/{other._get_smsapi_key('report')}",
            f"{self.path}/{self.key[:-1]}",
            f"{self.path}/żółć",
            f"/sms_smsapi/report/0/{self.key}",
            f"/sms_smsapi/report/987654/{self.key}",
            self.path,
        ):
            with self.subTest(path=path):
                answer = self.report([(receipt, DELIVERED)], path)
                self.assertEqual(answer.status_code, 404)
        self.assertEqual(receipt.notification_status, "pending")

    @mute_logger(ROUTE)
    def test_oversized_and_broken_calls_are_refused(self):
        receipt = self.text()
        many = [(receipt, DELIVERED)] * (MAX_REPORTS + 1)
        self.assertEqual(self.report(many).status_code, 413)
        big = {"MsgId": "X" * (MAX_BYTES + 1)}
        answer = self.report([(receipt, DELIVERED)], **big)
        self.assertEqual(answer.status_code, 413)
        uneven = self.report([(receipt, DELIVERED)], status="404,404")
        self.assertEqual(uneven.status_code, 400)
        self.assertEqual(receipt.notification_status, "pending")

    @mute_logger(ROUTE)
    def test_a_file_is_no_report(self):
        self.env.flush_all()
        for name in ("idx", "status"):
            values = {"idx": "a" * 32, "status": "404"}
            file = {name: ("a.txt", values.pop(name).encode())}
            url = f"{self.base_url()}{self.path}/{self.key}"
            answer = self.opener.post(url, data=values, files=file)
            self.assertEqual(answer.status_code, 400)

    def test_the_key_of_an_address_that_is_not_right_is_not_in_the_log(self):
        filters = logging.getLogger(REQUESTS).filters
        [own] = [one for one in filters if isinstance(one, KeyFilter)]
        for path in ("report/-1", "incoming/x", "/report//5", "Report/5", "report/"):
            record = self.make_record(f"/sms_smsapi/{path}/{self.key}", 404)
            self.assertTrue(own.filter(record))
            self.assertNotIn(self.key, record.getMessage())

    def test_report_before_the_commit_of_its_sms(self):
        uuid = "0123456789abcdef" * 2
        kept = self.env["sms.smsapi.report"]
        for _time in range(2):
            self.assert_taken(self.report([(uuid, SENT), (uuid, DELIVERED)]))
        self.assertEqual(kept.search_count([("uuid", "=", uuid)]), 2)

        # what who sends it commits
        self.patch(type(self.env["sms.sms"]).uuid, "default", lambda _model: uuid)
        receipt = self.text()
        self.assertEqual(receipt.notification_status, "pending")
        self.assertEqual(self.commit(), ["_take_over_about"])
        self.assertEqual(receipt.notification_status, "sent")
        self.assertFalse(kept.search([("uuid", "=", uuid)]))

    def test_sms_without_a_receipt_leaves_nothing(self):
        sms = self.env["sms.sms"].create({"number": "+48600100200", "body": "A"})
        sms.send()
        self.assert_taken(self.report([(sms.uuid, DELIVERED)]))
        self.assertFalse(
            self.env["sms.smsapi.report"].search([("uuid", "=", sms.uuid)])
        )

    def test_report_about_nothing_is_forgotten(self):
        self.report([("f" * 32, DELIVERED)])
        kept = self.env["sms.smsapi.report"].search([("uuid", "=", "f" * 32)])
        self.assertEqual(len(kept), 1)
        self.env.cr.execute(
            "UPDATE sms_smsapi_report SET create_date = create_date - interval '2 days'"
        )
        self.env.invalidate_all()
        kept._gc_reports()
        self.assertFalse(kept.exists())

    def test_ten_thousand_repeated_reports_leave_one_row(self):
        receipt = self.text()
        uuid = self.get_sms(receipt).uuid
        for _time in range(10):
            self.assert_taken(self.report([(uuid, DELIVERED)] * MAX_REPORTS))
        self.assertEqual(receipt.notification_status, "sent")
        self.assertEqual(len(receipt.mail_message_id.notification_ids), 1)
        for _time in range(10):
            self.assert_taken(self.report([("a" * 32, DELIVERED)] * MAX_REPORTS))
        kept = self.env["sms.smsapi.report"].search_count([("uuid", "=", "a" * 32)])
        self.assertEqual(kept, 1)

    def test_key_is_not_in_the_log_of_requests(self):
        filters = logging.getLogger(REQUESTS).filters
        [own] = [one for one in filters if isinstance(one, KeyFilter)]
        lines = {}
        for path in (f"{self.path}/{self.key}?idx=1", "/web?a=1"):
            record = self.make_record(path, 200)
            self.assertTrue(own.filter(record))
            lines[path] = record.getMessage()
        self.assertEqual(
            list(lines.values()),
            [
                f'127.0.0.1 - - "POST {self.path}/***?idx=1 HTTP/1.1" 200',
                '127.0.0.1 - - "POST /web?a=1 HTTP/1.1" 200',
            ],
        )

    def test_a_flood_is_not_in_the_log_of_requests(self):
        for path, code, is_kept in (
            (f"{self.path}/{self.key}", 429, False),
            (f"{self.path}/{self.key}", 404, True),
            ("/web", 429, True),
        ):
            record = self.make_record(path, code)
            self.assertEqual(KeyFilter().filter(record), is_kept)

    @staticmethod
    def make_record(path, code):
        """Return a line of the log of requests."""
        args = (f"POST {path} HTTP/1.1", code)
        return logging.makeLogRecord({"msg": '127.0.0.1 - - "%s" %s', "args": args})
