from odoo import api, models

from ....tools.transaction import claim
from ...line.crm_task_reminder import LEAD_TIME


class CrmTaskReminderQueue(models.AbstractModel):
    """From due to queued where a company sends only at certain hours.

    What leaves later waits in the ledger. What has to leave before it is due is looked
    at early: in good time for any zone at first, then at the moment that its recipients
    have.
    """

    _inherit = "crm.task.reminder.queue"

    @api.model
    def _claim(self, company, now, limit):
        """Claim also what has to leave before it is due."""
        reminders = super()._claim(company, now, limit)
        if len(reminders) < limit and company._has_reminder_hours():
            reminders += self._claim_early(company, now, limit - len(reminders))
        return reminders

    @api.model
    def _claim_early(self, company, now, limit):
        """Claim what has to leave now although it is due later; put off the others.

        :param res.company company:
        :param datetime now: naive UTC
        :param int limit: number of reminders at most
        :return crm.task.reminder: locked until the end of the transaction
        """
        domain = self._get_early_domain(company, now)
        reminders = claim(
            self.env["crm.task.reminder"], domain, order="early_at, id", limit=limit
        )
        all_hours = reminders._get_hours()
        kept = reminders.browse()
        for reminder in reminders:
            hours = reminder._pick_hours(all_hours)
            moments = reminder._find_moments(hours) if hours else {}
            moment = min(moments.values(), default=reminder.due_at)
            if moment <= now + LEAD_TIME:
                kept += reminder
            else:
                reminder.early_at = moment < reminder.due_at and moment
        return kept

    @api.model
    def _get_early_domain(self, company, now):
        """Return the domain that the partial index ``_early_idx`` serves.

        :param datetime now: naive UTC
        """
        soon = now + LEAD_TIME
        return [
            ("company_id", "=", company.id),
            ("state", "=", "scheduled"),
            ("early_at", "<=", soon),
            ("due_at", ">", soon),
        ]

    @api.model
    def _decide(self, reminders):
        """Find out when each message may leave, of those that are not there yet."""
        deliveries, refusals = super()._decide(reminders)
        if not reminders._get_hours():
            return deliveries, refusals
        messages = self.env["crm.task.reminder.log"]._get_messages(reminders)
        decision = self.env["crm.task.reminder.decision"]
        new = decision._filter_new(messages, deliveries)
        planned, late = decision._plan(new)
        is_new = set(map(id, new))
        old = [one for one in deliveries if id(one) not in is_new]
        return old + planned, refusals + late

    @api.model
    def _queue_deliveries(self, company, deliveries):
        """Have messages wait for their hour, and note whose clock it is."""
        rows = super()._queue_deliveries(company, deliveries)
        held = {one.key: one for one in deliveries if one.leave_at}
        for row in rows if held else ():
            place = row["reminder_id"], row["start"], row["channel"], row["address"]
            key = *place, row["turn"]
            if delivery := held.get(key):
                row["leave_at"] = delivery.leave_at
                row["leave_tz"] = delivery.recipient.tz
                row["next_attempt_at"] = delivery.is_early and delivery.leave_at
        return rows
