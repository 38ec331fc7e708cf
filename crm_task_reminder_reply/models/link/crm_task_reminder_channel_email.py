from markupsafe import Markup

from odoo import api, models

#: Where the layout has room for the buttons, and for what stands below the letter.
SLOTS = {
    "buttons": Markup("<!--reminder-buttons-->"),
    "below": Markup("<!--reminder-below-->"),
}
#: QWeb templates that fill the slots.
TEMPLATES = {
    "buttons": "crm_task_reminder_reply.mail_buttons",
    "below": "crm_task_reminder_reply.mail_below",
}
#: Around a row of the layout's table where a template has another layout.
TABLE = Markup('<table role="presentation" style="width: 100%%">%s</table>')
ONE_CLICK = "List-Unsubscribe=One-Click"


class CrmTaskReminderChannelEmail(models.AbstractModel):
    """Buttons in the e-mails for customers, and a link to have no more of them."""

    _inherit = "crm.task.reminder.channel.email"

    @api.model
    def _prepare_layout(self, company):
        slots = {f"reply_{name}": slot for name, slot in SLOTS.items()}
        return {**super()._prepare_layout(company), **slots}

    @api.model
    def _render(self, template, tasks):
        """Add what is the same for all customers of a language, rendered once."""
        contents = super()._render(template, tasks)
        company, qweb = tasks.env.company, template.env["ir.qweb"]
        link = self.env["crm.task.reminder.link"]._get_address(company)
        values = {**self._prepare_layout(company), "link": link}
        reply = {
            name: qweb._render(xmlid, values, minimal_qcontext=True)
            for name, xmlid in TEMPLATES.items()
        }
        reply["text"] = {
            "buttons": "\n".join(
                [
                    tasks.env._("Your answer: %s", link),
                    tasks.env._("Add to calendar: %s", f"{link}/task.ics"),
                ]
            ),
            "below": tasks.env._("No more reminders: %s", f"{link}/stop"),
        }
        reply["headers"] = {
            "List-Unsubscribe": f"<{link}/stop>",
            "List-Unsubscribe-Post": ONE_CLICK,
        }
        return {key: {**content, "reply": reply} for key, content in contents.items()}

    @api.model
    def _personalise(self, company, delivery):
        result = super()._personalise(company, delivery)
        content = delivery.content
        reply = content.pop("reply")
        shown = []
        if delivery.reminder.audience == "customer":
            asks = delivery.reminder._asks_for_answer()
            shown = list(SLOTS) if asks else ["below"]
        self._add_links(content, reply, shown)
        return result

    @api.model
    def _add_links(self, content, reply, shown):
        """Put the customer's links into an e-mail.

        :param dict content:
        :param dict reply: what the links look like, as ``_render`` has made it
        :param list[str] shown: which of ``SLOTS``; none: no links at all
        """
        for name, slot in SLOTS.items():
            part = reply[name] if name in shown else Markup()
            content["body_html"] = self._fill_slot(content["body_html"], slot, part)
        if shown:
            lines = "\n".join(reply["text"][name] for name in shown)
            content["text"] = f"{content['text']}\n\n{lines}"
            content["headers"] = reply["headers"]

    @api.model
    def _fill_slot(self, document, slot, part):
        """Return a document with a part in its slot; at its end if it has none.

        :param Markup document:
        :param Markup slot:
        :param Markup part: may be empty
        """
        document = Markup(document)
        if slot in document:
            return document.replace(slot, part)
        if part.lstrip().startswith("<tr"):
            part = TABLE % part
        head, end, tail = document.rpartition(Markup("</body>"))
        return head + part + end + tail if end else document + part

    @api.model
    def _has_reply_link(self, delivery):
        return "headers" in delivery.content
