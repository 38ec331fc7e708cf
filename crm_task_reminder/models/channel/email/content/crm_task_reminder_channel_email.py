import re
from contextlib import suppress

from markupsafe import Markup, escape

from odoo import api, models
from odoo.tools import mail as mail_tools

from .....tools import email_address, plain_text
from .....tools.errors import ReminderError

#: What a mail template may set that reminders have from elsewhere.
UNUSED = (
    "email_from",
    "email_to",
    "partner_to",
    "scheduled_date",
    "report_template_ids",
    "mail_server_id",
)
#: A phone number as a person writes it.
PHONE = re.compile(r"[+\d][\d ()/.-]+")
#: A tag, in which stands where a link leads.
TAG = re.compile("(<[^>]*>)")
#: A space at which no line ends.
NBSP = "\N{NO-BREAK SPACE}"
#: Other layouts than the addon's own are black on nothing: on white also where Odoo is
#: dark. It has no weight, so that a layout with colours of its own keeps them.
PREVIEW_STYLE = Markup(
    "<style>:where(:root) {background: white; color-scheme: only light}</style>"
)


class CrmTaskReminderChannelEmail(models.AbstractModel):
    """What an e-mail says and whose name it bears."""

    _inherit = "crm.task.reminder.channel.email"

    @api.model
    def _render(self, template, tasks):
        subjects = template._render_field("subject", tasks.ids)
        bodies = template._render_field("body_html", tasks.ids)
        copies = self._render_copies(template, tasks)
        answers = self._render_addresses(template, "reply_to", tasks)
        lay_out = self._pick_layout(template, tasks)
        base_url = tasks.env.company.get_base_url()
        contents = {}
        for task in tasks:
            subject = " ".join(subjects[task.id].split())
            body = self._keep_together(task, self._part(bodies[task.id]))
            link = self._make_link(task, base_url)
            contents[task.id] = {
                "subject": subject,
                "body": body,
                "body_html": self._part(lay_out(task, subject, body, link)),
                "text": self._write_text(task, body),
                "link": link,
                # filled for all deliveries of the task, see ``_personalise``
                "reminded": {},
                "attachments": template.attachment_ids,
                "cc": copies[task.id],
                "reply_to": email_address.join(answers[task.id]),
            }
        return contents

    @api.model
    def _write_text(self, task, body):
        """Return the letter as plain text; with its date, where it does not say it.

        :param project.task task: in the reader's language and zone
        :param str body: the letter
        """
        text = plain_text.to_text(body)
        date = plain_text.squeeze(self._get_head_date(task))
        return text if date in text else f"{date}\n\n{text}"

    @api.model
    def _get_head_date(self, task):
        """Return the date that a letter is about, as its reader reads it.

        :param project.task task: in the reader's language and zone
        :return str | False:
        """
        return task.reminder_start

    @api.model
    def _part(self, page):
        """Return HTML in which no words of a title grow together.

        :param Markup page:
        """
        return Markup(plain_text.part(page))

    @api.model
    def _keep_together(self, task, body):
        """Return the letter with its dates and the number in it each on one line.

        :param project.task task: in the reader's language and zone
        :param Markup body: the letter
        """
        # the name of a zone may stand on the next line
        dates = [date.partition(" (")[0] for date in self._list_dates(task) if date]
        contact = task.reminder_contact or ""
        pieces = TAG.split(body)
        for words in (*dates, contact if PHONE.fullmatch(contact) else ""):
            if " " in words:
                old, new = escape(words), escape(words.replace(" ", NBSP))
                pieces[::2] = [piece.replace(old, new) for piece in pieces[::2]]
        return Markup("".join(pieces))

    @api.model
    def _list_dates(self, task):
        """Return the dates that the letter has, as its reader reads them.

        :param project.task task: in the reader's language and zone
        :return list[str | False]:
        """
        return [task.reminder_start]

    # ------------------------------------------------------------------
    # From, Cc, Reply-To
    # ------------------------------------------------------------------

    @api.model
    def _personalise(self, company, delivery):
        content = delivery.content
        content["email_from"] = self._format_sender(company, delivery.reminder.audience)
        readers = (delivery.recipient, *delivery.others)
        self._address_link(content, all(reader.is_internal for reader in readers))
        known, audience = content.pop("reminded"), delivery.reminder.audience
        if content["cc"]:
            if audience not in known:
                known[audience] = self._list_reminded(company, delivery)
            reminded = {*known[audience], delivery.address}
            content["cc"] = [one for one in content["cc"] if one not in reminded]

    @api.model
    def _format_sender(self, company, audience):
        author = company.reminder_user_id.partner_id
        is_plain = audience != "customer" or company.reminder_sender_name == "person"
        if is_plain or not author.email_normalized:
            return super()._format_sender(company, audience)
        name = " ".join(f"{author.name} ({company.name})".split())
        return mail_tools.formataddr((name, author.email_normalized))

    @api.model
    def _list_copies(self, content):
        return content["cc"]

    @api.model
    def _list_reminded(self, company, delivery):
        """Return the addresses that reminders of the delivery's audience go to anyway.

        :return set[str]:
        """
        reminder, addresses = delivery.reminder, set()
        # who can't be reminded is told of elsewhere
        with suppress(ReminderError):
            for recipient in delivery.task._get_reminder_recipients(
                reminder.audience, company
            ):
                with suppress(ReminderError):
                    addresses.update(self._get_active_addresses(recipient))
        return addresses

    @api.model
    def _render_copies(self, template, tasks):
        """Return who gets a copy of each task's mails, without who wants no mails.

        :return dict[int, list[str]]: task id → addresses
        """
        copies = self._render_addresses(template, "email_cc", tasks)
        addresses = [one for found in copies.values() for one in found]
        blacklisted = self._get_blacklisted(addresses) if addresses else set()
        return {
            task_id: [one for one in found if one not in blacklisted]
            for task_id, found in copies.items()
        }

    @api.model
    def _render_addresses(self, template, name, tasks):
        """Return the addresses in a field of the template, those that are valid.

        :param str name: of the field
        :return dict[int, list[str]]: task id → addresses, normalised
        """
        if not template[name]:
            return {task.id: [] for task in tasks}
        texts = template._render_field(name, tasks.ids)
        return {
            task_id: list(dict.fromkeys(email_address.find_all(text)))
            for task_id, text in texts.items()
        }

    # ------------------------------------------------------------------
    # What a person is shown
    # ------------------------------------------------------------------

    @api.model
    def _prepare_preview(self, content):
        return {
            "document": content["body_html"] + PREVIEW_STYLE,
            "copies": ", ".join(content["cc"]),
            # sudo: who may read the reminder may read what is sent with it
            "attachment_names": content["attachments"].sudo().mapped("name"),
        }

    @api.model
    def _describe_unused(self, template):
        """Return in words what a template sets in vain, an empty text if nothing.

        :param mail.template template: as superuser
        """
        fields = template._fields
        labels = [
            fields[name]._description_string(self.env)
            for name in UNUSED
            if template[name]
        ]
        if not labels:
            return ""
        return self.env._(
            "Of “%(template)s”, reminders leave out: %(settings)s. Sender, account, "
            "recipients and time are the reminder's own.",
            template=template.name,
            settings=", ".join(labels),
        )
