from odoo import models


class ResCompany(models.Model):
    """Lets reminders follow the hours that their company has set."""

    _inherit = "res.company"

    def write(self, vals):
        names = [name for name in self._get_reminder_hour_fields() if name in vals]
        former = [[company[name] for name in names] for company in self]
        result = super().write(vals)
        # the window writes all that it shows, mostly without a change
        for company, values in zip(self, former, strict=True):
            if values != [company[name] for name in names]:
                company._recount_early_reminders()
        return result

    def _recount_early_reminders(self):
        """Find out anew which of the companies' reminders may have to leave early."""
        # sudo: whoever edits a company or a calendar need not have access to reminders
        self.env["crm.task.reminder"].sudo()._recount_early(self)
