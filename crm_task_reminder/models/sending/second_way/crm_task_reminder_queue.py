from functools import partial

from odoo import api, models

from ....tools.transaction import retry


class CrmTaskReminderQueue(models.AbstractModel):
    """What has failed comes before what is due now."""

    _inherit = "crm.task.reminder.queue"

    @api.model
    def _queue_due(self, company, run):
        second_way = self.env["crm.task.reminder.second.way"]
        if second_way._has_failed(company):
            retry(self.env, partial(second_way._queue_failed, company, run))
        return super()._queue_due(company, run)
