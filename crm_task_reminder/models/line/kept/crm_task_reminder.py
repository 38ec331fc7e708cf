from odoo import models


class CrmTaskReminder(models.Model):
    """Which lines stay where others take their place."""

    _inherit = "crm.task.reminder"

    def _filter_sent(self):
        """Return the lines that have been sent: what was told is not taken out."""
        return self.filtered(lambda line: line.state == "done")
