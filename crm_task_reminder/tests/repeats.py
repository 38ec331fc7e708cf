"""What the tests of lines that are repeated have in common."""

from datetime import timedelta

from .common import ReminderCommon

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


class RepeatsCommon(ReminderCommon):
    """Lines that are repeated, and a service that runs whenever something is due."""

    def repeated(self, every=1, unit="days", count=3, **values):
        """Return the values of a line of four days before that is repeated."""
        return {
            **self.line(duration=4, unit="days"),
            "repeat_unit": unit,
            "repeat_every": every,
            "repeat_count": count,
            **values,
        }

    def create_repeated(self, *lines, starts_in=5 * DAY, **values):
        return self.create_task(*lines, starts_in=starts_in, **values)

    def let_time_pass(self, until):
        """Run the service when something is due; return when something was sent."""
        sent = []
        while self.now < until:
            lines = self.env["crm.task.reminder"].search([("state", "=", "scheduled")])
            rows = self.log.search([("state", "=", "queued")])
            moments = lines.mapped("due_at") + rows.mapped("next_attempt_at")
            ahead = [one for one in moments if one and one > self.now]
            self.set_now(min([*ahead, until]))
            self.run_service()
            sent += [self.now] * len(self.texts)
        return sent
