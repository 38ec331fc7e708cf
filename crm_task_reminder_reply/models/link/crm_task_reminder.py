from odoo import models


class CrmTaskReminder(models.Model):
    """Which messages ask for an answer."""

    _inherit = "crm.task.reminder"

    def _asks_for_answer(self):
        """Tell whether there is something to answer: a start that is to come."""
        self.ensure_one()
        is_told = self.moment != "called_off" and self._is_about_start()
        return self.audience == "customer" and is_told
