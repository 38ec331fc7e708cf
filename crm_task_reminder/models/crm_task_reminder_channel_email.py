from odoo import api, models
from odoo.tools import mail as mail_tools

from ..tools.errors import ReminderError

DEFAULT_LAYOUT = "mail.mail_notification_light"
#: Tells mail systems not to answer by themselves (RFC 3834, section 5).
HEADERS = {"Auto-Submitted": "auto-generated"}


class CrmTaskReminderChannelEmail(models.AbstractModel):
    _name = "crm.task.reminder.channel.email"
    _inherit = "crm.task.reminder.channel"
    _description = "Task Reminder by E-mail"

    _channel = "email"

    @api.model
    def _check_set_up(self, company):
        server = company.reminder_mail_server_id
        if not server.active:
            raise ReminderError("no_account")

    @api.model
    def _get_address(self, recipient):
        if not recipient.email:
            raise ReminderError("no_email")
        address = mail_tools.email_normalize(recipient.email, strict=False)
        if not address:
            raise ReminderError("invalid_email", recipient.email)
        return address

    @api.model
    def _get_blacklisted(self, addresses):
        entries = self.env["mail.blacklist"].search([("email", "in", addresses)])
        return set(entries.mapped("email"))

    @api.model
    def _render(self, template, tasks):
        subjects = template._render_field("subject", tasks.ids)
        bodies = template._render_field("body_html", tasks.ids)
        layout = template.email_layout_xmlid or DEFAULT_LAYOUT
        return {
            task.id: {
                "subject": " ".join(subjects[task.id].split()),
                "body": bodies[task.id],
                "body_html": template._render_encapsulate(
                    layout, bodies[task.id], context_record=task
                ),
            }
            for task in tasks
        }

    @api.model
    def _prepare_message(self, company, delivery):
        return {
            "message_type": "auto_comment",
            "subject": delivery.content["subject"],
            "body": delivery.content["body"],
            "mail_server_id": company.reminder_mail_server_id.id,
        }

    @api.model
    def _create_outgoing(self, company, deliveries, messages):
        mails = messages.env["mail.mail"].create(
            [
                {
                    "mail_message_id": message.id,
                    "body_html": delivery.content["body_html"],
                    "email_to": mail_tools.formataddr(
                        (delivery.recipient.name, delivery.address)
                    ),
                    "references": message.message_id,
                    "headers": repr(HEADERS),
                    "auto_delete": True,
                    "is_task_reminder": True,
                }
                for delivery, message in zip(deliveries, messages, strict=True)
            ]
        )
        return [
            {
                **mail._get_notification_values()[0],
                "res_partner_id": delivery.recipient.partner.id,
                "mail_email_address": delivery.address,
            }
            for delivery, mail in zip(deliveries, mails, strict=True)
        ]

    @api.model
    def _send(self, rows):
        mails = rows.notification_id.mail_mail_id
        # each result is committed by itself, so that a crash leaves few in doubt
        mails.send(auto_commit=True, raise_exception=False)
        # What a personal mail server has put off for its hourly limit waits here.
        put_off = mails.exists().filtered(lambda mail: mail.state == "outgoing")
        waiting = rows.filtered(lambda row: row.notification_id.mail_mail_id in put_off)
        waiting._set_state("queued")
