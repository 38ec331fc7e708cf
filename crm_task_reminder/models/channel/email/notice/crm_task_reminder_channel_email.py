from odoo import api, models


class CrmTaskReminderChannelEmail(models.AbstractModel):
    """A letter about a date that was moved has two."""

    _inherit = "crm.task.reminder.channel.email"

    @api.model
    def _list_dates(self, task):
        _audience, moment = task._get_reminder_text_news()
        former = [task.reminder_told_start] if moment == "moved" else []
        return [*super()._list_dates(task), *former]
