from odoo import models


class CrmTaskReminderLog(models.Model):
    """Which failed plans the service is to send in another form."""

    _inherit = "crm.task.reminder.log"

    def _filter_with_second_way(self, reason):
        plans = self.filtered("plan_day")
        found = super(CrmTaskReminderLog, self - plans)._filter_with_second_way(reason)
        second_way = self.env["crm.task.reminder.second.way"]
        return found + plans.filtered(
            lambda row: row.address and second_way._can_replace_plan(row, reason)
        )
