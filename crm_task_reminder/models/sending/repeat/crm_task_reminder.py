from odoo import models


class CrmTaskReminder(models.Model):
    _inherit = "crm.task.reminder"

    def _is_passed_by(self, moment):
        """The time of a failed message had not passed when its line was set.

        The line has been set for the next one since.
        """
        return not self._has_turn() and super()._is_passed_by(moment)
