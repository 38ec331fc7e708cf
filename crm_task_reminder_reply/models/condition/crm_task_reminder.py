from odoo import models

#: Why a customer who has answered is not reminded, by the line's condition.
REASONS = {
    "unless_settled": {"coming": "confirmed", "declined": "declined"},
    "unless_answered": {
        "coming": "confirmed",
        "declined": "declined",
        "other": "answered",
    },
}


class CrmTaskReminder(models.Model):
    """A line that is repeated ends with the customer's answer."""

    _inherit = "crm.task.reminder"

    def _get_answer_condition(self):
        """Return on which answers the line depends the next time.

        :return str: one of ``CONDITIONS``
        """
        self.ensure_one()
        is_asked_again = self._asks_again() and self._get_turn()
        return "unless_answered" if is_asked_again else self.answer_condition

    def _find_answer_reason(self):
        """Return why the customer's answer, or wish, keeps the line from being sent.

        :return str | None: one of the log's reasons, None if it does not
        """
        self.ensure_one()
        if self.audience != "customer":
            return None
        if self.task_id.reminder_opted_out:
            return "opted_out"
        if not self._depends_on_answer():
            return None
        reasons = REASONS.get(self._get_answer_condition(), {})
        return reasons.get(self.task_id.reminder_answer)

    def _find_next_turn(self, now):
        """End with an answer that keeps the next time from being sent."""
        turn = super()._find_next_turn(now)
        if turn and self._at_turn(turn)._find_answer_reason():
            return None
        return turn
