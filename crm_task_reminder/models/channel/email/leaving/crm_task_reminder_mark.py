from odoo import api, models


class CrmTaskReminderMark(models.Model):
    """Marks of e-mails that leave side by side."""

    _inherit = "crm.task.reminder.mark"

    @api.model
    def _get_reach(self):
        """Add the e-mails that all sessions of an account may have begun."""
        # sudo: after a crash this is found out for whichever account was used
        accounts = self.env["ir.mail_server"].sudo().with_context(active_test=False)
        widths = [one._get_reminder_width() for one in accounts.search([])]
        return super()._get_reach() + max(widths, default=0)
