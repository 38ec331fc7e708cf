from datetime import timedelta

from odoo import fields, models

from ...tools.calendar_entry import LONGEST


class ProjectTask(models.Model):
    """Until when a customer may mean it."""

    _inherit = "project.task"

    def _is_reminder_over(self):
        """Tell whether the task has ended, or does not take place.

        It ends with its deadline, where that can be the end of an appointment.
        """
        self.ensure_one()
        start, end = self.planned_date_begin, self.date_deadline
        if not start or not self._allows_reminders():
            return True
        if not end or not timedelta() <= end - start <= LONGEST:
            end = start
        return end <= fields.Datetime.now()
