from odoo import fields, models

from ...tools.outcomes import COMING_BACK, NOT_SENT_STATES, TOLD_STATES

#: Why a message was dropped that is written once more.
BACK = ("planned", *COMING_BACK)
#: States of messages that nobody has got.
UNSENT = ("queued", *NOT_SENT_STATES)


class CrmTaskReminder(models.Model):
    """What the ledger has about a reminder."""

    _inherit = "crm.task.reminder"

    log_ids = fields.One2many(
        "crm.task.reminder.log", "reminder_id", groups=fields.NO_ACCESS
    )

    def _is_before_switch(self, company):
        """Tell whether it was due before the company was last switched on.

        What had been taken up while the reminders were on is not: they may have been
        switched off by a slip.
        """
        return super()._is_before_switch(company) and not self._was_taken_up()

    def _was_taken_up(self):
        """Tell whether a message of the reminder waits, or did until the switch.

        What a morning plan was to tell is due again where that has not left.
        """
        # sudo: whoever may read a reminder may know what became of it
        return any(
            row.due_at == self.due_at and (row.state == "queued" or row.reason in BACK)
            for row in self.sudo().log_ids
        )

    def _is_too_late(self, company):
        """Tell whether its time had passed when it was set, and nobody was told yet.

        To whom a start was told, it is never too late to tell another one.
        """
        return super()._is_too_late(company) and not self._has_told()

    def _filter_sent(self):
        """Leave out those whose messages all wait, which go with the line."""
        lines = super()._filter_sent()
        # sudo: whoever may edit a reminder may know whether it has left
        rows = lines.sudo().log_ids
        waiting = rows.filtered(lambda row: row.state == "queued").reminder_id
        left = rows.filtered(lambda row: row.state not in UNSENT).reminder_id
        return lines - (waiting - left)

    def _has_told(self):
        """Tell whether somebody has got a message of the reminder, or may have."""
        # sudo: whoever may read a reminder may know what was told with it
        return any(row.state in TOLD_STATES for row in self.sudo().log_ids)
