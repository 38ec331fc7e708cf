from datetime import timedelta

from lxml import html

from odoo.tests import tagged

from ..tools import colours
from .common import ReminderCommon

#: One pixel, for a logo.
PIXEL = (
    b"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAA"
    b"AABJRU5ErkJggg=="
)


@tagged("post_install", "-at_install")
class TestMailLayout(ReminderCommon):
    """How an e-mail looks: the addon's own layout, and those that templates name."""

    def send_mail(self, audience="customer", **values):
        """Send an e-mail about a task that starts at 10:00; return its page."""
        self.send(self.line(audience, "email"), **values)
        [mail] = self.mails
        return html.document_fromstring(mail["body"])

    def get_words(self, page):
        return " ".join(page.find("body").text_content().split())

    # ------------------------------------------------------------------
    # What it says
    # ------------------------------------------------------------------

    def test_e01_date_comes_before_the_letter(self):
        text = self.get_words(self.send_mail())
        self.assertTrue(
            text.startswith("Zielony Dom Tuesday 14 July, 10:00 AM Mow the lawn Dear"),
            text,
        )
        self.assertNotIn("Your Task", text)

    def test_e01_date_in_the_readers_language_and_zone(self):
        self.env["res.lang"]._activate_lang("pl_PL")
        self.customer.lang = "pl_PL"
        text = self.get_words(self.send_mail())
        self.assertIn("Wtorek 14 lipca, 10:00 Mow the lawn", text)
        self.customer.write(
            {"country_id": self.env.ref("base.uk").id, "tz": "Europe/London"}
        )
        text = self.get_words(self.send_mail())
        self.assertIn("Wtorek 14 lipca, 10:00 London Mow the lawn", text)

    def test_e01_date_reads_from_the_readers_side(self):
        """Of “29 Tishrei, 16:30” the month and the time changed places in Hebrew."""
        self.env["res.lang"]._activate_lang("he_IL")
        for lang, direction in (("he_IL", "rtl"), ("en_US", "ltr")):
            self.customer.lang = lang
            page = self.send_mail()
            [date] = page.xpath("//div[span]/..")
            self.assertEqual(date.get("dir"), direction)
            # a letter may be translated or not
            [letter] = page.find_class("r-letter")
            self.assertEqual(letter.get("dir"), "auto")

    def test_e01_a_deadline_comes_before_the_letter_that_reminds_of_it(self):
        """The start stood there, in large letters and above the text part."""
        template = "crm_task_reminder.mail_template_%s_before_end"
        lines = [
            self.line(
                name,
                "email",
                moment="before_end",
                mail_template_id=self.env.ref(template % name).id,
            )
            for name in ("customer", "operator")
        ]
        ends = self.now + timedelta(hours=2)
        self.send(*lines, planned_date_begin=self.now, date_deadline=ends)
        self.assertEqual(len(self.mails), 2)
        for mail in self.mails:
            text = self.get_words(html.document_fromstring(mail["body"]))
            self.assertIn("Tuesday 14 July, 10:00 AM Mow the lawn", text)
            self.assertNotIn("08:00", text)
            self.assertIn("Tue\N{NO-BREAK SPACE}14", mail["body"])
            self.assertRegex(mail["body_alternative"], r"^(Dear|Hello)")

    def test_e01_year_where_it_is_another_one(self):
        task = self.create_task(starts_in=timedelta(days=200))
        other = self.create_task(planned_date_begin=False)
        starts = (task + other).with_context(lang="en_US")._split_reminder_start()
        self.assertEqual(starts.keys(), {task.id}, "the other one has none")
        self.assertEqual(starts[task.id]["day"], "30 January 2027")

    def test_e01_whom_to_ask(self):
        self.company.website = "https://zielonydom.example"
        page = self.send_mail()
        links = {
            link.text_content().strip(): link.get("href") for link in page.iter("a")
        }
        self.assertEqual(
            links,
            {
                "+48221234567": "tel:+48221234567",
                "biuro@zielonydom.example": "mailto:biuro@zielonydom.example",
                "https://zielonydom.example": "https://zielonydom.example",
            },
        )

    def test_e01_logo_for_everybody_or_none(self):
        self.assertFalse(self.send_mail().findall(".//img"))
        self.company.logo = PIXEL
        [logo] = self.send_mail().findall(".//img")
        self.assertEqual(logo.get("alt"), "Zielony Dom")
        self.assertRegex(logo.get("src"), r"^http.*/logo\.png\?company=\d+$")

    def test_e01_powered_by_odoo_only_where_the_company_wants_it(self):
        self.assertNotIn("Odoo", self.get_words(self.send_mail()))
        self.company.reminder_powered_by = True
        self.assertIn("Powered by Odoo", self.get_words(self.send_mail()))

    def test_e01_powered_by_odoo_in_the_reader_s_language(self):
        """Odoo translates no layout that is a whole document."""
        self.company.reminder_powered_by = True
        for lang, words in {
            "pl_PL": "Wspierane przez Odoo",
            "de_DE": "Unterstützt von Odoo",
        }.items():
            self.env["res.lang"]._activate_lang(lang)
            self.customer.lang = lang
            self.assertIn(words, self.get_words(self.send_mail()))

    # ------------------------------------------------------------------
    # How it looks
    # ------------------------------------------------------------------

    def test_e01_one_column_that_fits_a_phone(self):
        page = self.send_mail()
        fixed = [
            element
            for element in page.iter()
            if (element.get("width") or "100%") != "100%"
            or "min-width" in (element.get("style") or "")
        ]
        self.assertEqual(fixed, [])
        for row in page.iter("tr"):
            self.assertEqual(len(row.findall("td")), 1)

    def test_e01_colours_of_the_company_that_can_be_read(self):
        for button, text, ink in (
            ("#2E7D32", "#FFFFFF", "#FFFFFF"),
            ("#FFEB3B", "#FFFFFF", colours.DARK),
            ("#123", "#456", colours.LIGHT),
        ):
            self.company.email_secondary_color = button
            self.company.email_primary_color = text
            page = self.send_mail()
            [head] = page.xpath(f"//td[@bgcolor='{button}']")
            self.assertIn(f"background: {button}; color: {ink};", head.get("style"))

    def test_e01_colour_that_is_none_is_no_style(self):
        self.company.email_secondary_color = "red; display: none"
        page = self.send_mail()
        self.assertFalse(page.xpath("//*[contains(@style, 'display: none')]"))

    def test_e01_dark_screen(self):
        page = self.send_mail()
        styles = " ".join(style.text for style in page.iter("style"))
        self.assertIn("@media (prefers-color-scheme: dark)", styles)
        classes = {name for one in page.iter() for name in one.classes}
        self.assertLessEqual({"r-page", "r-card", "r-letter", "r-name"}, classes)

    # ------------------------------------------------------------------
    # Other layouts
    # ------------------------------------------------------------------

    def test_e01_template_names_another_layout(self):
        template = self.env.ref("crm_task_reminder.mail_template_customer")
        template.email_layout_xmlid = "mail.mail_notification_light"
        self.assertIn("Your Task", self.get_words(self.send_mail()))

    def test_e01_layout_that_is_gone_gives_way_to_our_own(self):
        template = self.env.ref("crm_task_reminder.mail_template_customer")
        for name in ("crm_task_reminder.no_such_layout", "nonsense"):
            template.email_layout_xmlid = name
            self.assertIn("Tuesday 14 July", self.get_words(self.send_mail()))

    def test_e01_preview_shows_the_same_mail(self):
        task = self.create_task(self.line(channel="email"))
        preview = self.env["crm.task.reminder.preview"].create(
            {"reminder_id": task.reminder_ids.id}
        )
        page = html.fragment_fromstring(preview.content, create_parent="div")
        document = html.document_fromstring(page.find(".//iframe").get("srcdoc"))
        self.pass_time(hours=1)
        self.run_service()
        [mail] = self.mails
        self.assertIn(mail["body"].strip()[:-20], page.find(".//iframe").get("srcdoc"))
        self.assertEqual(
            self.get_words(document),
            self.get_words(html.document_fromstring(mail["body"])),
        )
        self.assertIn("Olga Operator (Zielony Dom)", page.text_content())
