from odoo import api, models


class MailMessage(models.Model):
    _inherit = "mail.message"

    @api.ondelete(at_uninstall=False)
    def _unlink_reminder_receipts_first(self):
        """Delete the receipts before the messages.

        PostgreSQL would delete both by cascade, in an order that may be another one in
        a restored database. In one order it refuses: the log refers to both.
        """
        # sudo: whoever may delete a message need not have access to the log
        log = self.env["crm.task.reminder.log"].sudo()
        log.search([("message_id", "in", self.ids)]).notification_id.unlink()
