from odoo import api, models

from .crm_task_reminder import NOTICE


class CrmTaskReminderChannelEmail(models.AbstractModel):
    """A letter about a date that was moved has two."""

    _inherit = "crm.task.reminder.channel.email"

    @api.model
    def _list_dates(self, task):
        _audience, moment = task.env.context.get(NOTICE) or (None, None)
        former = [task.reminder_told_start] if moment == "moved" else []
        return [*super()._list_dates(task), *former]
