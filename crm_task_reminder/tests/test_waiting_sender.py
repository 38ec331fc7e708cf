from datetime import timedelta
from unittest.mock import patch

from odoo.tests import tagged

from .common import ReminderCommon


@tagged("post_install", "-at_install")
class TestWaitingSender(ReminderCommon):
    """While a message waits, the company gets another sender or mail account."""

    def queue_email(self):
        """Queue an e-mail that has to wait for the limit; return its row."""
        self.company.reminder_hourly_limit = 1
        email = self.line(channel="email", duration=210, unit="minutes")
        task = self.create_task(
            self.line(duration=4), email, starts_in=timedelta(hours=5)
        )
        for minutes in (60, 30):
            self.pass_time(minutes=minutes)
            self.run_service()
        row = self.rows(task).filtered(lambda row: row.channel == "email")
        self.assertEqual(row.state, "queued")
        self.company.reminder_hourly_limit = 0
        return row

    def run_twice(self):
        """Run the service until what was written anew has left; return all mails."""
        mails, servers = [], set()
        for _run in range(2):
            self.pass_time(minutes=1)
            self.run_service()
            mails += self.mails
            servers |= self.servers
        self.servers = servers
        return mails

    def test_r05_nobody_speaks_who_is_not_the_sender_any_more(self):
        row = self.queue_email()
        task = row.task_id
        self.sender.active = False
        self.company.reminder_user_id = self.assignee
        [mail] = self.run_twice()
        self.assertIn("Adam Assignee", mail["email_from"])
        self.assertEqual((row.state, row.reason), ("skipped", "renewed"))
        sent = self.rows(task).filtered(lambda row: row.state == "sent")
        self.assertEqual(sorted(sent.mapped("channel")), ["email", "sms"])
        self.assertEqual(set(task.reminder_ids.mapped("state")), {"done"})

    def test_r05_sender_changed_between_queue_and_hand_over(self):
        task = self.create_task(self.line(channel="email"))
        self.pass_time(hours=1)
        service = self.registry["crm.task.reminder.hand.over"]
        hand_over = service._hand_over

        def change_and_hand_over(model, company, *args):
            company.reminder_user_id = self.assignee
            company._seal_reminder_sender()
            return hand_over(model, company, *args)

        with patch.object(service, "_hand_over", change_and_hand_over):
            self.run_service()
        self.assertEqual(self.rows(task)[0].reason, "renewed")
        self.assertTrue(
            all("Adam Assignee" in mail["email_from"] for mail in self.mails)
        )

    def test_r05_waiting_sms_is_written_anew_by_another_sender(self):
        task = self.send_while_down()
        self.company.reminder_user_id = self.assignee
        self.run_twice()
        self.assertEqual(len(self.texts), 1)
        last = self.rows(task)[-1]
        self.assertEqual(last.state, "sent")
        self.assertEqual(last.message_id.author_id, self.assignee.partner_id)

    def test_r05_another_sender_may_not_read_what_waits(self):
        row = self.queue_email()
        self.project.privacy_visibility = "followers"
        self.project.message_subscribe(self.sender.partner_id.ids)
        self.company.reminder_user_id = self._create_user("other", "Ola Other")
        self.assertEqual(self.run_twice(), [])
        self.assertEqual(
            self.rows(row.task_id).filtered("reason").mapped("reason"),
            ["renewed", "no_access"],
        )

    def test_r07_waiting_mail_leaves_through_another_account(self):
        self.queue_email()
        self.company.reminder_mail_server_id = self._create_mail_server("New")
        self.mail_server.unlink()
        self.assertEqual(len(self.run_twice()), 1)
        self.assertEqual(self.servers, set(self.company.reminder_mail_server_id.ids))

    def test_r07_sent_again_through_another_account(self):
        row = self.queue_email()
        self.close_row(row, "failed", "refused")
        self.company.reminder_mail_server_id = self._create_mail_server("New")
        row.with_user(self.assignee).action_send_again()
        self.assertEqual(len(self.run_twice()), 1)
        self.assertEqual(self.servers, set(self.company.reminder_mail_server_id.ids))

    def test_b02_waiting_mail_leaves_from_the_senders_present_address(self):
        self.company.alias_domain_id = False
        self.queue_email()
        self.sender.email = "olga@zielonydom.example"
        self.sender.partner_id.name = "Olga Nowa"
        [mail] = self.run_twice()
        for name in ("email_from", "reply_to"):
            self.assertEqual(
                mail[name], '"Olga Nowa (Zielony Dom)" <olga@zielonydom.example>'
            )

    def test_r06_consent_that_ends_in_the_middle_of_a_run(self):
        self.patch_batch_size(1)
        tasks = [self.create_task(self.line()) for _number in range(3)]
        self.pass_time(hours=1)
        service = self.registry["crm.task.reminder.queue"]
        queue_due = service._queue_due

        def queue_and_archive(self_, company, run):
            company.reminder_user_id.active = False
            return queue_due(self_, company, run)

        with patch.object(service, "_queue_due", queue_and_archive):
            self.run_service()
        self.assertEqual(len(self.texts), 1)
        states = [self.rows(task).mapped("state") for task in tasks]
        self.assertEqual(states, [["sent"], [], []])
