from datetime import timedelta

from odoo.tests import tagged

from .common import ReminderCommon

MAIL = "karol@klient.example"


@tagged("post_install", "-at_install")
class TestUndelivered(ReminderCommon):
    """No receipt in 30 minutes: by e-mail. Nobody gets both where it comes first."""

    def setUp(self):
        super().setUp()
        self.company.write(
            {"reminder_sms_second_way": "email", "reminder_sms_receipt_minutes": 30}
        )
        self.task = self.create_task(
            self.line(duration=3), starts_in=timedelta(hours=3)
        )
        self.run_service()
        self.assertEqual(len(self.texts), 1)
        self.row = self.rows(self.task)

    def deliver(self):
        self.row.notification_id.notification_status = "sent"

    def test_by_email_once_the_time_is_over(self):
        self.pass_time(minutes=29, seconds=59)
        self.run_service()
        self.assertFalse(self.mails)
        self.pass_time(seconds=1)
        self.run_service()
        self.assertEqual(self.addresses, [MAIL])
        self.assertEqual((self.row.state, self.row.reason), ("failed", "undelivered"))
        second = self.rows(self.task) - self.row
        self.assertEqual(second.instead_of_text, "SMS: No receipt has come in time")
        for _run in range(3):
            self.pass_time(minutes=30)
            self.run_service()
            self.assertFalse(self.mails + self.texts)

    def test_a_receipt_in_time_keeps_the_email_away(self):
        self.pass_time(minutes=29)
        self.deliver()
        self.pass_time(minutes=2)
        self.run_service()
        self.assertFalse(self.mails)
        self.assertEqual(self.row.state, "delivered")
        self.assertFalse(self.row.receipt_until)

    def test_a_late_receipt_is_only_noted(self):
        self.pass_time(minutes=30)
        self.run_service()
        self.deliver()
        self.run_service()
        self.assertFalse(self.mails + self.texts)
        self.assertEqual(self.row.state, "delivered")
        self.assertEqual((self.rows(self.task) - self.row).state, "sent")

    def test_a_receipt_before_the_email_leaves_stops_it(self):
        self.mail_server.smtp_port = self._get_unused_port()
        self.pass_time(minutes=30)
        self.run_service()
        waiting = self.rows(self.task) - self.row
        self.assertEqual(waiting.state, "queued")
        self.deliver()
        self.mail_server.smtp_port = self.greeter.server_address[1]
        self.pass_time(minutes=5)
        self.run_service()
        self.assertFalse(self.mails)
        self.assertEqual((waiting.state, waiting.reason), ("skipped", "replaced"))

    def test_a_late_failure_brings_no_second_email(self):
        self.pass_time(minutes=30)
        self.run_service()
        self.row.notification_id.write(
            {"notification_status": "bounce", "failure_type": "sms_not_delivered"}
        )
        self.run_service()
        self.assertFalse(self.mails)
        self.assertEqual(self.row.reason, "expired")

    def test_not_for_a_task_that_was_closed_or_moved(self):
        self.task.planned_date_begin += timedelta(days=1)
        self.pass_time(minutes=30)
        self.run_service()
        self.assertFalse(self.mails)
        self.assertEqual(self.row.state, "sent")
        self.assertFalse(self.row.receipt_until)

    def test_whom_a_person_knows_to_have_it_gets_no_email(self):
        self.close_row(self.row, "unconfirmed", "no_answer")
        self.row.action_mark_sent()
        self.pass_time(minutes=30)
        self.run_service()
        self.assertFalse(self.mails)
        self.assertEqual(self.row.state, "sent")

    def test_switched_off_meanwhile_nothing_fails(self):
        self.company.reminder_sms_second_way = False
        self.pass_time(minutes=30)
        self.run_service()
        self.assertFalse(self.mails)
        self.assertEqual(self.row.state, "sent")

    def test_who_has_no_email_has_not_failed(self):
        self.customer.email = False
        self.pass_time(minutes=30)
        self.run_service()
        self.assertFalse(self.mails)
        self.assertEqual(self.row.state, "sent")

    def test_unless_it_is_set_nothing_is_waited_for(self):
        self.company.reminder_sms_receipt_minutes = 0
        task = self.create_task(self.line(), starts_in=timedelta(hours=1))
        self.run_service()
        self.assertFalse(self.rows(task).receipt_until)

    def test_emails_have_no_receipts_to_wait_for(self):
        self.company.reminder_email_second_way = "sms"
        task = self.create_task(
            self.line(channel="email"), starts_in=timedelta(hours=1)
        )
        self.run_service()
        self.assertFalse(self.rows(task).receipt_until)
