from datetime import timedelta

from odoo.tests import Form, tagged

from ..tools import language
from .common import ReminderCommon


@tagged("post_install", "-at_install")
class TestLineWords(ReminderCommon):
    """A reminder in one sentence: its form, how long before, and when that is."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for code in ("pl_PL", "de_DE"):
            cls.env["res.lang"]._activate_lang(code)

    def name_in(self, lang, duration, unit):
        defaults = self.env["crm.task.reminder.default"].with_context(lang=lang)
        line = self.line(duration=duration, unit=unit)
        return defaults.create({**line, "company_id": self.company.id}).display_name

    def test_e04_counts_agree_with_their_nouns(self):
        for lang, unit, texts in (
            ("en_US", "days", {1: "1 day", 2: "2 days", 5: "5 days"}),
            ("pl_PL", "days", {1: "1 dzień", 2: "2 dni", 5: "5 dni"}),
            ("pl_PL", "hours", {1: "1 godzina", 2: "2 godziny", 5: "5 godzin"}),
            ("pl_PL", "minutes", {22: "22 minuty", 25: "25 minut"}),
            ("de_DE", "weeks", {1: "1 Woche", 2: "2 Wochen"}),
        ):
            for duration, text in texts.items():
                with self.subTest(lang=lang, text=text):
                    self.assertIn(text, self.name_in(lang, duration, unit))

    def test_e04_counts_have_words_in_each_language_of_odoo(self):
        """In Arabic and thirty others it was “1 duration-day before”."""
        codes = self.env["res.lang"].with_context(active_test=False).search([])
        for code in codes.mapped("code"):
            env = self.env(context={"lang": code})
            self.env["res.lang"]._activate_lang(code)
            for units in ("minutes", "hours", "days", "weeks"):
                for number in (1, 2, 5, 22):
                    text = language.count_time(env, number, units)
                    self.assertNotIn("duration", text, code)

    def test_e04_a_tasks_line_is_a_sentence(self):
        task = self.create_task(self.line(unit="days"), starts_in=timedelta(days=9))
        line = task.reminder_ids.with_context(tz="Europe/Warsaw")
        self.assertEqual(line.summary, "SMS · 1 day before · Wed 22 Jul, 08:00 AM")
        self.assertEqual(
            line.with_context(lang="de_DE").summary.rpartition(" · ")[2],
            "Mi. 22.7., 08:00",
        )

    def test_e04_a_line_without_a_time_is_a_sentence_too(self):
        task = self.create_task(self.line(), planned_date_begin=False)
        self.assertEqual(task.reminder_ids.summary, "SMS · 1 hour before")
        defaults = self.company.reminder_default_customer_ids
        self.assertEqual(defaults.summary, "SMS · 1 day before")

    def test_e15_the_year_where_it_is_not_this_one(self):
        task = self.create_task(self.line(), starts_in=timedelta(days=365))
        self.assertIn("2027", task.reminder_ids.due_text)
        self.assertNotIn("2026", self.create_task(self.line()).reminder_ids.due_text)

    # ------------------------------------------------------------------
    # At the start
    # ------------------------------------------------------------------

    def edit(self, task):
        form = Form(task.with_user(self.assignee), "project.view_task_form2")
        return form, form.reminder_customer_ids.edit(0)

    def test_e13_at_the_start_is_a_choice(self):
        task = self.create_task(self.line(duration=3))
        form, line = self.edit(task)
        self.assertEqual(line.timing, "hours")
        line.timing = "start"
        self.assertEqual(line.duration, 0)
        line.save()
        form.save()
        self.assertEqual(task.reminder_ids.duration, 0)
        self.assertEqual(task.reminder_ids.due_at, task.planned_date_begin)
        self.assertIn("at the start", task.reminder_ids.summary)

    def test_e13_another_unit_is_a_time_again(self):
        task = self.create_task(self.line(duration=0))
        form, line = self.edit(task)
        self.assertEqual(line.timing, "start")
        line.timing = "days"
        self.assertEqual((line.duration, line.duration_unit), (1, "days"))
        line.save()
        form.save()
        self.assertEqual(task.reminder_ids.duration_unit, "days")

    def test_e13_over_the_api(self):
        lines = self.create_task(self.line(duration=2)).reminder_ids
        lines.timing = "start"
        self.assertEqual(lines.duration, 0)
        lines.timing = "weeks"
        self.assertEqual((lines.duration, lines.duration_unit), (1, "weeks"))
        lines.write({"duration": 4, "timing": "weeks"})
        self.assertEqual((lines.duration, lines.duration_unit), (4, "weeks"))
