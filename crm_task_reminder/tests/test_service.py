from odoo.tests import tagged

from .common import ReminderCommon


@tagged("post_install", "-at_install")
class TestService(ReminderCommon):
    """The way of a reminder from due to sent."""

    def test_r15_service_looks_every_minute(self):
        self.assertTrue(self.cron.active)
        self.assertEqual(self.cron.interval_number, 1)
        self.assertEqual(self.cron.interval_type, "minutes")

    def test_sms_to_customer_leaves_when_due(self):
        task = self.create_task(self.line())
        self.run_service()
        self.assertFalse(self.texts)
        self.assertEqual(task.reminder_ids.state, "scheduled")
        self.pass_time(hours=1)
        self.run_service()
        self.assertEqual([number for number, _text in self.texts], ["+48600100200"])
        self.assertEqual(task.reminder_ids.state, "done")
        self.assertEqual(self.rows(task).state, "sent")

    def test_email_to_operator_leaves_when_due(self):
        task = self.create_task(self.line("operator", "email"))
        self.pass_time(hours=1)
        self.run_service()
        self.assertEqual(len(self.mails), 1)
        self.assertEqual(
            self.mails[0]["email_to"], ['"Adam Assignee" <assignee@zielonydom.example>']
        )
        self.assertIn("Olga Operator", self.mails[0]["email_from"])
        self.assertEqual(self.rows(task).state, "sent", self.rows(task).reason_text)

    def test_r15_each_reminder_once(self):
        task = self.create_task(self.line(), self.line("operator", "email"))
        self.pass_time(hours=1)
        self.run_service()
        self.assertEqual((len(self.mails), len(self.texts)), (1, 1))
        for _run in range(3):
            self.run_service()
            self.assertFalse(self.mails)
            self.assertFalse(self.texts)
        self.assertEqual(len(self.rows(task)), 2)
