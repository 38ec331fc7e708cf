from odoo import api, models


class CrmTaskReminderChannelEmail(models.AbstractModel):
    """A letter about a deadline has that date, not the start."""

    _inherit = "crm.task.reminder.channel.email"

    @api.model
    def _get_head_date(self, task):
        if task._is_reminder_text_due():
            return task.reminder_end
        return super()._get_head_date(task)

    @api.model
    def _list_dates(self, task):
        deadline = [task.reminder_end] if task._is_reminder_text_due() else []
        return [*super()._list_dates(task), *deadline]
