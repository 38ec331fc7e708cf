from odoo import models


class CrmTaskReminderMixin(models.AbstractModel):
    """Which lines tell something that can be answered."""

    _inherit = "crm.task.reminder.mixin"

    def _is_about_start(self):
        """Tell whether the line tells a start: one can say whether one comes."""
        return not self._is_after() and not self._is_about_end()
