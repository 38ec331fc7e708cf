from odoo import api, models

from ...channel.notice.crm_task_reminder import NOTICE, TOLD


class CrmTaskReminderQueue(models.AbstractModel):
    """News is looked at once more when its time has come."""

    _inherit = "crm.task.reminder.queue"

    @api.model
    def _pick_batch(self, reminders):
        """Leave out what is no news any more, or is other news by now."""
        stale = reminders._filter_stale_news()
        # sudo: nobody has access to news
        stale.task_id.sudo().reminder_notice_ids.filtered("moment")._renew()
        return super()._pick_batch(reminders - stale)

    @api.model
    def _render(self, company, channel, deliveries, reader=None):
        """Let texts know which news, or which date, they are about."""
        groups = {}
        for delivery in deliveries:
            notice, told = delivery.reminder._get_text_context(), False
            if delivery.news:
                moment, told = delivery.news
                notice = delivery.reminder.audience, moment
            groups.setdefault((notice, told), []).append(delivery)
        result = None
        for (notice, told), members in groups.items():
            informed = company.with_context(**{NOTICE: notice, TOLD: told})
            result = super()._render(informed, channel, members, reader)
        return result
