from odoo.tests import tagged

from .common import ReminderCommon


@tagged("post_install", "-at_install")
class TestReader(ReminderCommon):
    """Each text is in one language, and a language has one name."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("pl_PL")
        cls.company.partner_id.lang = "pl_PL"

    def test_without_a_language_all_is_english(self):
        """As over the API, which has none unless it is asked for."""
        self.env.user.company_id = self.company
        task = self.create_task(self.line(duration=2))
        line = task.reminder_ids.with_context(lang=False, tz="Europe/Warsaw")
        self.assertEqual(line.display_name, "SMS · 2 hours before")
        self.assertEqual(line.due_text, "Tue 14 Jul, 08:00 AM")
        polish = line.with_context(lang="pl_PL")
        self.assertEqual(polish.display_name, "SMS · 2 godziny przed rozpoczęciem")
        self.assertEqual(polish.due_text, "wt. 14.07, 08:00")

    def test_preview_calls_a_language_as_the_tab_does(self):
        self.customer.lang = "pl_PL"
        task = self.create_task(self.line())
        for lang, name in (("en_US", "Polish"), ("pl_PL", "polski")):
            with self.subTest(lang):
                line = task.reminder_ids.with_context(lang=lang)
                self.assertIn(f"· {name}", line.people)
                previews = self.env["crm.task.reminder.preview"]
                preview = previews.with_context(lang=lang)
                content = preview.create({"reminder_id": line.id}).content
                self.assertIn(f"{name}, Europe/Warsaw", content)

    def test_preview_has_a_text_where_there_is_no_number(self):
        self.customer.phone = False
        for audience in ("customer", "operator"):
            task = self.create_task(self.line(audience), user_ids=False)
            previews = self.env["crm.task.reminder.preview"].with_user(self.assignee)
            preview = previews.create({"reminder_id": task.reminder_ids.id})
            with self.subTest(audience):
                for words in ("alert", "Nobody gets it as things are", "Mow the lawn"):
                    self.assertIn(words, preview.content)
