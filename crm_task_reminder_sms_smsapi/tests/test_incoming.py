from dataclasses import replace

from odoo.addons.crm_task_reminder.tests.common import ReminderCommon
from odoo.addons.crm_task_reminder.tools.incoming import IncomingText
from odoo.addons.sms_smsapi.tools.incoming import Incoming
from odoo.tests import tagged


@tagged("post_install", "-at_install")
class TestIncoming(ReminderCommon):
    """What customers write reaches who takes answers to reminders."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.sms_provider = "smsapi"
        cls.provider = cls.env["crm.task.reminder.sms.provider"]._find(cls.company)

    def test_a_text_is_given_on_with_its_number_as_reminders_have_it(self):
        taken = []
        self.patch(
            self.env.registry["crm.task.reminder.sms.provider.smsapi"],
            "_receive_text",
            lambda _provider, company, text: taken.append((company, text)),
        )
        text = Incoming("5F0A1B", "48600100200", "48500600700", "Tak", self.now)
        self.company._receive_smsapi(text)
        given = IncomingText(
            "smsapi", "5F0A1B", "+48600100200", "Tak", self.now, "48500600700"
        )
        self.assertEqual(taken, [(self.company, given)])

    def test_without_an_addon_for_answers_nothing_happens(self):
        self.assertTrue(self.provider._can_receive)
        self.assertIn(
            self.company._get_smsapi_key("incoming"),
            self.provider._get_incoming_address(self.company),
        )

    def test_an_sms_from_a_name_can_not_be_answered(self):
        names = self.env["sms.smsapi.sender"]
        for name, can_be_answered in {
            "Zielony": False,
            "2Way": False,
            "48500600700": True,
        }.items():
            sender = names.create({"company_id": self.company.id, "name": name})
            self.company.sms_smsapi_sender_id = sender
            found = self.provider._can_be_answered(self.company)
            self.assertEqual(found, can_be_answered, name)
        self.company.sms_smsapi_sender_id = False
        self.assertFalse(self.provider._can_be_answered(self.company))

    def test_a01_companies_with_one_account_share_what_is_written_to_it(self):
        """SMSAPI brings it to one of them. Those with numbers of their own do not."""
        companies = self.company
        for name, token, sender in (
            ("Same", "one", "48500600700"),
            ("By name", "one", "Zielony"),
            ("Own number", "one", "48500600701"),
            ("Own account", "two", "48500600700"),
        ):
            company = self._create_company(name)
            self.set_up(company, token, sender)
            companies |= company
        self.set_up(self.company, "one", "48500600700")
        own, same, named, numbered, other = companies
        text = IncomingText("smsapi", "5F0A1B", "+48600100200", "Tak")
        to_other = replace(text, receiver="48500600701")

        def find(company, text=text):
            return self.provider._find_sharing(company, text)

        self.assertEqual(find(own), own | same | named)
        self.assertEqual(find(named), named | own | same | numbered)
        self.assertEqual(find(numbered), numbered | named)
        self.assertEqual(find(other), other)
        self.assertEqual(find(own, to_other), own | named | numbered)
        same.sms_provider = "iap"
        own.sms_smsapi_token = named.sms_smsapi_token = False
        self.assertEqual(find(own), own)

    def set_up(self, company, token, sender):
        company.write({"sms_provider": "smsapi", "sms_smsapi_token": token})
        company.sms_smsapi_sender_id = self.env["sms.smsapi.sender"].create(
            {"company_id": company.id, "name": sender}
        )
