from odoo.fields import Command
from odoo.tests import tagged

from .common import ReminderCommon


@tagged("post_install", "-at_install")
class TestAuthor(ReminderCommon):
    """Reminders are written in the sender's name and with the sender's rights."""

    def test_r05_mails_are_from_the_sender(self):
        self.send(self.line(channel="email"))
        mail = self.mails[0]
        self.assertEqual(
            mail["email_from"],
            '"Olga Operator (Zielony Dom)" <operator@zielonydom.example>',
        )

    def test_r05_sender_is_the_author_in_the_chatter(self):
        task = self.send(self.line(channel="email"), self.line())
        messages = self.rows(task).message_id
        self.assertEqual(len(messages), 2)
        self.assertEqual(messages.author_id, self.sender.partner_id)
        self.assertEqual(messages.create_uid, self.sender)
        self.assertTrue(messages <= task.message_ids)

    def test_r05_sender_who_is_the_assignee_is_reminded_too(self):
        self.send(
            self.line("operator", "email"), user_ids=[Command.set(self.sender.ids)]
        )
        self.assertEqual(self.addresses, ["operator@zielonydom.example"])

    def test_r05_private_project(self):
        self.project.privacy_visibility = "followers"
        task = self.send(self.line(), self.line(channel="email"))
        self.assertFalse(self.mails + self.texts)
        self.assertEqual(self.rows(task).mapped("reason"), ["no_access"] * 2)
        self.assertEqual(set(task.reminder_ids.mapped("state")), {"skipped"})

    def test_r05_private_project_that_the_sender_follows(self):
        self.project.privacy_visibility = "followers"
        self.project.message_subscribe(self.sender.partner_id.ids)
        self.send(self.line())
        self.assertEqual(self.numbers, ["+48600100200"])

    def test_r05_private_task_of_somebody_else(self):
        task = self.send(
            self.line("operator"), project_id=False, company_id=self.company.id
        )
        self.assert_reason(task, "no_access")

    def test_r05_hidden_task_does_not_hold_up_another(self):
        hidden = self.create_task(
            self.line(), project_id=False, company_id=self.company.id
        )
        shown = self.create_task(self.line())
        self.pass_time(hours=1)
        self.run_service()
        self.assertEqual(len(self.texts), 1)
        self.assertEqual(self.rows(hidden).reason, "no_access")
        self.assertEqual(self.rows(shown).state, "sent")

    def test_r05_template_reads_with_the_senders_rights(self):
        """What the sender may not read is not sent, whoever wrote the template."""
        employee = self.create_employee("Ewa", mobile_phone="600 100 203")
        employee.private_phone = "600 999 999"
        template = self.env["sms.template"].create(
            {
                "name": "Curious",
                "model_id": self.env.ref("project.model_project_task").id,
                "body": "Call {{ object.reminder_employee_ids.private_phone }}",
            }
        )
        task = self.send(
            self.line("operator", sms_template_id=template.id),
            user_ids=[],
            reminder_employee_ids=[Command.set(employee.ids)],
        )
        self.assert_reason(task, "template_error")

    def test_r05_answer_goes_to_the_task(self):
        """With an alias domain the answer arrives on the task, else at the sender."""
        self.project.alias_name = "gardens"
        self.send(self.line(channel="email"))
        alias = f"gardens@{self.company.alias_domain_id.name}"
        self.assertIn(alias, self.mails[0]["reply_to"])
        self.project.alias_name = False
        self.company.alias_domain_id = False
        self.send(self.line(channel="email"))
        self.assertIn("operator@zielonydom.example", self.mails[0]["reply_to"])

    def test_mail_asks_other_machines_not_to_answer(self):
        self.send(self.line(channel="email"))
        self.assertEqual(self.mails[0]["headers"]["Auto-Submitted"], "auto-generated")

    def test_customers_do_not_read_what_was_written_to_the_staff(self):
        task = self.send(self.line("operator", "email"))
        self.assertTrue(self.rows(task).message_id.is_internal)
