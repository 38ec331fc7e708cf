from odoo.tests import tagged

from ..tools import gsm
from .common import ReminderCommon

#: Characters that one SMS has room for in the GSM alphabet.
SEGMENT = 160


@tagged("post_install", "-at_install")
class TestSmsText(ReminderCommon):
    """The standard texts fit into one SMS and use no letter that doubles its price."""

    def _assert_one_segment(self, text):
        self.assertLessEqual(set(text), gsm.ALPHABET)
        places = len(text) + sum(letter in gsm.EXTENSION for letter in text)
        self.assertLessEqual(places, SEGMENT, text)

    def test_r10_standard_texts_say_what_is_needed(self):
        self.send(self.line(), self.line("operator"))
        self.assertEqual(len(self.texts), 2)
        for _number, text in self.texts:
            self._assert_one_segment(text)
            for part in (
                "Zielony Dom",
                "Mow the lawn",
                "Tue 14 Jul, 10:00 AM",
                "+48221234567",
            ):
                self.assertIn(part, text)

    def test_questions_go_to_what_the_company_has(self):
        self.company.email = "office@zielony.example"
        for name in ("phone", "email", "name"):
            self.send(self.line())
            _number, text = self.texts[-1]
            self.assertTrue(text.endswith(f"Questions? {self.company[name]}"), text)
            if name != "name":
                self.company[name] = False

    def test_r12_standard_mail_says_what_is_needed(self):
        self.send(self.line(channel="email"), self.line("operator", "email"))
        self.assertEqual(len(self.mails), 2)
        for mail in self.mails:
            self.assertIn("Mow the lawn", mail["subject"])
            for part in (
                "Zielony Dom",
                "Mow the lawn",
                "Tue 14 Jul, 10:00 AM",
                "reply",
            ):
                self.assertIn(part, mail["body"])

    def test_polish_names_cost_one_segment(self):
        self.env["res.lang"]._activate_lang("pl_PL")
        (self.customer + self.assignee.partner_id).write({"lang": "pl_PL"})
        self.company.name = "Źródło Zieleni Józef Gąska"
        self.send(
            self.line(),
            self.line("operator"),
            name="Przegląd kotła i wymiana części",
        )
        self.assertEqual(len(self.texts), 2)
        for _number, text in self.texts:
            self._assert_one_segment(text)
            self.assertIn("Zrodlo Zieleni Jozef Gaska", text)
            self.assertIn("Przeglad kotla i wymiana czesci", text)

    def test_accents_are_kept_when_the_company_wants_them(self):
        self.company.reminder_sms_plain = False
        self.send(self.line(), name="Przegląd kotła")
        self.assertIn("Przegląd kotła", self.texts[0][1])

    def test_d03_what_nobody_sees_costs_nothing_where_accents_are_kept(self):
        self.company.reminder_sms_plain = False
        self.send(self.line(), name="Ka\u0308se\u00ad 10\u00a0000\u200e")
        self.assertIn('"Käse 10 000"', self.texts[0][1])
        self._assert_one_segment(self.texts[0][1])

    def test_letters_of_the_alphabet_are_kept(self):
        self.send(self.line(), name="Käse, Größe, café, señor, 5 €")
        self.assertIn("Käse, Größe, café, señor, 5 €", self.texts[0][1])

    def test_text_that_has_no_plain_form_is_kept(self):
        self.send(self.line(), name="Огляд котла – żółty")
        self.assertIn("Огляд котла – żółty", self.texts[0][1])

    def test_mails_keep_their_accents(self):
        self.send(self.line(channel="email"), name="Przegląd kotła")
        self.assertIn("Przegląd kotła", self.mails[0]["subject"])

    def test_every_polish_letter_has_a_plain_form(self):
        self.assertEqual(gsm.to_plain("ąćęłńóśźż"), "acelnoszz")
        self.assertEqual(gsm.to_plain("ĄĆĘŁŃÓŚŹŻ"), "ACELNOSZZ")

    def test_signs_of_typesetting_have_a_plain_form(self):
        self.assertEqual(gsm.to_plain("„A” – ‘b’…"), "\"A\" - 'b'...")
        self.assertEqual(gsm.to_plain("10\u00a0000\u202fzł"), "10 000 zl")

    def test_d03_a_text_that_nobody_sees_is_no_text(self):
        self.env["sms.template"].browse(self.line()["sms_template_id"]).body = "\u200b"
        self.assert_reason(self.send(self.line()), "template_error")
