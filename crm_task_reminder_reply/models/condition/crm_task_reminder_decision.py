from odoo import api, models

#: Why a customer who has answered is not reminded, by the line's condition.
REASONS = {
    "unless_settled": {"coming": "confirmed", "declined": "declined"},
    "unless_answered": {
        "coming": "confirmed",
        "declined": "declined",
        "other": "answered",
    },
}


class CrmTaskReminderDecision(models.AbstractModel):
    """Who has answered is not asked again, unless the line says so."""

    _inherit = "crm.task.reminder.decision"

    @api.model
    def _find_reason(self, reminder, now):
        return super()._find_reason(reminder, now) or self._find_answer(reminder)

    @api.model
    def _find_answer(self, reminder):
        """Return the reason that the customer's answer gives, None if it gives none.

        :param crm.task.reminder reminder: one
        :return str | None: one of the log's reasons
        """
        if reminder.audience != "customer":
            return None
        if reminder.task_id.reminder_opted_out:
            return "opted_out"
        if not reminder._depends_on_answer():
            return None
        reasons = REASONS.get(reminder._get_answer_condition(), {})
        return reasons.get(reminder.task_id.reminder_answer)
