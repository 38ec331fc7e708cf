from odoo.addons.crm_task_reminder.tests.notice import DAY, NoticeCommon
from odoo.tests import tagged

from .common import PageCommon


@tagged("post_install", "-at_install")
class TestVoid(NoticeCommon, PageCommon):
    """Who was told otherwise since has not confirmed any more."""

    def setUp(self):
        super().setUp()
        self.task = self.create_watched(told=True)
        self.token = self.get_tokens()[-1]

    def confirm(self):
        self.pass_time(minutes=1)
        return self.answer(self.task)

    def assert_asked_again(self, *parts):
        """Assert that the customer was told, and that all know of no answer."""
        self.assert_told(*parts)
        self.assertFalse(self.task.reminder_answer)
        text = self.get(self.token).text
        self.assertNotIn("You have answered", text)
        self.assertIn("Your answer", text)

    def test_moved_back(self):
        """The customer went on believing in the other date."""
        self.confirm()
        self.task.planned_date_begin += DAY
        self.tell()
        self.assert_told("moved from Fri 17 Jul", "to Sat 18 Jul")
        self.task.planned_date_begin -= DAY
        self.tell()
        self.assert_asked_again("moved from Sat 18 Jul", "to Fri 17 Jul")

    def test_reopened(self):
        """The customer went on believing that it does not take place."""
        for values in ({"state": "1_canceled"}, {"active": False}):
            former = {name: self.task[name] for name in values}
            self.confirm()
            self.task.write(values)
            self.tell()
            self.assert_told("was called off")
            self.task.write(former)
            self.tell()
            self.assert_asked_again("is on Fri 17 Jul")

    def test_what_was_not_told_changes_nothing(self):
        answer = self.confirm()
        for values in (
            {"planned_date_begin": self.task.planned_date_begin + DAY},
            {"state": "1_canceled"},
        ):
            former = {name: self.task[name] for name in values}
            self.task.write(values)
            self.pass_time(minutes=2)
            self.task.write(former)
            self.tell()
            self.assert_silent()
            self.assertEqual(self.task.reminder_answer, "coming")
        self.assertTrue(answer.is_current)

    def test_another_start_was_answered_since(self):
        """Who has confirmed the other date on the phone believes in that."""
        self.confirm()
        start = self.task.planned_date_begin
        self.task.planned_date_begin = start + DAY
        self.pass_time(minutes=1)
        self.task.action_confirm_reminder_by_phone()
        self.task.planned_date_begin = start
        self.assertFalse(self.task.reminder_answer)
        self.task.planned_date_begin = start + DAY
        self.assertEqual(self.task.reminder_answer, "coming")

    def test_moved_back_after_another_start_was_answered(self):
        """Who has confirmed the other date on the phone is told that it moved back."""
        start = self.task.planned_date_begin
        self.task.planned_date_begin = start + DAY
        self.pass_time(minutes=1)
        self.task.action_confirm_reminder_by_phone()
        self.tell()
        self.assert_silent()
        self.task.planned_date_begin = start
        self.tell()
        self.assert_told("moved from Sat 18 Jul", "to Fri 17 Jul")

    def test_who_wants_no_reminders_is_not_named_as_told(self):
        self.task.planned_date_begin += DAY
        self.assertIn("goes to: Karol", self.task.reminder_customer_notice)
        self.post(self.token, "/stop", scope="task")
        self.env.invalidate_all()
        self.assertIn("goes to: nobody", self.task.reminder_customer_notice)
        self.tell()
        self.assert_silent()

    def test_what_was_confirmed_is_no_news_any_more(self):
        """The tab had something to tell, to nobody, and the list a date not told."""
        tasks = self.task | self.create_watched()
        tasks.write({"planned_date_begin": self.task.planned_date_begin + DAY})
        untold = [("reminder_is_untold", "=", True), ("id", "in", tasks.ids)]
        self.assertEqual(tasks.search(untold), tasks)
        self.pass_time(minutes=1)
        self.task.action_confirm_reminder_by_phone()
        self.assertFalse(self.task.reminder_customer_notice)
        self.assertEqual(tasks.search(untold), tasks - self.task)
        self.task.planned_date_begin -= DAY
        self.tell()
        self.assert_told("moved from Sat 18 Jul", "to Fri 17 Jul")

    def test_confirmed_again(self):
        """Somebody is told of it, and it counts."""
        self.test_moved_back()
        count = len(self.task.message_ids)
        self.confirm()
        self.assertEqual(self.task.reminder_answer, "coming")
        self.assertEqual(len(self.task.message_ids), count + 1)
        self.task.planned_date_begin = self.task.planned_date_begin
        self.assertEqual(self.task.reminder_answer, "coming")
