from odoo import api, models


class CrmTaskReminderService(models.AbstractModel):
    """What has failed is work, too."""

    _inherit = "crm.task.reminder.service"

    @api.model
    def _list_work(self, companies):
        failed = self.env["crm.task.reminder.second.way"]._get_failed_domain(companies)
        return [*super()._list_work(companies), ("crm.task.reminder.log", failed)]

    @api.model
    def _has_work(self, company):
        second_way = self.env["crm.task.reminder.second.way"]
        return super()._has_work(company) or second_way._has_failed(company)
