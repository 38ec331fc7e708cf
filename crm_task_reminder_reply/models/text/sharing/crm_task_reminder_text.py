from datetime import datetime

from markupsafe import Markup

from odoo import api, models


class CrmTaskReminderText(models.Model):
    """Whose a text is where several companies have one number."""

    _inherit = "crm.task.reminder.text"

    @api.model
    def _find_written_to(self, company, text):
        """Find who has reminded the number of what is still ahead.

        For each task it is the company that has done so last. Where nothing is ahead,
        it is the one that has written to the number last.
        """
        channel = self.env["crm.task.reminder.channel.sms"]
        sharing = channel._get_provider(company)._find_sharing(company, text)
        if len(sharing) == 1:
            return super()._find_written_to(company, text)
        values = self._read_text(text)
        if taken := self._find_taken(sharing, values):
            return taken.company_id
        drafts = [self.new({**values, "company_id": one.id}) for one in sharing]
        if asking := self._find_asking(drafts):
            return sharing & asking
        # the first one, to which it was brought, where nobody has written to it
        return max(drafts, key=lambda draft: draft._get_last_message_at()).company_id

    @api.model
    def _find_asking(self, drafts):
        """Return the companies whose messages about what is ahead may be answered.

        :param list[crm.task.reminder.text] drafts: the text as each one's, unsaved
        :return res.company:
        """
        rows = self.env["crm.task.reminder.log"].union(
            *(draft._filter_upcoming(draft._find_messages()) for draft in drafts)
        )
        # as within one company, a number that is not the customer's any more comes last
        rows = self._filter_addressed(rows) or rows
        rows = rows.sorted(lambda row: row._get_told_at())
        latest = {row.task_id: row for row in rows}
        return rows.browse(row.id for row in latest.values()).company_id

    def _find_outcome(self, upcoming, meaning):
        outcome = super()._find_outcome(upcoming, meaning)
        is_question = upcoming and outcome != "thanks"
        return "several" if is_question and self.is_shared else outcome

    def _write_note(self, others=None):
        note = super()._write_note(others)
        if self.outcome == "several" and self.is_shared:
            told = self.env._(
                "Another company sends SMS from the same number, so it may be about an "
                "appointment there."
            )
            note += Markup("<p>%s</p>") % told
        return note

    def _get_last_message_at(self):
        """Return when the number was written to last, in UTC; long ago if never."""
        return self._find_messages()[:1].handed_over_at or datetime.min
