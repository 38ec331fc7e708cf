import re

from odoo import models

#: A phone number in what a provider says.
NUMBER = re.compile(r"\+?\d(?:[ \u00a0()./-]{0,3}\d){6,}")


class SmsTracker(models.Model):
    """Takes late receipts of reminders in doubt seriously, and no number into any."""

    _inherit = "sms.tracker"

    def _update_sms_notifications(
        self, notification_status, failure_type=False, failure_reason=False
    ):
        """Write also that a message in doubt was not delivered.

        Odoo passes over a failure of what counts as failed already; of a message in
        doubt it is the first that anybody hears.

        All who work here may read receipts: those of reminders have no number, nor may
        they have it in what the provider says is wrong with it.
        """
        if failure_reason and not all(self.mail_notification_id.mapped("sms_number")):
            failure_reason = NUMBER.sub("…", failure_reason)
        result = super()._update_sms_notifications(
            notification_status,
            failure_type=failure_type,
            failure_reason=failure_reason,
        )
        if notification_status == "exception":
            self._get_doubtful_reminder_receipts().write(
                {
                    "notification_status": notification_status,
                    "failure_type": failure_type,
                    "failure_reason": failure_reason,
                }
            )
        return result

    def _get_doubtful_reminder_receipts(self):
        """Return the receipts of those that belong to reminders in doubt."""
        # sudo: who reports is the SMS provider, which is no user
        log = self.env["crm.task.reminder.log"].sudo()
        receipts = self.mail_notification_id
        rows = receipts and log.search(
            [("notification_id", "in", receipts.ids), ("state", "=", "unconfirmed")]
        )
        return rows.notification_id if rows else receipts.browse()
