from odoo import api, fields, models

from ....tools.errors import ReminderError
from ....tools.transaction import claim
from ..second_way.crm_task_reminder_second_way import BATCH_SIZE


class CrmTaskReminderSecondWay(models.AbstractModel):
    """What has no receipt in time is as good as failed, where somebody waits for it."""

    _inherit = "crm.task.reminder.second.way"

    @api.model
    def _get_undelivered_domain(self, company):
        """Return the domain that the partial index ``_receipt_until_idx`` serves."""
        now = fields.Datetime.now()
        return [("company_id", "=", company.id), ("receipt_until", "<=", now)]

    @api.model
    def _give_up_undelivered(self, company):
        """Take for failed what another form would reach somebody instead of.

        To be called under ``retry``.

        :return int: number of messages that were looked at
        """
        log = self.env["crm.task.reminder.log"]
        domain = self._get_undelivered_domain(company)
        rows = claim(log, domain, order="id", limit=BATCH_SIZE)
        rows.receipt_until = False
        error = ReminderError("undelivered")
        lost = self._filter_replaceable(rows, error) if rows else rows
        lost._set_state("failed", error.reason)
        return len(rows)
