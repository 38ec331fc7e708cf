from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from .common import TextCommon


@tagged("post_install", "-at_install")
class TestHint(TextCommon):
    """An SMS says how to answer where the company takes answers, and only there."""

    def setUp(self):
        super().setUp()
        self.provider = self.env["crm.task.reminder.channel.sms"]._get_provider(
            self.company
        )

    def take_answers(self, **values):
        """Let the provider bring what customers write."""
        self.patch(type(self.provider), "_can_receive", True)
        self.patch(
            type(self.provider), "_can_be_answered", lambda _self, _company: True
        )
        self.company.write({"reminder_sms_answers": True, **values})

    def test_nothing_is_promised_that_does_not_work(self):
        self.company.reminder_sms_answers = True
        task = self.send(self.line())
        self.assertNotIn("YES", self.texts[0][1])
        self.assertFalse(task.reminder_reply_hint)

    def test_it_stands_before_the_link(self):
        self.take_answers()
        self.send(self.line())
        self.assertIn("Reply YES or NO. Answer: https://", self.texts[0][1])

    def test_a_number_where_the_sender_is_a_name(self):
        self.take_answers(reminder_sms_answer_number="500 600 700")
        self.patch(
            type(self.provider), "_can_be_answered", lambda _self, _company: False
        )
        self.send(self.line())
        self.assertIn("Text YES or NO to 500 600 700.", self.texts[0][1])
        self.company.reminder_sms_answer_number = False
        self.assertFalse(self.company._takes_reminder_answers())

    def test_e14_a_number_that_nobody_can_text_to_is_refused(self):
        """Customers were asked to text to “ZielonyDom”, or to a face."""
        self.take_answers()
        for number in (
            "ZielonyDom",
            "😀",
            "+",
            "12",
            "500 600 700 ext. 5",
            "1, 2",
            " ",
        ):
            with self.assertRaises(ValidationError, msg=number):
                self.company.reminder_sms_answer_number = number
        mark = "\N{LEFT-TO-RIGHT EMBEDDING}"
        for number in ("+48 500-600-700", "7512", "(022) 555.01/10", f"{mark}500 600"):
            self.company.reminder_sms_answer_number = number
            self.assertIn(number, self.company._get_reminder_reply_hint())

    def test_it_is_as_polite_as_the_rest_in_polish(self):
        """The SMS asks with “prosimy” for a call, so it does not say “odpisz”."""
        self.env["res.lang"]._activate_lang("pl_PL")
        company = self.company.with_context(lang="pl_PL")
        self.take_answers()
        hints = [company._get_reminder_reply_hint()]
        self.company.reminder_sms_answer_number = "500 600 700"
        hints.append(company._get_reminder_reply_hint())
        for hint in hints:
            self.assertRegex(hint, "^Prosimy .* TAK lub NIE")
        self.assertIn("500 600 700", hints[1])

    def test_it_costs_no_further_sms(self):
        self.take_answers()
        self.send(self.line(), name="x" * 50)
        self.assertNotIn("YES", self.texts[0][1])
        self.assertIn("/a/", self.texts[0][1])

    def test_a_template_says_it_where_it_wants(self):
        self.take_answers()
        template = self.env["sms.template"].create(
            {
                "name": "Short",
                "model_id": self.env.ref("project.model_project_task").id,
                "body": "{{ object.reminder_reply_hint }} {{ object.reminder_start }}",
            }
        )
        self.send(self.line(sms_template_id=template.id))
        self.assertTrue(self.texts[0][1].startswith("Reply YES or NO. Tue"))
        self.assertEqual(self.texts[0][1].count("YES"), 1)

    def test_staff_is_not_told(self):
        self.take_answers()
        self.send(self.line("operator"))
        self.assertNotIn("YES", self.texts[0][1])

    def test_the_window_says_whether_customers_can_answer(self):
        settings = self.env["crm.task.reminder.settings"]
        window = settings.new({"company_id": self.company.id})
        self.assertFalse(window.reminder_sms_can_receive)
        self.take_answers()
        window = settings.new({"company_id": self.company.id})
        self.assertTrue(window.reminder_sms_can_receive)
        self.assertTrue(window.reminder_sms_can_be_answered)

    def test_the_address_for_incoming_sms_is_the_administrators(self):
        manager = self._create_user("sm", "Mia", groups="sales_team.group_sale_manager")
        with self.assertRaises(AccessError):
            self.company.with_user(manager).read(["reminder_sms_incoming_address"])
        window = self.env["crm.task.reminder.settings"].with_user(manager)
        self.assertNotIn("reminder_sms_incoming_address", window.fields_get())
