from odoo import api, models


class CrmTaskReminderLink(models.Model):
    """Keeps what a message said of its task: its page says no more than that."""

    _inherit = "crm.task.reminder.link"

    @api.model
    def _prepare_values(self, company, delivery):
        values = super()._prepare_values(company, delivery)
        return {**values, **delivery.channel._find_told_of_task(company, delivery)}
