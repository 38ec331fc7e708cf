from odoo import fields, models


class ResCompany(models.Model):
    """What is left of counting a company's days anew, after a change of its zone."""

    _inherit = "res.company"

    reminder_recount_from = fields.Integer(
        copy=False,
        export_string_translation=False,
        groups=fields.NO_ACCESS,
        help="The id of the first line whose days are still to be counted in the new "
        "time zone; 0 if there is none.",
    )

    def _recount_reminders(self):
        """Count days and weeks anew in the companies' present time zone.

        What is more than a person would like to wait for, the service does before it
        sends anything.
        """
        # sudo: whoever edits a company need not have access to its reminders
        for company in self.sudo():
            company.reminder_recount_from = 1
            company._recount_reminder_batch()

    def _recount_reminder_batch(self):
        """Go on counting."""
        self.ensure_one()
        lines = self.env["crm.task.reminder"]
        self.reminder_recount_from = lines._recount_days(
            self, self.reminder_recount_from
        )
