from datetime import timedelta

from odoo import api, fields, models

from ....tools.hours import LEAST_NOTICE

#: News about a start that is not further away is told at any hour.
URGENT = timedelta(hours=24)


class CrmTaskReminder(models.Model):
    """A line that tells news: it is due when there is some."""

    _inherit = "crm.task.reminder"

    def _get_notice(self):
        """Return the news of the line's task and audience, empty if there is none."""
        self.ensure_one()
        # sudo: nobody has access to news; what a line says is for its readers
        notices = self.task_id.sudo().reminder_notice_ids
        return notices.filtered(lambda notice: notice.audience == self.audience)

    @api.depends(
        "moment",
        "audience",
        "task_id.reminder_notice_ids.audience",
        "task_id.reminder_notice_ids.moment",
        "task_id.reminder_notice_ids.tell_at",
        "task_id.reminder_notice_ids.is_held",
    )
    def _compute_due_at(self):
        notices = self.filtered(lambda line: line._is_notice())
        now = fields.Datetime.now()
        for line in notices:
            due_at = line._get_notice()._get_due_at(line.moment)
            line.set_at = now if due_at != line.due_at else line.set_at
            line.due_at = due_at
            line.early_at = False  # there is nothing to tell before
        return super(CrmTaskReminder, self - notices)._compute_due_at()

    @api.depends("moment")
    def _compute_state(self):
        return super()._compute_state()

    def _get_anchor(self):
        """Return the start that the line is about: if called off, the former one."""
        if self.moment != "called_off":
            return super()._get_anchor()
        notice = self._get_notice()
        return notice.moment == self.moment and notice.told_start

    def _is_wanted(self):
        if self.moment == "called_off":
            task = self.task_id
            is_off = task[f"reminder_{self.audience}_off"]
            return not is_off and not task._is_reminder_template()
        return super()._is_wanted()

    def _is_too_late(self, company):
        """News is told at once: its time never lies before that it was set at."""
        return not self._is_notice() and super()._is_too_late(company)

    def _is_held_by_hours(self):
        """News waits for the hours, unless the start is near or a person tells it."""
        if not self._is_notice():
            return super()._is_held_by_hours()
        anchor = self._get_anchor()
        # sudo: whoever may see a task may see when its reminders leave
        wait = self.company_id.sudo().reminder_notice_minutes
        if not anchor or not self.due_at or anchor - self.due_at <= URGENT:
            return False
        # what a person has told now is due at the moment it is set
        return self.set_at < self.due_at or not wait

    def _get_hour_limit(self):
        """News is only put off: there is nothing to tell before."""
        return None if self._is_notice() else super()._get_hour_limit()

    def _find_moment(self, hours, tz):
        """Tell news at once where no hour comes in good time before the start."""
        moment = super()._find_moment(hours, tz)
        if self._is_notice() and moment > self._get_anchor() - LEAST_NOTICE:
            return self.due_at
        return moment

    def _has_passed(self, now):
        if self._is_notice():
            anchor = self._get_anchor()
            return bool(anchor) and anchor <= now
        return super()._has_passed(now)
