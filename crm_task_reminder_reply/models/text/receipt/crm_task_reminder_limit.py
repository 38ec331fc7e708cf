from collections import Counter

from odoo import api, models


class CrmTaskReminderLimit(models.AbstractModel):
    """An SMS that thanks for an answer is paid like a reminder."""

    _inherit = "crm.task.reminder.limit"

    @api.model
    def _count_parts(self, company, channel, first, last):
        parts = super()._count_parts(company, channel, first, last)
        if channel._channel != self.env["crm.task.reminder.channel.sms"]._channel:
            return parts
        # sudo: how many they were is told to whoever may see what reminders cost
        texts = self.env["crm.task.reminder.text"].sudo()
        groups = texts._read_group(
            [
                ("company_id", "=", company.id),
                ("receipted_on", ">=", first),
                ("receipted_on", "<=", last),
            ],
            ["receipted_on:day"],
            ["receipt_parts:sum"],
        )
        return parts + Counter(dict(groups))
