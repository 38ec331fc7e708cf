from odoo import api, models

from ....tools.errors import ReminderError


class CrmTaskReminderDecision(models.AbstractModel):
    """News may go as long as it is news."""

    _inherit = "crm.task.reminder.decision"

    @api.model
    def _find_obstacles(self, reminders, *, is_written=False):
        obstacles = super()._find_obstacles(reminders, is_written=is_written)
        for line in reminders._filter_stale_news():
            obstacles.setdefault(line, ReminderError("no_news"))
        return obstacles

    @api.model
    def _find_reason(self, reminder, now):
        if reminder._is_notice() and not (reminder._get_anchor() and reminder.due_at):
            return "no_news"
        return super()._find_reason(reminder, now)
