from odoo import fields, models

from ...company.res_company import STAFF


class ResCompany(models.Model):
    """What the first steps of a company with the reminders have left behind."""

    _inherit = "res.company"

    reminder_tested_at = fields.Datetime(
        readonly=True,
        copy=False,
        groups=STAFF,
        help="When somebody first sent a reminder of the company to oneself as a test.",
    )

    def _note_reminder_test(self):
        """Remember that a test has been sent."""
        for company in self.filtered(lambda company: not company.reminder_tested_at):
            company.reminder_tested_at = fields.Datetime.now()

    def _has_sent_reminder(self):
        """Tell whether a reminder of the company has ever left, as the log knows."""
        self.ensure_one()
        left = [("company_id", "=", self.id), ("handed_over_at", "!=", False)]
        # in this order: there is an index of what has left
        log = self.env["crm.task.reminder.log"]
        return bool(log.search(left, limit=1, order="handed_over_at"))
