from odoo.tests import tagged

from .common import ReminderCommon


@tagged("post_install", "-at_install")
class TestReceipts(ReminderCommon):
    """What the gateway and mail servers report later is found in the log."""

    def _send_one(self, channel):
        """Send one reminder; return its row of the log."""
        row = self.rows(self.send(self.line(channel=channel)))
        self.assertEqual(row.state, "sent")
        return row

    def _report(self, row, status):
        """Report as the SMS provider does, over HTTP."""
        uuid = row.notification_id.sms_tracker_ids.sms_uuid
        self.env.flush_all()
        answer = self.make_jsonrpc_request(
            "/sms/status",
            {"message_statuses": [{"sms_status": status, "uuids": [uuid]}]},
        )
        self.assertEqual(answer, "OK")
        self.env.invalidate_all()

    def test_sms_delivered(self):
        row = self._send_one("sms")
        handed_over_at = row.handed_over_at
        self.pass_time(minutes=1)
        self._report(row, "delivered")
        self.assertEqual((row.state, row.reason), ("delivered", False))
        self.assertEqual(row.handed_over_at, handed_over_at)
        self.assertEqual(row.reminder_id.state, "done")

    def test_receipt_of_a_form_that_is_not_there_any_more(self):
        """Its addon was uninstalled: the log keeps what it knows."""
        row = self._send_one("sms")
        self.env.flush_all()
        query = "UPDATE crm_task_reminder_log SET channel = 'pigeon' WHERE id = %s"
        self.env.cr.execute(query, [row.id])
        self.env.invalidate_all()
        row.notification_id.notification_status = "bounce"
        self.assertEqual((row.state, row.channel), ("sent", "pigeon"))

    def test_c17_late_report_ends_the_doubt(self):
        for reports, state, reason in (
            (["not_delivered"], "failed", "expired"),
            (["expired"], "failed", "expired"),
            (["invalid_destination"], "failed", "invalid_phone"),
            (["sent"], "sent", False),
            (["delivered"], "delivered", False),
            (["delivered", "delivered", "sent"], "delivered", False),
            (["sent", "not_delivered", "not_delivered"], "failed", "expired"),
            (["not_delivered", "delivered"], "delivered", False),
        ):
            with self.subTest(reports=reports):
                row = self._send_one("sms")
                self.close_row(row, "unconfirmed", "no_answer")
                self.assertIn("A receipt may still come", row.doubt_hint)
                for report in reports:
                    self._report(row, report)
                self.assertEqual((row.state, row.reason), (state, reason))
                self.assertFalse(row.doubt_hint)

    def test_c17_email_in_doubt_has_no_receipt_to_wait_for(self):
        row = self._send_one("email")
        self.close_row(row, "unconfirmed", "no_answer")
        self.assertIn("mail server's log", row.doubt_hint)

    def test_sms_not_delivered(self):
        row = self._send_one("sms")
        self._report(row, "not_delivered")
        self.assertEqual((row.state, row.reason), ("failed", "expired"))

    def test_sms_to_a_number_that_does_not_exist(self):
        row = self._send_one("sms")
        self._report(row, "invalid_destination")
        self.assertEqual((row.state, row.reason), ("failed", "invalid_phone"))

    def test_sms_refused_with_a_word_nobody_knows(self):
        row = self._send_one("sms")
        self._report(row, "moon_in_the_way")
        self.assertEqual((row.state, row.reason), ("failed", "error"))
        self.assertIn("moon_in_the_way", row.reason_text)

    def test_failed_sms_is_not_sent_again_by_itself(self):
        row = self._send_one("sms")
        self._report(row, "not_delivered")
        self.run_service()
        self.assertFalse(self.texts)

    def test_gateway_that_takes_its_time(self):
        """The gateway has accepted the message, but says later what came of it."""
        task = self.create_task(self.line())
        self.pass_time(hours=1)
        self.env.flush_all()
        with self.mock_mail_gateway(), self.mockSMSGateway(moderated=True):
            self.cron.with_user(self.cron.user_id).method_direct_trigger()
        self.env.invalidate_all()
        row = self.rows(task)
        self.assertEqual(row.state, "sent")
        self._report(row, "delivered")
        self.assertEqual(row.state, "delivered")

    def test_bounced_email(self):
        row = self._send_one("email")
        row.notification_id.write(
            {
                "notification_status": "bounce",
                "failure_type": "mail_bounce",
                "failure_reason": "mailbox full",
            }
        )
        self.assertEqual((row.state, row.reason), ("failed", "bounced"))
        self.assertEqual(row.reason_text, "The e-mail came back: mailbox full")

    def test_recipients_do_not_write_the_log_through_their_notifications(self):
        task = self.create_task(self.line("operator"))
        self.pass_time(hours=1)
        self.run_service(sms_error="jsonrpc_exception")
        row = self.rows(task)
        notification = row.notification_id.with_user(self.assignee)
        for status in ("sent", "canceled", "exception"):
            notification.notification_status = status
            self.assertEqual(row.state, "queued")

    def test_failure_that_is_discarded_in_the_chatter_stays_in_the_log(self):
        row = self._send_one("sms")
        self._report(row, "not_delivered")
        doubted = self._send_one("email")
        self.close_row(doubted, "unconfirmed", "no_answer")
        self.env.flush_all()
        for rows, kind in ((row, "sms"), (doubted, "email")):
            tasks = self.env["project.task"].with_user(self.sender)
            tasks.notify_cancel_by_type(kind)
            receipt = rows.notification_id.notification_status
            self.assertEqual(receipt, "canceled")
        self.assertEqual((row.state, row.reason), ("failed", "expired"))
        self.assertEqual((doubted.state, doubted.reason), ("unconfirmed", "no_answer"))

    def test_chatter_has_the_receipt(self):
        """Odoo's own icons and dialogues beside the message work."""
        for channel, kind in (("sms", "sms"), ("email", "email")):
            with self.subTest(channel=channel):
                row = self._send_one(channel)
                notification = row.message_id.notification_ids
                self.assertEqual(notification, row.notification_id)
                self.assertEqual(notification.notification_type, kind)
                self.assertEqual(notification.res_partner_id, self.customer)
                self.assertIn(
                    notification.notification_status, ("sent", "pending", "process")
                )

    def test_log_outlives_odoos_receipts(self):
        """Odoo removes them after half a year, and messages with their task."""
        row = self._send_one("sms")
        row.notification_id.unlink()
        row.message_id.unlink()
        self.assertEqual(row.state, "sent")
        self.assertEqual(row.address, "+48600100200")
        self.run_service()
        self.assertFalse(self.texts)
