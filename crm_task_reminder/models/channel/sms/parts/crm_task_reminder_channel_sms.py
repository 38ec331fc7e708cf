from odoo import api, models

from .....tools import gsm


class CrmTaskReminderChannelSms(models.AbstractModel):
    """A long text is sent, and paid, as several SMS."""

    _inherit = "crm.task.reminder.channel.sms"

    _daily_limit_field = "reminder_sms_daily_parts"
    _daily_second_way_field = "reminder_sms_daily_second_way"

    @api.model
    def _count_parts(self, rows):
        texts = {sms.id: sms.body for sms in self._get_outgoing(rows)}
        return {
            row: gsm.count_parts(texts.get(row.notification_id.sms_id_int) or "")
            for row in rows
        }

    @api.model
    def _count_text_parts(self, content):
        return gsm.count_parts(content["body"])
