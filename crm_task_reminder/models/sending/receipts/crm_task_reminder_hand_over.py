from collections import defaultdict

from odoo import api, fields, models

from ....tools.outcomes import OPEN_STATES


class CrmTaskReminderHandOver(models.AbstractModel):
    """What receipts say of messages that were handed over."""

    _inherit = "crm.task.reminder.hand.over"

    @api.model
    def _update_from_notifications(self, notifications):
        """Take over what Odoo's notifications say: accepted, delivered, failed, why.

        :param mail.notification notifications: whose status has changed
        """
        log = self.env["crm.task.reminder.log"]
        rows_by_result = defaultdict(log.browse)
        told = log.search([("notification_id", "in", notifications.ids)])
        for channel, rows in told._split_by_channel():
            for row in rows:
                if result := self._get_notified_result(channel, row):
                    rows_by_result[result] += row
        for (state, reason, detail), rows in rows_by_result.items():
            rows._set_state(state, reason, detail)
            if state == "skipped":
                self.env["crm.task.reminder.second.look"]._release_reminders(rows)
            elif state in ("sent", "delivered"):
                rows.filtered(lambda row: not row.handed_over_at).write(
                    {"handed_over_at": fields.Datetime.now()}
                )

    @api.model
    def _get_notified_result(self, channel, row):
        """Return (state, reason, detail) as the notification has it, None if open."""
        receipt = row.notification_id
        state = channel._notification_states.get(receipt.notification_status)
        if not state:
            return None
        if state == "skipped":
            # what failed or is in doubt stays so when it is discarded in the chatter
            return (state, "cancelled", "") if row.state in OPEN_STATES else None
        if state != "failed":
            return state, False, ""
        reason = channel._failure_reasons.get(receipt.failure_type, "error")
        return state, reason, receipt.failure_reason or ""
