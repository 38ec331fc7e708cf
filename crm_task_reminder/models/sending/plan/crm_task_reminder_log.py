from odoo import models


class CrmTaskReminderLog(models.Model):
    """Another form may take the place of a morning plan, too."""

    _inherit = "crm.task.reminder.log"

    def _has_second_way(self):
        if self.plan_day:
            second_way = self.env["crm.task.reminder.second.way"]
            return second_way._can_replace_plan(self)
        return super()._has_second_way()
