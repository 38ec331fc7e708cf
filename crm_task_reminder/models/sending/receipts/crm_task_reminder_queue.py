from functools import partial

from odoo import api, models

from ....tools.transaction import retry


class CrmTaskReminderQueue(models.AbstractModel):
    """What has no receipt in time is given up before second ways are queued."""

    _inherit = "crm.task.reminder.queue"

    @api.model
    def _queue_second_ways(self, company, run):
        second_way = self.env["crm.task.reminder.second.way"]
        give_up = partial(second_way._give_up_undelivered, company)
        self._do_in_batches(partial(retry, self.env, give_up))
        return super()._queue_second_ways(company, run)
