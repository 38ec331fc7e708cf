from smtplib import SMTPRecipientsRefused
from unittest.mock import patch

from odoo.tests import tagged

from .common import LINK, ReplyCommon

CUSTOMER = "karol@klient.example"
CARETAKER = "caretaker@klient.example"


@tagged("post_install", "-at_install")
class TestCopies(ReplyCommon):
    """Copies of what customers get, without the customers' links."""

    def setUp(self):
        super().setUp()
        self.template = self.env.ref("crm_task_reminder.mail_template_customer")
        self.template.email_cc = CARETAKER

    def send_queued(self):
        """Let Odoo send what is in its own queue; return what the server was given."""
        self.emails.clear()
        with self.mock_smtplib_connection():
            self.env["mail.mail"].process_email_queue()
        return [mail for mail in self.emails if mail["msg_cc"]]

    def find_queued(self):
        return self.env["mail.mail"].search(
            [("state", "=", "outgoing"), ("email_cc", "!=", False)]
        )

    def queue(self):
        """Have a reminder wait for a mail server that is away; return its row."""
        self.mail_server.smtp_port = self._get_unused_port()
        row = self.rows(self.send(self.line(channel="email")))
        self.assertEqual(row.state, "queued")
        return row

    def test_the_customer_has_the_links_and_the_copy_has_none(self):
        task = self.send(self.line(channel="email"))
        [mail] = self.mails
        self.assertFalse(mail["email_cc"])
        [token] = self.get_tokens()
        self.assertIn(f"/a/{token}/stop", mail["headers"]["List-Unsubscribe"])

        [copy] = self.send_queued()
        self.assertEqual(copy["smtp_to_list"], [CARETAKER])
        self.assertIn(CUSTOMER, copy["msg_to"])
        self.assertEqual(copy["msg_cc"], CARETAKER)
        self.assertIn(task.name, copy["message"])
        self.assertEqual(LINK.findall(copy["message"]), [])
        self.assertNotIn("List-Unsubscribe", copy["message"])
        self.assertFalse(self.find_queued(), "it is deleted once it has left")

    def test_the_text_of_a_copy_is_the_letter_without_links(self):
        self.send(self.line(channel="email"))
        queued = self.find_queued()
        [outgoing] = queued._prepare_outgoing_list()
        self.assertEqual(outgoing["body_alternative"], queued.reminder_text)
        self.assertEqual(LINK.findall(queued.reminder_text + queued.body_html), [])
        self.assertIn("Karol", queued.reminder_text)
        # an answer to it goes to the task, as one to the customer's does
        row = self.log.search([("address", "=", CUSTOMER)], limit=1)
        self.assertEqual(queued.references, row.message_id.message_id)
        self.assertEqual(queued.reply_to, row.message_id.reply_to)

    def test_nobody_gets_a_copy_of_what_was_not_accepted(self):
        def refuse(_session, _message, _smtp_from, smtp_to_list):
            raise SMTPRecipientsRefused(dict.fromkeys(smtp_to_list, (550, b"Who?")))

        task = self.create_task(self.line(channel="email"))
        self.pass_time(hours=1)
        with self.mock_smtplib_connection():
            session = type(self.testing_smtp_session)
            with patch.object(session, "send_message", refuse):
                self.cron.method_direct_trigger()
        self.assertEqual(self.rows(task).state, "failed")
        self.assertFalse(self.find_queued())

    def test_what_was_accepted_before_a_crash_is_copied(self):
        row = self.queue()
        self.assertFalse(self.find_queued())
        row._get_channel()._note_accepted(row)
        self.assertEqual(self.find_queued().email_cc, CARETAKER)

    def test_who_wants_no_mails_by_now_gets_no_copy(self):
        self.queue()
        self.env["mail.blacklist"]._add(CARETAKER)
        self.mail_server.smtp_port = self.greeter.server_address[1]
        self.pass_time(minutes=10)
        self.run_service()
        self.assertEqual(len(self.mails), 1)
        self.assertFalse(self.find_queued())

    def test_a_copy_brings_what_is_attached(self):
        self.template.reminder_calendar = True
        self.send(self.line(channel="email"))
        self.assertEqual(self.find_queued().attachment_ids.mapped("name"), ["task.ics"])

    def test_staff_get_theirs_as_before(self):
        template = self.env.ref("crm_task_reminder.mail_template_operator")
        template.email_cc = CARETAKER
        self.send(self.line("operator", "email"))
        self.assertEqual(self.mails[0]["email_cc"], [CARETAKER])
        self.assertFalse(self.find_queued())

    def test_a_preview_tells_of_the_copy_and_a_test_has_none(self):
        task = self.create_task(self.line(channel="email"))
        preview = self.env["crm.task.reminder.preview"].with_user(self.assignee)
        preview = preview.create({"reminder_id": task.reminder_ids.id})
        self.assertIn(CARETAKER, preview.content)
        with self.mock_mail_gateway():
            preview.action_send_test()
        self.assertFalse(self._mails[0]["email_cc"])
        self.assertFalse(self.find_queued())
