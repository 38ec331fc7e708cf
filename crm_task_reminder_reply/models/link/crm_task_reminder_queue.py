from odoo import api, models


class CrmTaskReminderQueue(models.AbstractModel):
    """Gives the messages for customers their tokens."""

    _inherit = "crm.task.reminder.queue"

    @api.model
    def _complete(self, company, channel, deliveries):
        result = super()._complete(company, channel, deliveries)
        linked = [one for one in deliveries if channel._has_reply_link(one)]
        if linked:
            self.env["crm.task.reminder.link"]._issue(company, linked)
        return result
