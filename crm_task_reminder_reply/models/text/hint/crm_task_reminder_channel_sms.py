from functools import partial

from odoo import api, models


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
    def _add_link(self, company, text, hint="", **named):
        """Add also how to answer, unless the template says it or it takes more SMS."""
        add = partial(super()._add_link, company, **named)
        return self._add_words(company, text, hint, add)
