from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import groupby

from ..tools import gsm
from ..tools.delivery import Delivery
from ..tools.errors import ReminderError

#: A mail is black on white and laid out for a wide screen. Neither dark colours of the
#: screen nor a narrow one keep it from being read.
MAIL_STYLE = Markup(
    "<style>:root {background: white; color-scheme: only light} "
    "@media (max-width: 600px) {table {width: 100% !important} "
    "td {min-width: 0 !important}}</style>"
)


class CrmTaskReminderPreview(models.TransientModel):
    """A reminder as its recipients will read it, before it is sent."""

    _name = "crm.task.reminder.preview"
    _description = "Task Reminder Preview"

    reminder_id = fields.Many2one(
        "crm.task.reminder", required=True, readonly=True, ondelete="cascade"
    )
    channel = fields.Selection(related="reminder_id.channel", related_sudo=False)
    due_text = fields.Char(related="reminder_id.due_text", related_sudo=False)
    content = fields.Html(
        compute="_compute_content", sanitize=False, string="What They Will Read"
    )

    @api.depends("reminder_id")
    @api.depends_context("lang")
    def _compute_content(self):
        for preview in self:
            values = {"channel": preview.channel, "messages": [], "problems": []}
            try:
                deliveries, refused = preview._prepare_deliveries()
                values["messages"] = preview._list_messages(deliveries)
                values["problems"] = list(map(preview._describe_refusal, refused))
            except ReminderError as error:
                log = self.env["crm.task.reminder.log"]
                values["problems"] = [{"name": "", "text": log._explain(error)}]
            preview.content = self.env["ir.qweb"]._render(
                "crm_task_reminder.preview", values
            )

    def _prepare_deliveries(self):
        """Return the messages as the service would send them now.

        :return tuple[list[Delivery], list[dict]]: messages with their content, and
            values of the ledger rows about those who get none
        :raise ReminderError: when nobody gets one
        """
        self.ensure_one()
        self.reminder_id.check_access("read")
        self.reminder_id._check_company_access()
        # sudo: the operator's account and rights are used, as when it is sent
        reminder = self.reminder_id.sudo()
        company = reminder.company_id
        if trouble := company._get_reminder_trouble():
            raise ReminderError(trouble)
        if not reminder._filter_readable_by_operator(company):
            raise ReminderError("no_access")
        if not reminder._get_template():
            raise ReminderError("no_template")
        # sudo: as above
        queue = self.env["crm.task.reminder.queue"].sudo()
        deliveries, refused = queue._address(reminder)
        deliveries, blacklisted = queue._drop_blacklisted(deliveries)
        self._render(deliveries)
        return deliveries, refused + blacklisted

    def _get_channel(self):
        # sudo: as in ``_prepare_deliveries``
        return self.reminder_id.sudo()._get_channel()

    def _render(self, deliveries):
        """Fill the content of the deliveries, with no more rights than the reader has.

        Who may edit templates can read by one whatever there is, in Odoo's own preview
        as well. Others have it rendered with their own rights.
        """
        # sudo: as in ``_prepare_deliveries``
        company = self.reminder_id.sudo().company_id
        reader = self.env.user
        if reader.has_group("mail.group_mail_template_editor"):
            reader = None
        self._get_channel()._render_deliveries(company, deliveries, reader)

    def _list_messages(self, deliveries):
        """Return what there is to read: one entry per language and zone.

        :param list[Delivery] deliveries: with their content
        :return list[dict]:
        """

        def key(delivery):
            return delivery.recipient.lang, delivery.recipient.tz

        languages = dict(self.env["res.lang"].get_installed())
        messages = []
        for (lang, tz), members in groupby(deliveries, key=key):
            content = members[0].content
            body = content["body"]
            messages.append(
                {
                    "recipients": list(map(self._name_recipient, members)),
                    "language": languages.get(lang, lang),
                    "tz": tz.replace("_", " "),
                    "size": self.env._(
                        "%(length)s characters, %(parts)s SMS",
                        length=len(body),
                        parts=gsm.count_parts(body),
                    ),
                    "document": MAIL_STYLE + content.get("body_html", ""),
                    **content,
                    "attachments": self._name_attachments(content),
                }
            )
        return messages

    def _name_recipient(self, delivery):
        """Return name and address of a recipient, as far as the reader may know them.

        :param Delivery delivery:
        """
        recipient = delivery.recipient
        name, is_open = self.env["crm.task.reminder"]._disclose(
            recipient.name, recipient.partner, recipient.employee
        )
        return f"{name} {delivery.address}" if is_open else name

    def _describe_refusal(self, row):
        """Return name and reason of somebody who gets nothing, as the reader may know.

        :param dict row: values of a ledger row
        """
        name, is_open = self.env["crm.task.reminder"]._disclose(
            row.get("recipient_name"),
            self.env["res.partner"].browse(row.get("partner_id")),
            self.env["hr.employee"].browse(row.get("employee_id")),
        )
        # which of several addresses, where it is not all of them
        address = row.get("address") if is_open else ""
        error = ReminderError(row["reason"], row["detail"] if is_open else "")
        return {
            "name": " ".join(filter(None, (name, address))),
            "text": self.env["crm.task.reminder.log"]._explain(error),
        }

    def _name_attachments(self, content):
        if "attachments" not in content:
            return ""  # an SMS
        # sudo: who may read the reminder may read what is sent with it
        return ", ".join(content["attachments"].sudo().mapped("name"))

    def action_send_test(self):
        """Send what the recipients will read to the user, marked as a test."""
        self.reminder_id.check_access("write")
        channel = self._get_channel()
        # sudo: as in ``_prepare_deliveries``; one's own address is one's own to read
        reminder = self.reminder_id.sudo()
        company = reminder.company_id
        try:
            deliveries, _refused = self._prepare_deliveries()
            channel._check_set_up(company)
            recipient = reminder.task_id._make_user_recipient(
                company, self.env.user.sudo()
            )
            address = channel._get_active_addresses(recipient)[0]
            if not deliveries:
                deliveries = [Delivery(reminder, recipient, address)]
                self._render(deliveries)
            contents = {str(one.content): one.content for one in deliveries}
            self.env["crm.task.reminder.trial"]._take(company, len(contents))
            for content in contents.values():
                channel._send_test(company, recipient, address, content)
        except ReminderError as error:
            reason = self.env["crm.task.reminder.log"]._explain(error)
            raise UserError(
                self.env._("The test could not be sent: %s", reason)
            ) from error
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("A test was sent to %s.", address),
            },
        }
