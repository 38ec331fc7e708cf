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
#: What a ledger row has of somebody who gets nothing.
WHO = ("recipient_name", "address")


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
                values["problems"] = preview._list_problems(refused)
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
        # sudo: as in ``_prepare_deliveries``
        company = self.reminder_id.sudo().company_id
        self._get_channel()._render_deliveries(company, deliveries)

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
                    "recipients": [
                        f"{member.recipient.name} {member.address}"
                        for member in members
                    ],
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

    def _name_attachments(self, content):
        if "attachments" not in content:
            return ""  # an SMS
        # sudo: who may read the reminder may read what is sent with it
        return ", ".join(content["attachments"].sudo().mapped("name"))

    def _list_problems(self, refused):
        log = self.env["crm.task.reminder.log"]
        return [
            {
                # which of several addresses, where it is not all of them
                "name": " ".join(filter(None, map(row.get, WHO))),
                "text": log._explain(ReminderError(row["reason"], row["detail"])),
            }
            for row in refused
        ]

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
            for content in {
                str(one.content): one.content for one in deliveries
            }.values():
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
