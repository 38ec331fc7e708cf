from odoo import models


class CrmTaskReminder(models.Model):
    """Which messages ask for an answer."""

    _inherit = "crm.task.reminder"

    def _asks_for_answer(self):
        """Tell whether there is something to answer: not where it is called off."""
        self.ensure_one()
        return self.audience == "customer" and self.moment != "called_off"
