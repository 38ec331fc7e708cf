from odoo import api, fields, models


class CrmTaskReminderService(models.AbstractModel):
    """Looks also for what has to leave before it is due."""

    _inherit = "crm.task.reminder.service"

    @api.model
    def _list_work(self, companies):
        queue = self.env["crm.task.reminder.queue"]
        early = queue._get_early_domain(companies, fields.Datetime.now())
        return [*super()._list_work(companies), ("crm.task.reminder", early)]

    @api.model
    def _has_work(self, company):
        return super()._has_work(company) or self._has_early(company)

    @api.model
    def _has_early(self, company):
        """Tell whether there is something to look at before it is due."""
        if not company._has_reminder_hours():
            return False
        queue = self.env["crm.task.reminder.queue"]
        early = queue._get_early_domain(company, fields.Datetime.now())
        return bool(self.env["crm.task.reminder"].search(early, limit=1))
