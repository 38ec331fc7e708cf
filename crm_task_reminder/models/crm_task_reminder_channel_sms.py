from odoo import api, models
from odoo.addons.sms.tools.sms_tools import sms_content_to_rendered_html
from odoo.fields import Command

from ..tools import gsm
from ..tools.errors import ReminderError


class CrmTaskReminderChannelSms(models.AbstractModel):
    _name = "crm.task.reminder.channel.sms"
    _inherit = "crm.task.reminder.channel"
    _description = "Task Reminder by SMS"

    _channel = "sms"

    @api.model
    def _get_address(self, recipient):
        if not recipient.phone:
            raise ReminderError("no_phone")
        number = recipient.partner.browse()._phone_format(
            number=recipient.phone, country=recipient.country
        )
        if not number:
            raise ReminderError("invalid_phone", recipient.phone)
        return number

    @api.model
    def _get_blacklisted(self, addresses):
        entries = self.env["phone.blacklist"].search([("number", "in", addresses)])
        return set(entries.mapped("number"))

    @api.model
    def _render(self, template, tasks):
        bodies = template._render_field("body", tasks.ids)
        is_plain = tasks.env.company.reminder_sms_plain
        return {
            task_id: {"body": gsm.to_plain(body) if is_plain else body}
            for task_id, body in bodies.items()
        }

    @api.model
    def _prepare_message(self, company, delivery):
        return {
            "message_type": "sms",
            "body": sms_content_to_rendered_html(delivery.content["body"]),
        }

    @api.model
    def _create_outgoing(self, company, deliveries, messages):
        messages_sms = messages.env["sms.sms"].create(
            [
                {
                    "body": delivery.content["body"],
                    "number": delivery.address,
                    "partner_id": delivery.recipient.partner.id,
                    "mail_message_id": message.id,
                    # not *outgoing*: Odoo's own queue is to leave it alone
                    "state": "process",
                }
                for delivery, message in zip(deliveries, messages, strict=True)
            ]
        )
        return [
            {
                "author_id": sms.mail_message_id.author_id.id,
                "mail_message_id": sms.mail_message_id.id,
                "res_partner_id": sms.partner_id.id,
                "sms_number": sms.number,
                "notification_type": "sms",
                "sms_id_int": sms.id,
                "sms_tracker_ids": [Command.create({"sms_uuid": sms.uuid})],
                "is_read": True,
                "notification_status": "ready",
            }
            for sms in messages_sms
        ]

    @api.model
    def _send(self, rows):
        sms_ids = rows.notification_id.mapped("sms_id_int")
        self.env["sms.sms"].browse(sms_ids)._send(raise_exception=False)
