from datetime import datetime

from markupsafe import Markup

from odoo import api, models


class CrmTaskReminderText(models.Model):
    """Whose a text is where several companies have one number."""

    _inherit = "crm.task.reminder.text"

    @api.model
    def _find_written_to(self, company, text):
        """Return the companies that a text is for.

        All that have reminded the number of what is still ahead, for each task the one
        that has done so last; else the one that has written to it last.

        :param res.company company: to whose account it was brought
        :param IncomingText text:
        :return res.company:
        """
        sharing = self._find_sharing(company)
        if len(sharing) == 1:
            return company
        values = self._read_text(text)
        if taken := self._find_taken(sharing, values):
            return taken.company_id
        drafts = [self.new({**values, "company_id": one.id}) for one in sharing]
        messages = [row for draft in drafts for row in draft._find_upcoming()]
        # of a task that several have reminded of, the one that has done so last
        latest = {
            row.task_id: row.company_id.id
            for row in sorted(messages, key=lambda row: row._get_told_at())
        }
        if latest:
            return sharing.filtered(lambda one: one.id in latest.values())
        # the first one, to which it was brought, where nobody has written to it
        return max(drafts, key=lambda draft: draft._get_last_message_at()).company_id

    def _find_outcome(self, upcoming, meaning):
        outcome = super()._find_outcome(upcoming, meaning)
        is_question = upcoming and outcome != "thanks"
        return "several" if is_question and self._may_be_for_others() else outcome

    def _write_note(self, others=None):
        note = super()._write_note(others)
        if self.outcome == "several" and self._may_be_for_others():
            told = self.env._(
                "Another company sends SMS from the same number, so it may be about an "
                "appointment there."
            )
            note += Markup("<p>%s</p>") % told
        return note

    @api.model
    def _find_sharing(self, company):
        """Return the companies to whose number customers of this one write.

        :param res.company company: it is the first
        """
        channel = self.env["crm.task.reminder.channel.sms"]
        return channel._get_provider(company)._find_sharing(company)

    def _may_be_for_others(self):
        """Tell whether another company has reminded the number of what is ahead.

        Of the same task of several companies it is the same question.
        """
        others = self._find_sharing(self.company_id) - self.company_id
        values = {"number": self.number, "sent_at": self.sent_at}
        own = self._find_upcoming().task_id
        return any(
            self.new({**values, "company_id": one.id})._find_upcoming().task_id - own
            for one in others
        )

    def _find_upcoming(self):
        """Return the messages about tasks that have not ended which it may answer."""
        return self._filter_upcoming(self._find_messages())

    def _get_last_message_at(self):
        """Return when the number was written to last, in UTC; long ago if never."""
        return self._find_messages()[:1].handed_over_at or datetime.min
