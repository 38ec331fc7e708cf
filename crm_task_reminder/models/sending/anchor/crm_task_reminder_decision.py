from odoo import api, models


class CrmTaskReminderDecision(models.AbstractModel):
    """What keeps a line from being sent that is not counted back from the start."""

    _inherit = "crm.task.reminder.decision"

    @api.model
    def _find_reason(self, reminder, now):
        reason = super()._find_reason(reminder, now)
        if reason == "no_start":
            return "no_end" if reminder._is_counted_from_end() else reason
        if reason == "started":
            if reminder._is_after():
                return "late"
            return "ended" if reminder._is_about_end() else reason
        if reason in ("closed", "switched_off") and reminder._is_after():
            return self._find_unwanted_reason(reminder)
        return reason

    @api.model
    def _find_unwanted_reason(self, reminder):
        """Return why a task is none that a line after a date is for.

        :return str: one of ``REASONS``
        """
        if reminder.task_id[f"reminder_{reminder.audience}_off"]:
            return "switched_off"
        return "not_done" if reminder._awaits_done() else "closed"

    @api.model
    def _is_planned(self, delivery, planned):
        """A plan tells when tasks start; it tells nothing of what comes after."""
        if delivery.reminder._is_after() or delivery.reminder._is_about_end():
            return False
        return super()._is_planned(delivery, planned)
