from odoo import models


class CrmTaskReminderLink(models.Model):
    """The entry for the calendar that belongs to a link."""

    _inherit = "crm.task.reminder.link"

    def _write_calendar(self):
        """Return the task as a calendar's entry; empty if it has another start.

        :return str:
        """
        self.ensure_one()
        if self._get_state() in ("moved", "undated"):
            return ""
        # what the message did not tell, the entry does not tell either
        told = {
            "title": self._get_title(),
            "place": self._get_place(),
            "start": self.start,
        }
        return self.task_id._write_reminder_calendar(self.company_id, **told)
