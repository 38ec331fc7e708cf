from odoo import api, models

from ....tools.moments import NEWS_MOMENTS


class CrmTaskReminderSecondLook(models.AbstractModel):
    """News is always looked at before it leaves: nobody is to get an old date."""

    _inherit = "crm.task.reminder.second.look"

    @api.model
    def _is_fresh(self, row):
        # Where news of another start wait, a reminder that was written just before the
        # start was moved tells the old one.
        return (
            row.moment not in NEWS_MOMENTS
            and not row.task_id.reminder_notice_ids
            and super()._is_fresh(row)
        )

    @api.model
    def _is_handled_for(self, row):
        """News of the same start may have been taken up once more since."""
        reminder = row.reminder_id
        handled = reminder._is_notice() and reminder.handled_due_at
        is_present = handled and handled == reminder.due_at
        return super()._is_handled_for(row) or bool(
            is_present and row.start == reminder._get_anchor()
        )

    @api.model
    def _find_change(self, row):
        reason = super()._find_change(row)
        # Its task is open again and has a start: not moved, there is just nothing to
        # call off any more.
        is_reopened = reason == "moved" and row.moment == "called_off"
        return "no_news" if is_reopened else reason
