from functools import partial

from odoo import api, models

from ...tools import told


class CrmTaskReminderChannelSms(models.AbstractModel):
    """Says in an SMS for the customer where the appointment is, if there is room."""

    _inherit = "crm.task.reminder.channel.sms"

    @api.model
    def _render(self, template, tasks):
        contents = super()._render(template, tasks)
        for task in tasks:
            place, content = task._get_reminder_place().rstrip(" ."), contents[task.id]
            is_missing = place and place not in content["body"]
            where = task.env._("Where: %s", place) if is_missing else ""
            content["reply"]["where"] = where and f"{where}."
        return contents

    @api.model
    def _add_link(self, company, text, where="", **named):
        """Add also the place, unless it takes more SMS: the link is more than it."""
        add = partial(super()._add_link, company, **named)
        return self._add_words(company, text, where, add)

    @api.model
    def _find_told(self, company, delivery, words):
        """Look for them in the letters that the SMS is written in."""
        text = self._get_told_text(delivery)
        return told.find(text, words, self._get_alphabet(company))

    @api.model
    def _get_told_text(self, delivery):
        return delivery.content["body"]
