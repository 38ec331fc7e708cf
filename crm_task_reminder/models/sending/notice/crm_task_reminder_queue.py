from odoo import api, models

from ...channel.notice.crm_task_reminder import NOTICE


class CrmTaskReminderQueue(models.AbstractModel):
    """News is looked at once more when its time has come."""

    _inherit = "crm.task.reminder.queue"

    @api.model
    def _claim(self, company, now, limit):
        """Leave out what is no news any more, or is other news by now."""
        reminders = super()._claim(company, now, limit)
        stale = reminders._filter_stale_news()
        for line in stale:
            line._get_notice()._renew()
        return reminders - stale

    @api.model
    def _render(self, company, channel, deliveries, reader=None):
        """Let texts know which news they are about."""
        groups = {}
        for delivery in deliveries:
            notice = delivery.reminder._get_notice_context()
            groups.setdefault(notice, []).append(delivery)
        result = None
        for notice, members in groups.items():
            told = company.with_context(**{NOTICE: notice})
            result = super()._render(told, channel, members, reader)
        return result
