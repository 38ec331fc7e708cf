"""What the tests of answers by mail have in common."""

from itertools import count

from .common import ReminderCommon

MAIL = """From: {sender}
To: gardens@{domain}
Message-ID: <answer-{number}-{sender}>
In-Reply-To: {message}
References: {message}
Subject: Re: Mow the lawn
{headers}
I shall be late.
"""
#: Of answers: Odoo takes one that it has had already for the same.
NUMBERS = count()


class AnswersCommon(ReminderCommon):
    """Mails that come in as answers to reminders."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.project.alias_name = "gardens"
        cls.domain = cls.project.alias_id.alias_domain_id.name

    def write_answer(self, row, sender, headers=""):
        """Return a mail that answers the message of a row, as it comes in."""
        return MAIL.format(
            number=next(NUMBERS),
            sender=sender,
            domain=self.domain,
            message=row.message_id.message_id,
            headers=headers,
        )

    def answer(self, task, sender, headers="", row=None):
        """Answer the task's only reminder, or another; keep who was notified by mail.

        :param crm.task.reminder.log row: of the message that is answered
        :return mail.message: the answer
        """
        mail = self.write_answer(row or self.rows(task), sender, headers)
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

    def assert_for_the_sender(self, message):
        self.assertTrue(message.is_internal)
        self.assertEqual(message.subtype_id, self.env.ref("mail.mt_note"))
        self.assertIn(self.sender.partner_id, message.notified_partner_ids)
        self.assertNotIn(self.customer, message.notified_partner_ids)
        self.assert_told(self.sender)
