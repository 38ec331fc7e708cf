"""What the tests of quiet hours have in common."""

from datetime import datetime, timedelta

from .window import WindowCommon

#: In Warsaw it is two hours later than UTC in July. NOW is Tuesday, 14 July, 8:00.
MORNING = datetime(2026, 7, 15, 6, 0)
EVENING = datetime(2026, 7, 14, 18, 0)


class HoursCommon(WindowCommon):
    """A company that reminds customers from 8:00 until 20:00 by their clocks."""

    NIGHT = datetime(2026, 7, 15, 1, 0)  # 3:00 in Warsaw

    def setUp(self):
        super().setUp()
        self.company.reminder_customer_hours = True

    def plan(self, due_at, before=timedelta(hours=9), **values):
        """Create a task with a line that is due at a moment, some time before it.

        :param dict values: of the line
        """
        line = self.line(duration=before // timedelta(minutes=1), unit="minutes")
        line |= values
        return self.create_task(line, planned_date_begin=due_at + before)

    def assert_sent(self, moment, *numbers):
        """Assert that messages leave in the run at a moment, and none a minute before.

        :param numbers: the customer's unless given
        """
        self.set_now(moment - timedelta(minutes=1))
        self.run_service()
        self.assertFalse(self.texts)
        self.set_now(moment)
        self.run_service()
        self.assertEqual(self.numbers, list(numbers or ["+48600100200"]))

    def keep_to_working_days(self):
        calendar = self.company.resource_calendar_id
        self.company.reminder_customer_calendar_id = calendar
        return calendar
