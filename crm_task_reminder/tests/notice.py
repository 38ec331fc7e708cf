"""What the tests of news have in common."""

from datetime import timedelta

from ..tools.moments import NEWS_MOMENTS
from .common import ReminderCommon

DAY = timedelta(days=1)


class NoticeCommon(ReminderCommon):
    """Tasks whose customer is told by SMS when a date is set, moved or called off."""

    def news(self, moment, audience="customer", channel="sms", **values):
        """Return the values of a line for news, with its standard template."""
        return self.line(
            audience,
            channel,
            moment=moment,
            **{
                f"{name}_template_id": self.env.ref(
                    f"crm_task_reminder.{name}_template_{audience}_{moment}"
                ).id
                for name in ("sms", "mail")
            },
            **values,
        )

    def all_news(self, audience="customer", channel="sms"):
        return [self.news(moment, audience, channel) for moment in NEWS_MOMENTS]

    def create_watched(self, *lines, starts_in=3 * DAY, told=False, **values):
        """Create a task with lines for all news, or those given; then set its start.

        :param timedelta | None starts_in: when it is; None: it stays without
        :param bool told: whether the customer has been told that start
        """
        lines = lines or self.all_news()
        task = self.create_task(*lines, planned_date_begin=False, **values)
        if starts_in is not None:
            task.planned_date_begin = self.now + starts_in
        if told:
            self.tell()
            self.assertEqual(len(self.texts), 1)
        return task

    def tell(self, minutes=5):
        """Let the time pass that news waits, and run the service."""
        self.pass_time(minutes=minutes)
        self.run_service()

    def notice(self, task, audience="customer"):
        return task.reminder_notice_ids.filtered(
            lambda notice: notice.audience == audience
        )

    def assert_told(self, *parts):
        """Assert that one SMS left, and what it says."""
        self.assertEqual(len(self.texts), 1, self.texts)
        for part in parts:
            self.assertIn(part, self.texts[0][1])

    def assert_silent(self):
        self.assertFalse(self.texts + self.mails)
