"""What the tests of lines at other dates than before the start have in common."""

from datetime import timedelta

from .common import ReminderCommon

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


class AnchorsCommon(ReminderCommon):
    """Tasks with a start and an end."""

    def task_until(self, *lines, starts_in=2 * HOUR, lasts=HOUR, **values):
        """Create a task with a start and an end."""
        end = self.now + starts_in + lasts
        return self.create_task(
            *lines, starts_in=starts_in, date_deadline=end, **values
        )

    def finish(self, task, state="1_done"):
        task.state = state

    def assert_state(self, task, state, shown=None):
        line = task.reminder_ids
        self.assertEqual((line.state, line.shown_state), (state, shown or state))
