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
        receipts = texts.search_fetch(
            [
                ("company_id", "=", company.id),
                ("receipted_on", ">=", first),
                ("receipted_on", "<=", last),
            ],
            ["receipted_on", "receipt_parts"],
        )
        for day, members in receipts.grouped("receipted_on").items():
            parts[day] += sum(members.mapped("receipt_parts"))
        return parts
