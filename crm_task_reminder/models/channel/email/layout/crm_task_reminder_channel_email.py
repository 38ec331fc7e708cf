import re
from functools import partial
from types import SimpleNamespace

from markupsafe import Markup

from odoo import api, models

from .....tools import colours
from .....tools.language import get_reader_lang
from .....tools.page import Press

#: QWeb template around the text, where the mail template names no other.
LAYOUT = "crm_task_reminder.mail_layout"
#: Odoo's own colour for buttons in e-mails.
COLOUR = "#875A7B"
#: What stands around the link to the task until it is known who gets the e-mail.
LINK_STARTS, LINK_ENDS = Markup("<!--task-->"), Markup("<!--/task-->")


class CrmTaskReminderChannelEmail(models.AbstractModel):
    """How an e-mail looks."""

    _inherit = "crm.task.reminder.channel.email"

    @api.model
    def _make_link(self, task, base_url):
        """Return what opens the task, for those who sign in to Odoo.

        :param project.task task: in the reader's language
        :param str base_url: of the company
        :return dict[str, str]: ``label`` and ``url``
        """
        path = f"/mail/view?model={task._name}&res_id={task.id}"
        return {"label": task.env._("Open the task"), "url": f"{base_url}{path}"}

    @api.model
    def _address_link(self, content, is_internal):
        """Give the link to the task to colleagues, and take it out for all others.

        :param dict content: of one delivery; changed
        :param bool is_internal: who gets it signs in to Odoo
        """
        link = content.pop("link")
        head, mark, rest = content["body_html"].partition(LINK_STARTS)
        if not mark:
            return  # a layout of the template's own
        button, _mark, tail = rest.partition(LINK_ENDS)
        content["body_html"] = head + (button if is_internal else Markup()) + tail
        if is_internal:
            content["text"] += f"\n\n{link['label']}: {link['url']}"

    @api.model
    def _pick_layout(self, template, tasks):
        """Return what puts a letter into the template's layout, else into our own.

        :param mail.template template:
        :param project.task tasks: in the reader's language and zone
        :return function: of task, subject, letter and link to the task
        """
        layout = template.email_layout_xmlid
        # Odoo would send an empty mail where the layout is gone
        if layout and self.env.ref(layout, raise_if_not_found=False):
            return lambda task, _subject, body, _link: template._render_encapsulate(
                layout, body, context_record=task
            )
        common = {
            **self._prepare_layout(tasks.env.company),
            "lang": (tasks.env.lang or "").replace("_", "-"),
            "direction": get_reader_lang(tasks.env).direction,
            "powered_by": tasks.env._("Powered by"),
            "link_starts": LINK_STARTS,
            "link_ends": LINK_ENDS,
        }
        press = Press(partial(self._lay_out, template.env["ir.qweb"], common))
        starts = tasks._split_reminder_start()
        return lambda task, subject, body, link: press.print(
            {
                "subject": subject,
                "name": task.name,
                "body": body,
                "when": starts.get(task.id, {}),
                "link": link,
            },
            task,
        )

    @api.model
    def _lay_out(self, qweb, common, texts, record=None):
        """Return a page of the addon's own layout.

        :param ir.qweb qweb: in the reader's language
        :param dict common: what all pages show
        :param dict texts: what this one shows, see ``Press``
        :param project.task record: what it is about; a name alone unless given
        :return Markup:
        """
        if record is None:
            record = SimpleNamespace(name=texts["name"])
        values = {**common, **texts, "record": record}
        return qweb._render(LAYOUT, values, minimal_qcontext=True)

    @api.model
    def _prepare_layout(self, company):
        """Return what the layout shows of a company.

        :param res.company company:
        :return dict:
        """
        # sudo: what a company tells its customers of itself is no secret
        company = company.sudo()
        colour = company.email_secondary_color
        colour = colour if colours.is_colour(colour) else COLOUR
        logo = f"{company.get_base_url()}/logo.png?company={company.id}"
        return {
            "company": company,
            "colour": colour,
            "ink": colours.pick_ink(colour, company.email_primary_color),
            # Odoo gives it to everybody: mail programs have no session
            "logo": "" if company.uses_default_logo else logo,
            "phone_link": re.sub(r"[^+\d]", "", company.phone or ""),
        }
