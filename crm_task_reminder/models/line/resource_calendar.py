from odoo import models


class ResourceCalendar(models.Model):
    _inherit = "resource.calendar"

    def write(self, vals):
        """Let reminders counted in days follow the time zone of their company."""
        result = super().write(vals)
        if "tz" in vals:
            # sudo: whoever edits a calendar need not have access to reminders
            companies = self.env["res.company"].sudo()
            domain = [("resource_calendar_id", "in", self.ids)]
            companies.search(domain)._recount_reminders()
        return result
