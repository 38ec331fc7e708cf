from odoo import models


class SmsTracker(models.Model):
    """Takes late receipts of reminders in doubt seriously."""

    _inherit = "sms.tracker"

    def _update_sms_notifications(
        self, notification_status, failure_type=False, failure_reason=False
    ):
        """Write also that a message in doubt was not delivered.

        Odoo passes over a failure of what counts as failed already; of a message in
        doubt it is the first that anybody hears.
        """
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
