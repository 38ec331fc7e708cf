from odoo import api, models
from odoo.addons.crm_task_reminder.tools import gsm


class CrmTaskReminderChannelSms(models.AbstractModel):
    """Says in an SMS how to answer it, where there is room."""

    _inherit = "crm.task.reminder.channel.sms"

    @api.model
    def _render(self, template, tasks):
        contents = super()._render(template, tasks)
        hint = tasks.env.company._get_reminder_reply_hint() if tasks else ""
        for content in contents.values():
            content["reply"]["hint"] = hint
        return contents

    @api.model
    def _add_link(self, company, text, *values, hint="", **named):
        """Add also how to answer, unless the template says it or it takes more SMS."""
        without = super()._add_link(company, text, *values, **named)
        if not hint or hint in text:
            return without
        alphabet = self._get_alphabet(company)
        whole = super()._add_link(company, f"{text} {hint}", *values, **named)
        parts = [gsm.count_parts(alphabet(one)) for one in (whole, without)]
        return whole if parts[0] <= parts[1] else without
