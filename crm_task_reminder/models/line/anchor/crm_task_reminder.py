from datetime import timedelta

from odoo import api, models

#: How late a line after a date may still go out: somebody tidies up after a weekend,
#: and nobody is thanked for what was long ago.
LATE_LIMIT = timedelta(days=7)


class CrmTaskReminder(models.Model):
    """A line that is counted from another date than the start, or comes after it."""

    _inherit = "crm.task.reminder"

    @api.depends("moment", "task_id.date_deadline")
    def _compute_due_at(self):
        return super()._compute_due_at()

    @api.depends("moment", "task_states")
    def _compute_state(self):
        result = super()._compute_state()
        for line in self.filtered(lambda line: line.state == "cancelled"):
            # it is not looked at before the task is done
            line.state = "waiting" if line._awaits_done() else "cancelled"
        return result

    def _get_anchor(self):
        """Return the end where the line is counted from that: the deadline."""
        if not self._is_about_end():
            return super()._get_anchor()
        return self._is_counted_from_end() and self.task_id.date_deadline

    def _is_counted_from_end(self):
        """Tell whether a deadline of the task would be what the line is counted from.

        A task without a start has a deadline, but no end.
        """
        is_after = self._is_after()
        return self._is_about_end() and bool(not is_after or self._get_start())

    def _get_time_before(self):
        return super()._get_time_before() * (-1 if self._is_after() else 1)

    # ------------------------------------------------------------------
    # Conditions
    # ------------------------------------------------------------------

    def _is_wanted(self):
        if not self._is_after():
            return super()._is_wanted()
        task = self.task_id
        return bool(task) and task._wants_reminders_after(
            self.audience, self.task_states
        )

    def _awaits_done(self):
        """Tell whether the line is for done tasks, and its task may still be done."""
        self.ensure_one()
        return (
            self._is_after()
            and self.task_states == "done"
            and self.task_id._wants_reminders(self.audience)
        )

    def _has_passed(self, now):
        """What comes after a date may be late, but not for ever."""
        if not self._is_after():
            return super()._has_passed(now)
        return bool(self.due_at) and self.due_at <= now - LATE_LIMIT

    def _get_hour_limit(self):
        """What comes after a date is only put off: it has nothing to precede."""
        return None if self._is_after() else super()._get_hour_limit()
