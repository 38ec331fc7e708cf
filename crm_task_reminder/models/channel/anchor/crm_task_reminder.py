from odoo import models


class CrmTaskReminder(models.Model):
    """What the texts about a deadline need to know."""

    _inherit = "crm.task.reminder"

    def _get_text_context(self):
        """Tell of a deadline apart: another date is told in the head of an e-mail."""
        if self.moment == "before_end":
            return self.audience, self.moment
        return super()._get_text_context()
