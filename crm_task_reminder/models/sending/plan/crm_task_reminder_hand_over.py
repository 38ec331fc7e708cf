from odoo import api, models


class CrmTaskReminderHandOver(models.AbstractModel):
    """A plan need not wait where another form is possible at once."""

    _inherit = "crm.task.reminder.hand.over"

    @api.model
    def _has_second_way(self, row):
        if row.plan_day:
            second_way = self.env["crm.task.reminder.second.way"]
            return second_way._can_replace_plan(row)
        return super()._has_second_way(row)
