from functools import partial

from odoo import api, models

from ....tools import turn
from ....tools.transaction import retry
from .crm_task_reminder_second_way import BATCH_SIZE


class CrmTaskReminderQueue(models.AbstractModel):
    """What has failed comes before what is due now."""

    _inherit = "crm.task.reminder.queue"

    @api.model
    def _queue_due(self, company, run):
        self._queue_second_ways(company, run)
        return super()._queue_due(company, run)

    @api.model
    def _queue(self, company, reminders, run):
        """Have another form looked for anew where what stood for it was dropped."""
        self._seek_again(company, reminders)
        return super()._queue(company, reminders, run)

    @api.model
    def _seek_again(self, company, reminders):
        """Let failed messages be replaced anew where what replaced them was dropped.

        They count as written: their reminders, which have come back, write no other.

        :param crm.task.reminder reminders: of the company, about to be queued
        """
        if not self.env["crm.task.reminder.second.way"]._is_used(company):
            return
        rows = self.env["crm.task.reminder.log"]._find_replaced_in_vain(reminders)
        # of a task that has come from another company, that one has nothing to tell
        rows = rows.filtered(lambda row: row.company_id == company)
        if rows:
            deliveries, _refusals = self._decide(rows.reminder_id)
            # to who has a failed message's address by now another is written anyway
            keys = {one.key for one in deliveries}
            keys -= rows._find_keys_for_others(deliveries)
            left = rows.filtered(lambda row: row._get_key() in keys)
            left.seeks_second_way = True

    @api.model
    def _queue_second_ways(self, company, run):
        """Queue all that has failed, batch by batch: nobody of them waits for a run."""
        second_way = self.env["crm.task.reminder.second.way"]
        queue_failed = partial(second_way._queue_failed, company, run)
        self._do_in_batches(partial(retry, self.env, queue_failed))

    @api.model
    def _do_in_batches(self, do):
        """Do something until nothing is left of it, or no time.

        :param do: does a batch of at most ``BATCH_SIZE``, returns how many it has done
        """
        while count := do():
            self.env["ir.cron"]._commit_progress()
            if count < BATCH_SIZE or not turn.has_time():
                break
