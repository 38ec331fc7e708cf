from odoo import api, fields, models


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

    def _has_passed(self, now):
        if self._is_notice():
            anchor = self._get_anchor()
            return bool(anchor) and anchor <= now
        return super()._has_passed(now)
