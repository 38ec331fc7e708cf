from datetime import timedelta

from odoo.tests import Form, tagged

from ..tools.moments import AFTER_MOMENTS, END_MOMENTS
from .common import ReminderCommon

#: Dates that a line can be counted from, beside before the start.
OTHER_DATES = {*AFTER_MOMENTS, *END_MOMENTS}
AUDIENCES = ("customer", "operator")
#: What is in the texts of an audience, of a task from 10:00 until 11:00.
WORDS = {
    ("customer", "after"): "was to start Tue 14 Jul, 10:00 AM. Not begun",
    ("customer", "before_end"): "due by Tue 14 Jul, 11:00 AM.",
    ("customer", "after_end"): "is done",
    ("operator", "after"): "was to start Tue 14 Jul, 10:00 AM. Has it begun?",
    ("operator", "before_end"): "is due by Tue 14 Jul, 11:00 AM.",
    ("operator", "after_end"): "is over",
}


@tagged("post_install", "-at_install")
class TestAnchorTemplates(ReminderCommon):
    """Each date that a line can be counted from has standard templates of its own."""

    def get_standard(self, audience, moment):
        """Return the standard templates of all forms, in a list."""
        channels = self.env["crm.task.reminder.mixin"]._get_channels().values()
        return [one._get_standard_template(audience, moment) for one in channels]

    def test_each_audience_has_its_own_in_each_form(self):
        found = set()
        for audience in AUDIENCES:
            for moment in {"before", *OTHER_DATES}:
                for template in self.get_standard(audience, moment):
                    self.assertEqual(len(template), 1, (audience, moment))
                    found.add((template._name, template.id))
        self.assertEqual(len(found), len(AUDIENCES) * (len(OTHER_DATES) + 1) * 2)

    def test_the_choice_of_a_date_takes_its_templates(self):
        task = self.create_task(self.line(channel="email"), self.line("operator"))
        for audience in AUDIENCES:
            for moment in OTHER_DATES:
                form = Form(task, "project.view_task_form2")
                lines = form[f"reminder_{audience}_ids"]
                with lines.edit(0) as line:
                    line.moment = moment
                    chosen = [line.sms_template_id, line.mail_template_id]
                self.assertEqual(chosen, self.get_standard(audience, moment))

    def test_what_each_of_them_says(self):
        lines, expected = [], []
        for (audience, moment), words in WORDS.items():
            sms, mail = self.get_standard(audience, moment)
            own = {"sms_template_id": sms.id, "mail_template_id": mail.id}
            if moment in AFTER_MOMENTS:
                own["task_states"] = "both"
            for channel in ("sms", "email"):
                lines.append(self.line(audience, channel, moment=moment, **own))
            expected.append(words)
        end = self.now + timedelta(hours=3)
        self.create_task(*lines, date_deadline=end)
        texts, subjects = [], []
        for _hour in range(4):
            self.pass_time(hours=1)
            self.run_service()
            texts += [text for _number, text in self.texts]
            subjects += [mail["subject"] for mail in self.mails]
        self.assertEqual(len(texts), len(WORDS))
        for words in expected:
            self.assertTrue([text for text in texts if words in text], (words, texts))
        self.assertEqual(
            sorted(subjects),
            [
                "Has it begun? Mow the lawn, Tue 14 Jul, 10:00 AM",
                "Has it begun? Mow the lawn, Tue 14 Jul, 10:00 AM",
                "Reminder: Mow the lawn, due by Tue 14 Jul, 11:00 AM",
                "Thank you: Mow the lawn",
                "Your task is over: Mow the lawn",
                "Your task: Mow the lawn, due by Tue 14 Jul, 11:00 AM",
            ],
        )

    def test_the_deadline_is_told_in_the_readers_zone(self):
        task = self.create_task(date_deadline=self.now + timedelta(hours=3))
        there = task.with_context(tz="America/New_York", lang="en_US")
        self.assertEqual(there.reminder_end, "Tue 14 Jul, 05:00 AM (New York)")
        task.date_deadline = False
        self.assertFalse(there.reminder_end)
