import logging

from odoo.addons.crm_task_reminder.tests.common import ReminderCommon
from odoo.addons.crm_task_reminder.tools.incoming import IncomingText
from odoo.tests import HttpCase, tagged

from ..controllers.incoming import ANSWER, MAX_BYTES, MOST_FORGED, forged
from ..models.crm_task_reminder_sms_provider_twilio import INCOMING
from ..tools import signature
from ..tools.log_filter import REQUESTS, FloodFilter

ACCOUNT = "AC" + "0123456789abcdef" * 2
TOKEN = "fedcba9876543210" * 2


@tagged("post_install", "-at_install")
class TestIncoming(ReminderCommon, HttpCase):
    """What customers write comes in from Twilio, signed, and from nobody else."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.set_up(cls.company, ACCOUNT, TOKEN)

    @classmethod
    def set_up(cls, company, account, token):
        company.write(
            {
                "sms_provider": "twilio",
                "sms_twilio_account_sid": account,
                "sms_twilio_auth_token": token,
            }
        )

    @classmethod
    def give_numbers(cls, company, *numbers):
        country = cls.env.ref("base.pl")
        values = {"company_id": company.id, "country_id": country.id}
        cls.env["sms.twilio.number"].create(
            [{**values, "number": number} for number in numbers]
        )

    def setUp(self):
        super().setUp()
        forged.clear()
        self.addCleanup(forged.clear)
        self.taken = []

        def take(_provider, company, text):
            self.taken.append((company.id, text))

        name = "crm.task.reminder.sms.provider.twilio"
        self.provider = self.env[name]
        self.patch(self.env.registry[name], "_receive_text", take)

    def bring(self, company=None, token=TOKEN, sign=None, url=None, **values):
        """Bring a text as Twilio does; return the answer."""
        company = company or self.company
        values = {
            "ToCountry": "PL",
            "MessageSid": "SM1",
            "AccountSid": ACCOUNT,
            "From": "+48600100200",
            "To": "+48221234567",
            "Body": "Tak, będę",
            "NumMedia": "0",
            **values,
        }
        address = self.provider._get_incoming_address(company)
        if sign is None:
            sign = signature.sign(token, url or address, values)
        self.env.flush_all()
        return self.opener.post(
            f"{self.base_url()}{INCOMING}/{company.id}",
            data=values,
            headers={"X-Twilio-Signature": sign},
        )

    def test_signature_is_what_twilio_documents(self):
        """The example of its documentation."""
        values = {
            "CallSid": "CA1234567890ABCDE",
            "Caller": "+14158675309",
            "Digits": "1234",
            "From": "+14158675309",
            "To": "+18005551212",
        }
        url = "https://mycompany.com/myapp.php?foo=1&bar=2"
        right = "RSOYDt4T1cUTdK1PDd93/VVr8B8="
        with self.subTest(url):
            self.assertEqual(signature.sign("12345", url, values), right)
        self.assertTrue(signature.check("12345", url, values, right))
        for token, place, given in (
            ("12346", url, right),
            ("12345", f"{url}3", right),
            ("12345", url, right[:-1]),
            ("12345", url, "żółć"),
            ("", url, right),
            (False, url, right),
        ):
            self.assertFalse(signature.check(token, place, values, given))

    def test_address_is_signed_with_its_port_or_without(self):
        for url, other in (
            ("https://a.example/x", "https://a.example:443/x"),
            ("http://a.example/x", "http://a.example:80/x"),
        ):
            given = signature.sign(TOKEN, other, {})
            self.assertTrue(signature.check(TOKEN, url, {}, given))
            self.assertFalse(signature.check(TOKEN, "https://b.example", {}, given))

    def test_a_signed_text_is_taken_and_answered_as_twilio_expects(self):
        answer = self.bring()
        self.assertEqual((answer.status_code, answer.text), (200, ANSWER))
        self.assertIn("text/xml", answer.headers["Content-Type"])
        text = IncomingText(
            "twilio", "SM1", "+48600100200", "Tak, będę", receiver="+48221234567"
        )
        self.assertEqual(self.taken, [(self.company.id, text)])

    def test_a_forged_one_is_refused(self):
        other = self._create_company("Wärmewerk", "de", "Europe/Berlin")
        self.set_up(other, ACCOUNT[::-1], TOKEN[::-1])
        bare = self._create_company("Bare")
        for options in (
            {"sign": ""},
            {"sign": "żółć".encode()},
            {"sign": signature.sign(TOKEN, "https://a.example", {})},
            {"token": TOKEN[::-1]},
            {"company": other},
            {"company": bare},
            {"company": bare, "sign": signature.sign("", "", {})},
        ):
            with self.subTest(options=options):
                self.assertEqual(self.bring(**options).status_code, 404)
        self.assertEqual(self.bring(other, TOKEN[::-1]).status_code, 200)
        self.assertEqual([company for company, _text in self.taken], [other.id])

    def test_a_flood_of_forged_ones_keeps_no_signed_one_out(self):
        with self.assertLogs("odoo.addons.crm_task_reminder_sms_twilio") as logs:
            codes = [
                self.bring(sign="forged").status_code
                for _number in range(MOST_FORGED + 3)
            ]
        self.assertEqual(codes, [404] * MOST_FORGED + [429] * 3)
        self.assertEqual(len(logs.output), 1)
        self.assertEqual(self.bring().status_code, 200)
        self.assertEqual(len(self.taken), 1)

    def test_a_flood_is_not_in_the_log_of_requests(self):
        filters = logging.getLogger(REQUESTS).filters
        [own] = [one for one in filters if isinstance(one, FloodFilter)]
        for path, code, is_kept in (
            (f"{INCOMING}/1", 429, False),
            (f"{INCOMING}/1", 404, True),
            ("/web", 429, True),
        ):
            record = logging.makeLogRecord(
                {"msg": '"%s" %s', "args": (f"POST {path} HTTP/1.1", code)}
            )
            self.assertEqual(own.filter(record), is_kept)

    def test_a_company_that_can_not_be_is_refused(self):
        for company_id in (0, 2**31, 10**30):
            answer = self.opener.post(f"{self.base_url()}{INCOMING}/{company_id}")
            self.assertEqual(answer.status_code, 404, company_id)

    def test_a_changed_text_is_refused(self):
        url = self.provider._get_incoming_address(self.company)
        sign = signature.sign(TOKEN, url, {"Body": "Nie", "MessageSid": "SM1"})
        self.assertEqual(self.bring(sign=sign).status_code, 404)

    def test_oversized_ones_are_refused(self):
        answer = self.bring(Body="x" * (MAX_BYTES + 1))
        self.assertEqual(answer.status_code, 413)
        self.assertEqual(self.taken, [])

    def test_one_without_a_sender_or_a_name_is_nothing(self):
        for name in ("From", "MessageSid"):
            answer = self.bring(**{name: ""})
            self.assertEqual((answer.status_code, answer.text), (200, ANSWER))
        self.assertEqual(self.taken, [])

    def test_only_by_post(self):
        url = f"{INCOMING}/{self.company.id}"
        self.assertEqual(self.url_open(url).status_code, 405)

    def test_an_sms_from_twilio_can_be_answered(self):
        self.assertTrue(self.provider._can_receive)
        self.assertTrue(self.provider._can_be_answered(self.company))

    def test_a01_companies_with_one_number_share_what_is_written_to_it(self):
        """Twilio brings it to one of them. Those with numbers of their own do not."""
        companies = self.company
        for name, account, token, numbers in (
            ("Same", ACCOUNT, TOKEN, ["+48221234567", "+48229999999"]),
            ("Own number", ACCOUNT, TOKEN, ["+48221111111"]),
            ("Own account", "AC" + "f" * 32, TOKEN, ["+48 22 123 45 67"]),
            ("Pretends", ACCOUNT, TOKEN[::-1], ["+48 22 123 45 67"]),
        ):
            company = self._create_company(name)
            companies |= company
            self.set_up(company, account, token)
            self.give_numbers(company, *numbers)
        self.give_numbers(self.company, "+48 22 123 45 67")
        own, same, *others = companies

        def find(company, receiver=""):
            text = IncomingText("twilio", "SM1", "+48600100200", "", receiver=receiver)
            return self.provider._find_sharing(company, text)

        self.assertEqual(find(own), own | same)
        self.assertEqual(find(same), same | own)
        self.assertEqual(find(same, "+48221234567"), same | own)
        self.assertEqual(find(same, "+48229999999"), same)
        for other in others:
            self.assertEqual(find(other), other)
        own.sms_provider = "iap"
        self.assertEqual(find(same), same)
