"""Texts that an addon makes each recipient's own."""

from odoo.fields import Command
from odoo.tests import tagged

from .common import ReminderCommon


@tagged("post_install", "-at_install")
class TestPersonalText(ReminderCommon):
    """A text may be one recipient's own: an extension changes it for each delivery."""

    def _write_names(self, channel, *parts):
        """Let a channel put the recipient's name behind parts of each text."""

        model = self.registry[f"crm.task.reminder.channel.{channel}"]
        original = model._personalise

        def personalise(channel, company, delivery):
            original(channel, company, delivery)
            for part in parts:
                delivery.content[part] += f" ({delivery.recipient.name})"

        self.patch(model, "_personalise", personalise)

    def _create_task(self, channel):
        self.second = self._create_user("second", "Sonia Second", "600 100 202")
        users = self.assignee + self.second
        return self.create_task(
            self.line("operator", channel), user_ids=[Command.set(users.ids)]
        )

    def _assert_preview(self, task):
        previews = self.env["crm.task.reminder.preview"]
        content = previews.create({"reminder_id": task.reminder_ids.id}).content
        self.assertEqual(content.count("<section"), 2)
        for user in (self.assignee, self.second):
            self.assertIn(f"({user.name})", content)

    def test_two_sms_of_one_task(self):
        self._write_names("sms", "body")
        task = self._create_task("sms")
        self._assert_preview(task)
        self.pass_time(hours=1)
        self.run_service()
        texts = dict(self.texts)
        self.assertTrue(texts["+48600100201"].endswith(" (Adam Assignee)"))
        self.assertTrue(texts["+48600100202"].endswith(" (Sonia Second)"))

    def test_two_mails_of_one_task(self):
        self._write_names("email", "subject", "body", "body_html")
        task = self._create_task("email")
        self._assert_preview(task)
        self.pass_time(hours=1)
        self.run_service()
        for user in (self.assignee, self.second):
            [mail] = [one for one in self.mails if user.name in one["email_to"][0]]
            self.assertTrue(mail["subject"].endswith(f" ({user.name})"))
            self.assertEqual(mail["body"].count(f"({user.name})"), 1)
            [row] = self.rows(task).filtered(
                lambda row, user=user: row.partner_id == user.partner_id
            )
            self.assertIn(f"({user.name})", row.message_id.body)


@tagged("post_install", "-at_install")
class TestCompletedText(ReminderCommon):
    """What an extension gives to each message of a batch, and keeps of it."""

    def setUp(self):
        super().setUp()
        queue = self.registry["crm.task.reminder.queue"]
        self.batches = []

        def complete(queue, company, channel, deliveries):
            self.batches.append(len(deliveries))
            for number, delivery in enumerate(deliveries):
                content = delivery.content
                content["body"] += f" [{number}]"
                content["headers"] = {"X-Number": str(number)}
                delivery.row["recipient_name"] = f"number {number}"

        self.patch(queue, "_complete", complete)
        self.second = self._create_user("second", "Sonia Second", "600 100 202")
        users = self.assignee + self.second
        self.users = [Command.set(users.ids)]

    def test_each_sms_and_its_row_have_their_own(self):
        first = self.create_task(self.line("operator"), user_ids=self.users)
        second = self.create_task(self.line("operator"), user_ids=self.users)
        self.pass_time(hours=1)
        self.run_service()
        self.assertEqual(self.batches, [4])
        endings = {text[-4:] for _number, text in self.texts}
        self.assertEqual(endings, {" [0]", " [1]", " [2]", " [3]"})
        for row in self.rows(first) + self.rows(second):
            [number] = row.recipient_name.split()[1:]
            self.assertIn(f"[{number}]", row.message_id.body)

    def test_each_mail_has_its_own_headers(self):
        for _task in range(2):
            self.create_task(self.line("operator", "email"), user_ids=self.users)
        self.pass_time(hours=1)
        self.run_service()
        numbers = {mail["headers"]["X-Number"] for mail in self.mails}
        self.assertEqual(numbers, {"0", "1", "2", "3"})
        for mail in self.mails:
            self.assertEqual(mail["headers"]["Auto-Submitted"], "auto-generated")

    def test_what_is_only_shown_is_not_completed(self):
        task = self.create_task(self.line("operator"), user_ids=self.users)
        previews = self.env["crm.task.reminder.preview"]
        content = previews.create({"reminder_id": task.reminder_ids.id}).content
        self.assertIn("Mow the lawn", content)
        self.assertEqual(self.batches, [])
