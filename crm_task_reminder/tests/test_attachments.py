from odoo.fields import Command
from odoo.tests import tagged

from .common import ReminderCommon


@tagged("post_install", "-at_install")
class TestAttachments(ReminderCommon):
    """What is attached to a mail template leaves with each of its reminders."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.template = cls.env.ref("crm_task_reminder.mail_template_customer")
        cls.plan = cls.env["ir.attachment"].create(
            {
                "name": "How to find us.txt",
                "raw": b"Turn left.",
                "mimetype": "text/plain",
            }
        )
        cls.template.attachment_ids = [Command.link(cls.plan.id)]

    def _preview(self, *reminders):
        task = self.create_task(*reminders)
        model = self.env["crm.task.reminder.preview"].with_user(self.assignee)
        return model.create({"reminder_id": task.reminder_ids.id})

    def _assert_attached(self, mails, count):
        self.assertEqual(len(mails), count)
        for mail in mails:
            self.assertEqual(
                mail["attachments"],
                [("How to find us.txt", b"Turn left.", "text/plain")],
            )

    def test_leaves_with_each_email(self):
        tasks = self.create_task(self.line(channel="email"))
        tasks += self.create_task(self.line(channel="email"))
        self.pass_time(hours=1)
        self.run_service()
        self._assert_attached(self.mails, 2)
        # the chatter shows it, and the template keeps it for the next
        for task in tasks:
            self.assertEqual(self.rows(task).message_id.attachment_ids, self.plan)
        self.assertEqual(self.template.attachment_ids, self.plan)

    def test_leaves_when_it_is_tried_again(self):
        self.create_task(self.line(channel="email"))
        port = self.mail_server.smtp_port
        self.mail_server.smtp_port = self._get_unused_port()
        self.pass_time(hours=1)
        self.run_service()
        self.assertFalse(self.mails)
        self.mail_server.smtp_port = port
        self.pass_time(minutes=2)
        self.run_service()
        self._assert_attached(self.mails, 1)

    def test_other_templates_attach_nothing(self):
        self.send(self.line("operator", channel="email"), user_ids=self.assignee.ids)
        self.assertEqual([mail["attachments"] for mail in self.mails], [[]])

    def test_preview_names_it(self):
        content = self._preview(self.line(channel="email")).content
        self.assertIn("Attachments:", content)
        self.assertIn("How to find us.txt", content)
        self.assertNotIn("Attachments:", self._preview(self.line()).content)

    def test_test_to_oneself_has_it(self):
        preview = self._preview(self.line(channel="email"))
        with self.mock_mail_gateway():
            preview.action_send_test()
        self._assert_attached(self._mails, 1)
