from odoo import api, models


class CrmTaskReminderLink(models.Model):
    """Keeps what a message said of its task: its page says no more than that."""

    _inherit = "crm.task.reminder.link"

    @api.model
    def _prepare_values(self, company, delivery):
        values = super()._prepare_values(company, delivery)
        task, channel = delivery.task, delivery.channel
        place = task._get_reminder_place()
        is_told = channel._find_told(company, delivery, place.rstrip(" ."))
        return {
            **values,
            "title": channel._find_told(company, delivery, task.name or ""),
            # a place of which the message has told a part only is not shown at all
            "place": is_told and is_told == place.rstrip(" .") and place,
        }
