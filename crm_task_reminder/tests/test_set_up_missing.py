from odoo.tests import tagged

from .common import ReminderCommon


@tagged("post_install", "-at_install")
class TestSetUpMissing(ReminderCommon):
    """Without an e-mail account, SMS or a sender nothing is sent, with a reason."""

    def test_r03_no_email_account(self):
        self.company.reminder_mail_server_id = False
        task = self.send(self.line(channel="email"))
        self.assert_reason(task, "no_account")
        self.assertEqual(task.reminder_ids.state, "skipped")

    def test_r03_archived_email_account(self):
        self.env.cr.execute(
            "UPDATE ir_mail_server SET active = FALSE WHERE id = %s",
            self.mail_server.ids,
        )
        self.mail_server.invalidate_recordset()
        self.assert_reason(self.send(self.line(channel="email")), "no_account")

    def test_r03_no_email_account_does_not_hold_up_sms(self):
        self.company.reminder_mail_server_id = False
        task = self.send(self.line(channel="email"), self.line())
        self.assertFalse(self.mails)
        self.assertEqual(self.numbers, ["+48600100200"])
        self.assertEqual(sorted(self.rows(task).mapped("state")), ["sent", "skipped"])

    def test_r03_no_sms_credit(self):
        task = self.create_task(self.line())
        self.pass_time(hours=1)
        self.run_service(sms_error="credit")
        self.assert_reason(task, "no_credit")
        self.assertEqual(self.rows(task).state, "queued")

    def test_c06_recharged_in_time(self):
        for error, reason in (("credit", "no_credit"), ("unregistered", "sms_account")):
            with self.subTest(reason=reason):
                task = self.create_task(self.line())
                self.pass_time(hours=1)
                self.run_service(sms_error=error)
                row = self.rows(task)
                self.assertEqual((row.state, row.attempt_count), ("queued", 1))
                self.pass_time(minutes=5)
                self.run_service()
                self.assertEqual(len(self.texts), 1)
                self.assertEqual((row.state, row.reason), ("sent", False))

    def test_c06_not_recharged_in_time(self):
        task = self.create_task(self.line())
        for _hour in range(2):
            self.pass_time(hours=1)
            self.run_service(sms_error="credit")
        row = self.rows(task)
        self.assertEqual((row.state, row.reason), ("missed", "started"))
        self.assertIn("Not enough SMS credit", row.detail)

    def test_r03_sms_not_set_up(self):
        task = self.create_task(self.line())
        self.pass_time(hours=1)
        self.run_service(sms_error="unregistered")
        self.assert_reason(task, "sms_account")
        self.assertEqual(self.rows(task).state, "queued")

    def test_r03_gateway_refuses_the_number(self):
        task = self.create_task(self.line())
        self.pass_time(hours=1)
        self.run_service(sms_error="wrong_number_format")
        self.assert_reason(task, "invalid_phone")

    def test_r03_no_sms_does_not_hold_up_email(self):
        self.create_task(self.line(), self.line(channel="email"))
        self.pass_time(hours=1)
        self.run_service(sms_error="credit")
        self.assertEqual(self.addresses, ["karol@klient.example"])

    def _assert_company_stands_still(self, reason):
        task = self.send(self.line(), self.line(channel="email"))
        self.assertFalse(self.mails + self.texts)
        self.assertFalse(self.rows(task))
        troubles = [("operation", "=", "service"), ("company_id", "=", self.company.id)]
        self.assertEqual(self.log.search(troubles).mapped("reason"), [reason])
        self.run_service()
        self.assertEqual(len(self.log.search(troubles)), 1, "logged once, not per run")

    def test_r03_no_sender(self):
        self.company.reminder_user_id = False
        self._assert_company_stands_still("no_operator")

    def test_r03_what_waited_for_a_sender_goes_out_until_the_start(self):
        self.company.reminder_user_id = False
        task = self.send(self.line())
        self.company.reminder_user_id = self.sender
        self.run_service()
        self.assertEqual(self.numbers, ["+48600100200"])
        self.assertEqual(task.reminder_ids.state, "done")
