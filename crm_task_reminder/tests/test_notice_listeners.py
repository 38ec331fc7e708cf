"""Whom the tab names as those who will be told, before it is so."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from .notice import DAY, NoticeCommon


@tagged("post_install", "-at_install")
class TestNoticeListeners(NoticeCommon):
    """Nobody is named who would not be told."""

    def create_held(self, channel="sms"):
        """Create a task with news that waits for a person, as of many moved at once."""
        lines = [self.all_news(channel=channel) for _task in range(2)]
        tasks = self.env["project.task"].union(
            *(self.create_watched(*own) for own in lines)
        )
        self.tell()
        tasks.write({"planned_date_begin": self.now + 5 * DAY})
        return tasks[0]

    def say(self, task):
        task.invalidate_recordset(["reminder_customer_notice"])
        return task.reminder_customer_notice

    def test_nobody_where_it_has_no_template(self):
        for task, waiting in (
            (self.create_held(), "would go"),
            (self.create_watched(), "goes"),
        ):
            with self.subTest(waiting=waiting):
                self.assertIn("to: Karol Klient", self.say(task))
                task.reminder_customer_ids.sms_template_id = False
                self.assertIn(f"It {waiting} to: nobody.", self.say(task))

    def test_nobody_where_its_form_is_not_set_up(self):
        held = self.create_held(channel="email")
        waiting = self.create_watched(*self.all_news(channel="email"))
        self.assertIn("goes to: Karol Klient", self.say(waiting))
        self.assertIn("would go to: Karol Klient", self.say(held))
        self.company.reminder_mail_server_id = False
        self.assertIn("goes to: nobody.", self.say(waiting))
        self.assertIn("would go to: nobody.", self.say(held))

    def test_nobody_where_the_company_is_off(self):
        held = self.create_held()
        self.company.reminder_enabled = False
        self.assertIn("would go to: nobody.", self.say(held))

    def test_news_is_none_for_who_gets_no_reminders(self):
        """It named the customer, and *Tell now* said that it is on its way."""
        task = self.create_held()
        untold = [("reminder_is_untold", "=", True), ("id", "=", task.id)]
        self.assertTrue(task.search(untold) and task.reminder_is_untold)
        task.reminder_customer_off = True
        self.assertFalse(task.search(untold) or task.reminder_is_untold)
        self.assertFalse(task.reminder_customer_notice)
        with self.assertRaisesRegex(UserError, "nothing new to tell"):
            task.action_tell_reminder_news()
        task.reminder_customer_off = False
        self.assertIn("would go to: Karol Klient", self.say(task))
        self.assertTrue(task.search(untold))
