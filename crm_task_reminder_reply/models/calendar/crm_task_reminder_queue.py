from odoo import api, models


class CrmTaskReminderQueue(models.AbstractModel):
    _inherit = "crm.task.reminder.queue"

    @api.model
    def _complete(self, company, channel, deliveries):
        result = super()._complete(company, channel, deliveries)
        channel._attach_calendars(company, deliveries)
        return result
