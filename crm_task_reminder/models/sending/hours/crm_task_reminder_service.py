from odoo import api, fields, models


class CrmTaskReminderService(models.AbstractModel):
    """Looks also for what has to leave before it is due."""

    _inherit = "crm.task.reminder.service"

    @api.model
    def _list_due(self, companies):
        queue = self.env["crm.task.reminder.queue"]
        early = queue._get_early_domain(companies, fields.Datetime.now())
        return [*super()._list_due(companies), ("crm.task.reminder", early)]
