from odoo import models


class CrmTaskReminderLink(models.Model):
    """The entry for the calendar that belongs to a link."""

    _inherit = "crm.task.reminder.link"

    def _write_calendar(self):
        """Return the task as a calendar's entry; empty if it has another start.

        :return str:
        """
        self.ensure_one()
        task = self.task_id
        if self._get_state() == "moved" or not task.planned_date_begin:
            return ""
        # what the message did not tell, the entry does not tell either
        told = {"title": self._get_title(), "place": self._get_place()}
        return task._write_reminder_calendar(self.company_id, **told)
