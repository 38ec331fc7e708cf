from odoo.addons.iap.tools import iap_tools
from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .window import WindowCommon

UNREACHABLE = "no answer"


@tagged("post_install", "-at_install")
class TestSmsProvider(WindowCommon):
    """R3: the window says whether SMS can be sent, and asks Odoo for the credit."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.account = cls._create_account(cls.company)

    @classmethod
    def _create_account(cls, company):
        service = cls.env.ref("sms.iap_service_sms")
        return cls.env["iap.account"].create(
            {"service_id": service.id, "company_ids": [Command.set(company.ids)]}
        )

    def setUp(self):
        super().setUp()
        self.credit = 500
        self.asked = []  # with which tokens
        self.patch(iap_tools, "iap_jsonrpc", self._answer)

    def _answer(self, url, params=None, **_kwargs):
        """Take the place of Odoo's server."""
        self.assertTrue(url.endswith("/iap/1/balance"), url)
        self.assertEqual(params["service_name"], "sms")
        self.asked.append(params["account_token"])
        if self.credit == UNREACHABLE:
            raise AccessError(url)
        return self.credit

    def _ask(self, credit=500):
        """Return whether SMS can be sent, and the words for it."""
        self.credit = credit
        answer = self.window.get_sms_status()
        self.assertEqual(answer.keys(), {"is_ready", "status"})
        return answer["is_ready"], answer["status"]

    def _fail(self, sms_error):
        self.create_task(self.line())
        self.pass_time(hours=1)
        self.run_service(sms_error=sms_error)

    # ------------------------------------------------------------------
    # The credit
    # ------------------------------------------------------------------

    def test_r03_opening_the_window_asks_nobody(self):
        window = Form(self.window)
        self.assertTrue(window.reminder_sms_ready)
        self.assertEqual(
            window.reminder_sms_status,
            "SMS are sent through Odoo and paid with its credit.",
        )
        self.assertFalse(self.asked)

    def test_r03_credit_left(self):
        for credit, words in [(1500, "1,500"), (1500.0, "1,500"), (0.75, "0.75")]:
            with self.subTest(credit=credit):
                expected = f"SMS are sent through Odoo. Credit left: {words}."
                self.assertEqual(self._ask(credit), (True, expected))

    def test_r03_no_credit_left(self):
        expected = "No SMS can be sent: there is no SMS credit left."
        self.assertEqual(self._ask(0), (False, expected))

    def test_r03_no_registered_account(self):
        self.account.state = "unregistered"
        expected = "No SMS can be sent: no SMS account is registered at Odoo yet."
        self.assertEqual(self._ask(0), (False, expected))

    def test_r03_odoo_not_reached_is_not_the_companys_fault(self):
        is_ready, status = self._ask(UNREACHABLE)
        self.assertTrue(is_ready)
        self.assertIn("paid with its credit", status)
        self.assertIn("could not be reached", status)
        self._fail("credit")
        is_ready, status = self._ask(UNREACHABLE)
        self.assertFalse(is_ready, "what is known counts")
        self.assertIn("Not enough SMS credit", status)

    def test_r03_credit_after_an_sms_failed_for_want_of_it(self):
        self._fail("credit")
        is_ready, status = self._ask(500)
        self.assertTrue(is_ready)
        self.assertIn("Credit left: 500.", status)
        self.assertIn("The last one was not sent. Not enough SMS credit", status)

    def test_r03_credit_does_not_make_up_for_an_account_that_is_refused(self):
        self._fail("unregistered")
        is_ready, status = self._ask(500)
        self.assertFalse(is_ready)
        self.assertIn("The last one was not sent. No SMS account", status)

    def test_r03_credit_as_the_reader_writes_it(self):
        self.env["res.lang"]._activate_lang("pl_PL")
        self.manager.lang = "pl_PL"
        self.window = self.window.with_context(lang="pl_PL")
        self.assertIn("0,75", self._ask(0.75)[1])

    def test_r03_account_that_is_asked_is_the_one_that_pays(self):
        theirs = self._create_account(self.other)
        self.manager.company_ids += self.other
        provider = self.env["crm.task.reminder.sms.provider"]
        for company, account in [(self.company, self.account), (self.other, theirs)]:
            with self.subTest(company=company.name):
                both = company + (self.company + self.other - company)
                self.asked.clear()
                self.window.with_context(allowed_company_ids=both.ids).get_sms_status()
                self.assertEqual(self.asked, [account.account_token])
                provider = provider.with_context(allowed_company_ids=both[::-1].ids)
                client = provider._find(company)._get_client(company)
                self.assertEqual(client.account, account)

    # ------------------------------------------------------------------
    # Rights
    # ------------------------------------------------------------------

    def test_nobody_else_asks(self):
        groups = ("project.group_project_manager", "sales_team.group_sale_salesman")
        users = self.assignee
        for group in groups:
            users += self._create_user(group.partition(".")[2], group, groups=group)
        for user in users:
            with self.subTest(user=user.name), self.assertRaises(AccessError):
                self.window.with_user(user).get_sms_status()
        self.assertFalse(self.asked)

    def test_manager_does_not_ask_for_other_companies(self):
        elsewhere = self.window.with_context(allowed_company_ids=self.other.ids)
        with self.assertRaises(AccessError):
            elsewhere.get_sms_status()
        self.assertFalse(self.asked)

    def test_what_customers_write_is_nothing_to_a_provider_that_brings_none(self):
        provider = self.env["crm.task.reminder.sms.provider"]._find(self.company)
        self.assertFalse(provider._can_receive)
        self.assertFalse(provider._can_be_answered(self.company))
        self.assertEqual(provider._get_incoming_address(self.company), "")
