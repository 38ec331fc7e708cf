from smtplib import SMTPRecipientsRefused
from unittest.mock import patch

from odoo.fields import Command
from odoo.tests import Form, tagged

from .window import WindowCommon

CUSTOMER = "karol@klient.example"
BOSS = "boss@klient.example"


@tagged("post_install", "-at_install")
class TestMailCopies(WindowCommon):
    """What a mail template says of Cc, Reply-To and other things of the envelope."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.template = cls.env.ref("crm_task_reminder.mail_template_customer")

    def send_mail(self, **template):
        """Send an e-mail by the template with these values; return its task."""
        self.template.write(template)
        return self.send(self.line(channel="email"))

    def answer(self, answers):
        """Let the mail server refuse addresses: address → code and text."""
        session = type(self.testing_smtp_session)
        send_message = session.send_message

        def refuse(mock, message, smtp_from, smtp_to_list):
            refused = {one: answers[one] for one in smtp_to_list if one in answers}
            if len(refused) == len(smtp_to_list):
                raise SMTPRecipientsRefused(refused)
            send_message(mock, message, smtp_from, smtp_to_list)
            return refused

        return patch.object(session, "send_message", refuse)

    # ------------------------------------------------------------------
    # Cc
    # ------------------------------------------------------------------

    def test_b11_copy_is_a_header_and_no_reminder_of_its_own(self):
        task = self.send_mail(email_cc=f"The Boss <{BOSS}>, {BOSS}")
        [mail] = self.emails
        self.assertEqual(mail["msg_cc"], BOSS)
        self.assertEqual(mail["smtp_to_list"], [CUSTOMER, BOSS])
        self.assertEqual(self.rows(task).mapped("address"), [CUSTOMER])

    def test_b11_copy_by_a_value_of_the_task(self):
        self.send_mail(email_cc="{{ object.user_ids.email }}")
        self.assertEqual(self.emails[0]["msg_cc"], "assignee@zielonydom.example")

    def test_b11_no_copy_to_who_is_reminded(self):
        other = self._create_user("other", "Ola Other", "600 100 202")
        template = self.env.ref("crm_task_reminder.mail_template_operator")
        template.email_cc = f"{other.email}, {BOSS}"
        users = self.assignee + other
        self.send(self.line("operator", "email"), user_ids=[Command.set(users.ids)])
        self.assertEqual(
            sorted(mail["smtp_to_list"] for mail in self.emails),
            [[self.assignee.email, BOSS], [other.email, BOSS]],
        )

    def test_b11_no_copy_to_the_blacklist(self):
        self.env["mail.blacklist"]._add(BOSS)
        self.send_mail(email_cc=BOSS)
        self.assertFalse(self.emails[0]["msg_cc"])

    def test_b11_blacklisted_while_it_waited(self):
        other = "other@klient.example"
        self.template.email_cc = f"{BOSS}, {other}"
        task = self.create_task(self.line(channel="email"))
        self.pass_time(hours=1)
        hand_over = self.registry["crm.task.reminder.hand.over"]
        send = hand_over._send_portion

        def blacklist_and_send(model, *args):
            model.env["mail.blacklist"]._add(BOSS)
            return send(model, *args)

        with patch.object(hand_over, "_send_portion", blacklist_and_send):
            self.run_service()
        self.assertEqual(self.emails[0]["msg_cc"], other)
        self.assertEqual(self.rows(task).state, "sent")

    def test_b11_nonsense_is_no_address(self):
        self.send_mail(email_cc="nobody", reply_to="nobody at all")
        [mail] = self.mails
        self.assertFalse(mail["email_cc"])
        self.assertNotIn("nobody", mail["reply_to"])

    def test_b11_accepted_copy_does_not_make_it_sent(self):
        self.template.email_cc = BOSS
        task = self.create_task(self.line(channel="email"))
        self.pass_time(hours=1)
        with self.mock_smtplib_connection(), self.answer({CUSTOMER: (550, b"Who?")}):
            self.cron.method_direct_trigger()
        row = self.rows(task)
        self.assertEqual((row.state, row.reason), ("failed", "refused"))
        self.assertIn("550 Who?", row.reason_text)

    def test_b11_further_attempt_is_not_for_who_got_the_copy(self):
        self.template.email_cc = BOSS
        task = self.create_task(self.line(channel="email"))
        self.pass_time(hours=1)
        with self.mock_smtplib_connection(), self.answer({CUSTOMER: (451, b"Later")}):
            self.cron.method_direct_trigger()
        self.assertEqual(self.rows(task).state, "queued")
        self.pass_time(minutes=2)
        self.run_service()
        self.assertEqual(self.emails[0]["smtp_to_list"], [CUSTOMER])
        self.assertEqual(self.rows(task).state, "sent")

    def test_b11_refused_copy_does_not_make_it_failed(self):
        self.template.email_cc = BOSS
        task = self.create_task(self.line(channel="email"))
        self.pass_time(hours=1)
        with self.mock_smtplib_connection(), self.answer({BOSS: (550, b"Who?")}):
            self.cron.method_direct_trigger()
        self.assertEqual(self.rows(task).state, "sent")

    def test_b11_value_that_fails_in_the_envelope_is_a_failure(self):
        task = self.send_mail(email_cc="{{ 1 / len(object.description or '') }}")
        self.assert_reason(task, "template_error")

    # ------------------------------------------------------------------
    # Reply-To
    # ------------------------------------------------------------------

    def test_b11_answers_go_where_the_template_says(self):
        self.project.alias_name = "gardens"
        self.send_mail(reply_to="office@zielonydom.example")
        self.assertEqual(self.mails[0]["reply_to"], "office@zielonydom.example")
        self.send_mail(reply_to="{{ object.partner_id.email }}")
        self.assertEqual(self.mails[0]["reply_to"], CUSTOMER)
        self.send_mail(reply_to=False)
        self.assertIn("gardens@", self.mails[0]["reply_to"])

    # ------------------------------------------------------------------
    # What is left out, in words
    # ------------------------------------------------------------------

    def test_b11_what_is_left_out_is_told_where_the_template_is_chosen(self):
        line = self.lines.search(
            [("company_id", "=", self.company.id), ("audience", "=", "customer")]
        )
        line.write({"channel": "email", "mail_template_id": self.template.id})
        self.company.reminder_customer_default = True
        self.assertFalse(line.template_hint, "of the standard template all is used")
        self.assertFalse(self._open().reminder_customer_hint)
        self.template.write({"email_from": "me@zielonydom.example", "email_cc": BOSS})
        self.assertIn("Send From", self._open().reminder_customer_hint)
        self.assertNotIn("Cc", line.template_hint)
        self.assertFalse(self._open().reminder_operator_hint)
        line.channel = "sms"
        self.assertFalse(line.template_hint)

    def test_b11_told_while_the_template_is_being_chosen(self):
        self.template.scheduled_date = "2030-01-01"
        task = self.create_task(self.line(channel="email", mail_template_id=False))
        form = Form(task.reminder_ids, "crm_task_reminder.crm_task_reminder_view_form")
        self.assertFalse(form.template_hint)
        form.mail_template_id = self.template
        self.assertIn("Scheduled Date", form.template_hint)

    def test_b11_preview_tells_the_envelope(self):
        self.template.write({"email_cc": BOSS, "reply_to": "office@zielonydom.example"})
        task = self.create_task(self.line(channel="email"))
        preview = self.env["crm.task.reminder.preview"].with_user(self.assignee)
        content = preview.create({"reminder_id": task.reminder_ids.id}).content
        self.assertIn(BOSS, content)
        self.assertIn("office@zielonydom.example", content)

    def test_b11_test_to_oneself_is_copied_to_nobody(self):
        self.template.email_cc = BOSS
        task = self.create_task(self.line(channel="email"))
        preview = self.env["crm.task.reminder.preview"].with_user(self.assignee)
        preview = preview.create({"reminder_id": task.reminder_ids.id})
        with self.mock_mail_gateway():
            preview.action_send_test()
        self.assertFalse(self._mails[0]["email_cc"])
