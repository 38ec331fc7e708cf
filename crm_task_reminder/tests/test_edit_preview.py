from datetime import timedelta

from odoo.tests import Form, tagged

from .common import ReminderCommon


@tagged("post_install", "-at_install")
class TestEditPreview(ReminderCommon):
    """*Change Reminders* tells beforehand of which tasks what will be sent."""

    def open(self, tasks):
        context = {"active_ids": tasks.ids, "active_model": tasks._name}
        edits = self.env["crm.task.reminder.edit"].with_user(self.assignee)
        return Form(edits.with_context(**context))

    def create_later(self, *lines, **values):
        return self.create_task(*lines, starts_in=timedelta(days=9), **values)

    def test_e19_names_of_tasks_and_number_of_messages(self):
        tasks = self.create_later(name="Lawn") + self.create_later(name="Hedge")
        edit = self.open(tasks)
        for words in ("Lawn, Hedge", "SMS · 1 day before: 2"):
            self.assertIn(words, edit.preview)
        with edit.line_ids.new() as line:
            line.channel = "email"
            line.duration = 2
        self.assertIn("E-mail · 2 days before: 2", edit.preview)

    def test_e19_what_a_task_has_already_is_not_sent_twice(self):
        tasks = self.create_later(self.line(unit="days")) + self.create_later()
        edit = self.open(tasks)
        self.assertIn("SMS · 1 day before: 1", edit.preview)
        edit.operation = "replace"
        self.assertIn("SMS · 1 day before: 2", edit.preview)
        edit.operation = "remove"
        self.assertNotIn("SMS", edit.preview)

    def test_e19_as_the_company_has_it(self):
        self.company.reminder_customer_default = True
        edit = self.open(self.create_later())
        edit.operation = "company"
        self.assertIn("SMS · 1 day before: 1", edit.preview)

    def test_e19_tasks_of_which_nobody_is_reached(self):
        tasks = self.create_later(name="Lawn") + self.create_later(partner_id=False)
        edit = self.open(tasks)
        self.assertIn("Mow the lawn – Nobody to remind", edit.preview)
        self.assertNotIn("Lawn –", edit.preview)

    def test_e19_what_would_not_be_sent_does_not_count(self):
        tasks = self.create_task(name="Soon") + self.create_later(name="Closed")
        tasks += self.create_task(name="Sometime", planned_date_begin=False)
        tasks[1].state = "1_done"
        edit = self.open(tasks)
        self.assertIn("Soon – It was set too late", edit.preview)
        self.assertIn("Closed – The task was closed", edit.preview)
        self.assertIn("Sometime – The task has no start", edit.preview)
        self.assertNotIn("SMS", edit.preview)

    def test_e19_names_are_texts_and_not_too_many(self):
        tasks = self.env["project.task"].union(
            *(self.create_later(name=f"<b>{number}</b>") for number in range(13))
        )
        preview = self.open(tasks).preview
        self.assertIn("&lt;b&gt;9", preview)
        self.assertNotIn("<b>", preview)
        self.assertIn("(+3)", preview)

    def test_e19_the_preview_gives_the_tasks_no_lines(self):
        task = self.create_later()
        edit = self.open(task)
        self.assertIn("SMS", edit.preview)
        self.env.flush_all()
        self.assertFalse(task.reminder_ids)
