from odoo import fields, models


class ProjectTask(models.Model):
    """What there is to tell of a task's date."""

    _inherit = "project.task"

    reminder_notice_ids = fields.One2many(
        "crm.task.reminder.notice", "task_id", groups=fields.NO_ACCESS
    )

    def _find_reminder_news(self, told):
        """Return what somebody is to be told of the task's date.

        Nobody is told of what lies in the past.

        :param datetime | False told: the start that somebody was told last, naive UTC;
            False if none, or that it is called off
        :return str | False: one of ``NEWS``
        """
        self.ensure_one()
        now, start = fields.Datetime.now(), self.planned_date_begin
        if self._allows_reminders() and start:
            if start <= now or start == told:
                return False
            return "moved" if told else "set"
        is_known = told and told > now
        return is_known and self._is_reminder_called_off() and "called_off"

    def _is_reminder_called_off(self):
        """Tell whether the task will not take place: not one that is done."""
        self.ensure_one()
        is_off = not self.active or self.is_closed or not self.planned_date_begin
        return is_off and self.state != "1_done" and not self._is_reminder_template()

    def _is_reminder_template(self):
        """Tell whether the task is one that others are made from."""
        self.ensure_one()
        return self.has_template_ancestor or self.project_id.is_template
