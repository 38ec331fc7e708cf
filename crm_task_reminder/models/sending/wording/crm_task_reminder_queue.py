from odoo import api, models


class CrmTaskReminderQueue(models.AbstractModel):
    _inherit = "crm.task.reminder.queue"

    @api.model
    def _complete(self, company, channel, deliveries):
        """Keep what each message was written from."""
        result = super()._complete(company, channel, deliveries)
        take = self.env["crm.task.reminder.second.look"]._remember_fingerprints()
        for one in deliveries:
            one.row["fingerprint"] = take(one.task, one.template)
        return result
