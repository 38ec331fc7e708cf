from odoo import api, models


class CrmTaskReminderService(models.AbstractModel):
    """What has no receipt in time is work, too."""

    _inherit = "crm.task.reminder.service"

    @api.model
    def _list_due(self, companies):
        second_way = self.env["crm.task.reminder.second.way"]
        undelivered = second_way._get_undelivered_domain(companies)
        return [*super()._list_due(companies), ("crm.task.reminder.log", undelivered)]
