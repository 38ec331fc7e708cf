from odoo import models
from odoo.tools import plaintext2html

DOUBT_ACTIVITY = "crm_task_reminder.mail_activity_type_doubt"


class ResCompany(models.Model):
    """Who is told that messages are in doubt."""

    _inherit = "res.company"

    def _note_reminder_doubt(self):
        """Give an administrator one activity about messages in doubt."""
        self.ensure_one()
        if self.partner_id.activity_search([DOUBT_ACTIVITY]):
            return
        reader = self._get_reminder_administrator()
        company = self.with_context(lang=reader.lang, mail_activity_quick_update=True)
        text = company.env._(
            "Of some reminders of %(company)s nobody knows whether they arrived. "
            "The log of the reminders shows them with the filter “To Be Checked”, and "
            "what to do about each.",
            company=self.name,
        )
        if reader:
            company.partner_id.activity_schedule(
                DOUBT_ACTIVITY, note=plaintext2html(text), user_id=reader.id
            )

    def _end_reminder_doubt(self):
        """Remove the activity where nothing is in doubt any more."""
        log = self.env["crm.task.reminder.log"]
        for company in self:
            doubtful = [("company_id", "=", company.id), ("state", "=", "unconfirmed")]
            if not log.search(doubtful, limit=1):
                company.partner_id.activity_unlink([DOUBT_ACTIVITY])
