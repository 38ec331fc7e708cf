from markupsafe import Markup, escape

from odoo import api, models
from odoo.addons.crm_task_reminder.tools.plain_text import part

#: Where the layout has room for the place.
SLOT = Markup("<!--reminder-place-->")
PLACE = Markup(
    '<div style="padding-top: 4px; font-size: 17px; line-height: 1.4;">%s</div>'
)


class CrmTaskReminderChannelEmail(models.AbstractModel):
    """Says in an e-mail for the customer where the appointment is."""

    _inherit = "crm.task.reminder.channel.email"

    @api.model
    def _prepare_layout(self, company):
        return {**super()._prepare_layout(company), "reply_place": SLOT}

    @api.model
    def _render(self, template, tasks):
        contents = super()._render(template, tasks)
        for task in tasks:
            place, content = task._get_reminder_place(), contents[task.id]
            is_missing = place and place not in content["text"]
            content["where"] = task.env._("Where: %s", place) if is_missing else ""
        return contents

    @api.model
    def _personalise(self, company, delivery):
        content = delivery.content
        where = content.pop("where")
        where = where if delivery.reminder._asks_for_answer() else ""
        place = PLACE % escape(where) if where else Markup()
        content["body_html"] = self._fill_slot(content["body_html"], SLOT, place)
        if where:
            content["text"] = f"{content['text']}\n\n{where}"
        return super()._personalise(company, delivery)

    @api.model
    def _find_told(self, company, delivery, words):
        """Look for them in the letter's frame as well, which has the title."""
        found = super()._find_told(company, delivery, words)
        is_in_frame = words and escape(part(words)) in delivery.content["body_html"]
        return found or (words if is_in_frame else "")

    @api.model
    def _prepare_entry(self, company, delivery):
        """Keep what the mail does not say out of the entry that is attached to it."""
        told = self._find_told_of_task(company, delivery)
        words = self.with_context(lang=delivery.recipient.lang).env
        title = told["title"] or words._("Your appointment")
        return {**super()._prepare_entry(company, delivery), **told, "title": title}

    @api.model
    def _get_told_text(self, delivery):
        content = delivery.content
        return f"{content['subject']}\n{content['text']}"
