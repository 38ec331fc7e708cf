from odoo import models


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

    def _find_next_turn(self, now):
        """End with an answer that keeps the next time from being sent."""
        turn = super()._find_next_turn(now)
        decision = self.env["crm.task.reminder.decision"]
        if turn and decision._find_answer(self._at_turn(turn)):
            return None
        return turn
