from datetime import timedelta

from odoo import api, fields, models

from ...tools.calendar_entry import LONGEST


class ProjectTask(models.Model):
    """Until when a customer may mean it, and what is kept of what was written."""

    _inherit = "project.task"

    @api.ondelete(at_uninstall=False)
    def _unlink_private_reminder_texts_first(self):
        """Delete what was written about private tasks, which is their assignees' alone.

        Of a task that is gone nobody can tell any more whose it was.
        """
        # sudo: texts are nobody's to delete
        tasks = self.sudo().filtered(lambda task: not task.project_id)
        if tasks:
            texts = self.env["crm.task.reminder.text"].sudo()
            texts.search([("task_id", "in", tasks.ids)]).unlink()

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
