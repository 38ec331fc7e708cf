from odoo import api, models

from ....tools.moments import NEWS_MOMENTS


class CrmTaskReminderSecondLook(models.AbstractModel):
    """News is always looked at before it leaves: nobody is to get an old date."""

    _inherit = "crm.task.reminder.second.look"

    @api.model
    def _is_fresh(self, row):
        # nor an old start by a reminder that was written just before it was moved
        return (
            row.moment not in NEWS_MOMENTS
            and not row.task_id.reminder_notice_ids
            and super()._is_fresh(row)
        )

    @api.model
    def _find_change(self, row):
        reason = super()._find_change(row)
        # what is called off is of no start any more when the task is open again
        is_reopened = reason == "moved" and row.moment == "called_off"
        return "no_news" if is_reopened else reason
