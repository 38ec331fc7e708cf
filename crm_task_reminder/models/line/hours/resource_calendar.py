from odoo import models
from odoo.fields import Domain


class ResourceCalendar(models.Model):
    """Lets reminders follow the working days of a calendar."""

    _inherit = "resource.calendar"

    def write(self, vals):
        result = super().write(vals)
        if vals.keys() & {"tz", "two_weeks_calendar", "flexible_hours"}:
            self._recount_early_reminders()
        return result

    def _recount_early_reminders(self):
        """Find out anew when to look at the reminders of who keeps to the calendars."""
        # sudo: whoever edits a calendar need not have access to companies' reminders
        companies = self.env["res.company"].sudo()
        names = [
            name
            for name in companies._get_reminder_hour_fields()
            if companies._fields[name].type == "many2one"
        ]
        kept = Domain.OR(Domain(name, "in", self.ids) for name in names)
        companies.search(kept)._recount_early_reminders()
