from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from .second_way import MAIL, SecondWayCommon


@tagged("post_install", "-at_install")
class TestSecondWayScreen(SecondWayCommon):
    """What a person sees of the second form, before and after."""

    def is_in_the_filter(self, task):
        domain = [("id", "=", task.id), ("reminder_not_sent", "=", True)]
        return bool(self.env["project.task"].search(domain))

    def test_who_got_the_second_form_was_reminded(self):
        self.customer.phone = False
        task = self.send(self.line())
        self.assertFalse(task.reminder_not_sent)
        self.assertFalse(self.is_in_the_filter(task))
        self.customer.phone = "600 100 200"
        failed = self.send_refused()
        self.assertTrue(failed.reminder_not_sent)
        self.assertTrue(self.is_in_the_filter(failed))

    def test_who_got_neither_form_was_not(self):
        self.customer.write({"phone": False, "email": False})
        task = self.send(self.line())
        self.assertTrue(task.reminder_not_sent)
        self.assertTrue(self.is_in_the_filter(task))

    def test_said_beforehand(self):
        self.customer.phone = False
        task = self.create_task(self.line())
        people = self.people(task, "customer")
        self.assertIn(MAIL, people)
        self.assertIn("(No phone number)", people)
        self.assertNotIn("text-danger", people)

    def test_a_landline_typed_as_the_tasks_number_is_told_at_once(self):
        task = self.create_task(self.line()).with_user(self.assignee)
        with Form(task, "project.view_task_form2") as form:
            form.reminder_phone = "22 123 45 67"
            people = self.people(form)
            self.assertIn("A landline takes no SMS", people)
            self.assertIn(MAIL, people)
        self.assertEqual(task.reminder_ids.shown_state, "scheduled")
        self.company.reminder_sms_second_way = False
        self.env.invalidate_all()
        self.assertIn("A landline takes no SMS", self.people(task))
        self.assertNotIn(MAIL, self.people(task))
        self.assertEqual(task.reminder_ids.shown_state, "blocked")
        with self.assertRaisesRegex(UserError, "landline"):
            task.reminder_ids.action_send_now()

    def test_the_preview_shows_the_second_form(self):
        self.customer.phone = False
        task = self.create_task(self.line())
        preview = self.env["crm.task.reminder.preview"].create(
            {"reminder_id": task.reminder_ids.id}
        )
        self.assertIn(MAIL, preview.content)
