from odoo.addons.mail.tests.common import mail_new_test_user
from odoo.fields import Command
from odoo.tests import tagged

from .common import ReminderCommon

MAIL = """From: {sender}
To: gardens@{domain}
Message-ID: <answer-{sender}>
In-Reply-To: {message}
References: {message}
Subject: Re: Mow the lawn
{headers}
I shall be late.
"""


@tagged("post_install", "-at_install")
class TestAnswers(ReminderCommon):
    """What is answered to a reminder by mail gets to whom it is for, and no further."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.project.alias_name = "gardens"
        cls.domain = cls.project.alias_id.alias_domain_id.name

    def answer(self, task, sender, headers=""):
        """Answer the task's only reminder; keep who was notified by mail.

        :return mail.message: the answer
        """
        mail = MAIL.format(
            sender=sender,
            domain=self.domain,
            message=self.rows(task).message_id.message_id,
            headers=headers,
        )
        with self.mock_mail_gateway():
            self.env["mail.thread"].message_process("project.task", mail)
            self.told = {
                one for sent in self._mails for one in map(str, sent["email_to"])
            }
        return task.message_ids[0]

    def assert_told(self, *users):
        """Assert that these were told of the answer by mail, and nobody else."""
        emails = {user.email for user in users}
        told = {email for email in emails if any(email in one for one in self.told)}
        self.assertEqual((told, len(self.told)), (emails, len(emails)))

    def assert_for_the_operator(self, task, message):
        self.assertTrue(message.is_internal)
        self.assertEqual(message.subtype_id, self.env.ref("mail.mt_note"))
        self.assertIn(self.operator.partner_id, message.notified_partner_ids)
        self.assertNotIn(self.customer, message.notified_partner_ids)
        self.assert_told(self.operator)

    def test_b01_assignees_answer_is_a_note_for_the_operator(self):
        task = self.send(self.line("operator", "email"))
        task.message_subscribe(self.customer.ids)
        message = self.answer(task, self.assignee.email)
        self.assertEqual(message.author_id, self.assignee.partner_id)
        self.assert_for_the_operator(task, message)

    def test_b01_answer_of_an_assignee_who_does_not_follow(self):
        task = self.send(self.line("operator", "email"))
        task.message_subscribe(self.customer.ids)
        task.message_unsubscribe(self.assignee.partner_id.ids)
        message = self.answer(task, self.assignee.email)
        self.assert_for_the_operator(task, message)

    def test_b01_out_of_office_note_of_an_assignee(self):
        task = self.send(self.line("operator", "email"))
        task.message_subscribe(self.customer.ids)
        headers = "Auto-Submitted: auto-replied\n"
        message = self.answer(task, self.assignee.email, headers)
        self.assert_for_the_operator(task, message)

    def test_b01_answer_of_an_employee_without_a_user(self):
        employee = self.create_employee("Ewa", work_email="ewa@zielonydom.example")
        task = self.send(
            self.line("operator", "email"),
            user_ids=[],
            reminder_employee_ids=[Command.set(employee.ids)],
        )
        task.message_subscribe(self.customer.ids)
        message = self.answer(task, "ewa@zielonydom.example")
        self.assert_for_the_operator(task, message)

    def test_b01_customers_answer_is_for_all_who_follow(self):
        for follows in (False, True):
            with self.subTest(follows=follows):
                task = self.send(self.line(channel="email"))
                if follows:
                    task.message_subscribe(self.customer.ids)
                message = self.answer(task, self.customer.email)
                self.assertFalse(message.is_internal)
                self.assertEqual(message.author_id, self.customer)
                self.assertEqual(message.subtype_id, self.env.ref("mail.mt_comment"))
                self.assertIn(self.assignee.partner_id, message.notified_partner_ids)
                self.assertNotIn(self.customer, message.notified_partner_ids)
                self.env["mail.message"].search(
                    [("message_id", "=", message.message_id)]
                ).message_id = f"<{task.id}>"

    def test_b01_colleague_who_follows_reads_no_staff_answer_by_mail(self):
        task = self.send(self.line("operator", "email"))
        portal = mail_new_test_user(
            self.env,
            login="portal",
            email="portal@klient.example",
            groups="base.group_portal",
        )
        task.message_subscribe((portal + self.assignee).partner_id.ids)
        message = self.answer(task, self.assignee.email)
        self.assert_for_the_operator(task, message)
