from odoo import api, models


class MailMessage(models.Model):
    _name = "mail.message"
    _inherit = ["crm.task.reminder.spoken.mixin", "mail.message"]

    def _filter_foreign_reminders(self):
        # of an archived company it is still its own people who may
        own = self.env.user.with_context(active_test=False).company_ids
        # sudo: to read whose they are, whether the user may or not
        log = self.env["crm.task.reminder.log"].sudo()
        rows = log.search(
            [("message_id", "in", self.ids), ("company_id", "not in", own.ids)]
        )
        return self & self.browse(rows.message_id.ids)

    @api.ondelete(at_uninstall=False)
    def _unlink_reminder_receipts_first(self):
        """Delete the receipts before the messages.

        PostgreSQL would delete both by cascade, in an order that may be another one in
        a restored database. In one order it refuses: the log refers to both.
        """
        # sudo: whoever may delete a message need not have access to the log
        log = self.env["crm.task.reminder.log"].sudo()
        log.search([("message_id", "in", self.ids)]).notification_id.unlink()
