from odoo import api, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    @api.ondelete(at_uninstall=False)
    def _unlink_reminder_links_first(self):
        """Delete the links before the customers, as with tasks."""
        # sudo: links are nobody's to delete
        links = self.env["crm.task.reminder.link"].sudo()
        links.search([("partner_id", "in", self.ids)]).unlink()
