from odoo import api, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    @api.ondelete(at_uninstall=False)
    def _unlink_reminder_receipts_first(self):
        """Delete the receipts before the partners.

        PostgreSQL would delete both by cascade, in an order that may be another one in
        a restored database. In one order it refuses: the log refers to both.
        """
        # sudo: whoever may delete a partner need not have access to the log
        log = self.env["crm.task.reminder.log"].sudo()
        log.search([("partner_id", "in", self.ids)]).notification_id.unlink()
