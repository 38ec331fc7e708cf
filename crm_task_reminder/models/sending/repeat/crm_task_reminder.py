from odoo import models

from ...line.repeat.crm_task_reminder import TURN


class CrmTaskReminder(models.Model):
    _inherit = "crm.task.reminder"

    def _is_passed_by(self, moment):
        """The time of a failed message had not passed when its line was set.

        The line has been set for the next one since.
        """
        return TURN not in self.env.context and super()._is_passed_by(moment)
