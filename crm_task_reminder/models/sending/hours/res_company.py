from odoo import fields, models


class ResCompany(models.Model):
    """Lets also what waits for its hour follow other hours, and a new holiday."""

    _inherit = "res.company"

    def _recount_early_reminders(self):
        result = super()._recount_early_reminders()
        # sudo: whoever edits a company or a calendar need not have access to the log
        log = self.env["crm.task.reminder.log"].sudo()
        held = log.search(
            [
                ("company_id", "in", self.ids),
                ("state", "=", "queued"),
                ("leave_at", ">", fields.Datetime.now()),
            ]
        )
        # the next run finds out anew when they may leave
        held.write({"leave_at": False, "next_attempt_at": False})
        return result
