from functools import partial

from odoo import api, models
from odoo.addons.sms.tools.sms_tools import sms_content_to_rendered_html
from odoo.fields import Command
from odoo.tools import SQL

from ..tools import gsm
from ..tools.errors import ReminderError
from ..tools.outcomes import FAILURE_REASONS
from ..tools.sms_gateway import OneCall
from ..tools.transaction import retry
from .mail_message import BY_SERVICE


class CrmTaskReminderChannelSms(models.AbstractModel):
    _name = "crm.task.reminder.channel.sms"
    _inherit = "crm.task.reminder.channel"
    _description = "Task Reminder by SMS"

    _channel = "sms"
    _portion = 50  # in one call of the gateway

    @api.model
    def _get_addresses(self, recipient):
        if not recipient.phone:
            raise ReminderError("no_phone")
        partner = recipient.partner
        own = (partner.phone, partner.country_id)
        if partner.phone_sanitized and own == (recipient.phone, recipient.country):
            return [partner.phone_sanitized]  # the same, kept by Odoo
        number = recipient.partner.browse()._phone_format(
            number=recipient.phone, country=recipient.country
        )
        if not number:
            raise ReminderError("invalid_phone", recipient.phone)
        return [number]

    @api.model
    def _get_blacklisted(self, addresses):
        # Not by ``search``: that has each number parsed again.
        blacklist = self.env["phone.blacklist"]
        blacklist.flush_model(["number", "active"])
        query = SQL(
            "SELECT number FROM phone_blacklist WHERE active AND number = ANY(%s)",
            addresses,
        )
        return {number for (number,) in self.env.execute_query(query)}

    @api.model
    def _render(self, template, tasks):
        bodies = template._render_field("body", tasks.ids)
        if not all(body.strip() for body in bodies.values()):
            raise ReminderError("template_error", self.env._("The text is empty"))
        company = tasks.env.company
        alphabet = gsm.to_plain if company.reminder_sms_plain else str
        limit = company.reminder_sms_parts
        return {
            task.id: {"body": gsm.fit(bodies[task.id], task.name, limit, alphabet)}
            for task in tasks
        }

    @api.model
    def _prepare_message(self, company, delivery):
        return {
            "message_type": "sms",
            "body": sms_content_to_rendered_html(delivery.content["body"]),
        }

    @api.model
    def _create_outgoing(self, company, deliveries, messages):
        texts = messages.env["sms.sms"].create(
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
                "author_id": message.author_id.id,
                "mail_message_id": message.id,
                "res_partner_id": delivery.recipient.partner.id,
                "sms_number": delivery.address,
                "notification_type": "sms",
                "sms_id_int": sms.id,
                "sms_tracker_ids": [Command.create({"sms_uuid": sms.uuid})],
                "is_read": True,
                "notification_status": "ready",
            }
            for delivery, message, sms in zip(deliveries, messages, texts, strict=True)
        ]

    @api.model
    def _send(self, rows, line):
        company = rows.company_id
        self._check_set_up(company)  # it may have changed while they waited
        self._check_connection(company)
        texts = self._get_outgoing(rows)
        client = OneCall(self._get_client(company))
        texts = texts.with_context(**{"sms_api": client, BY_SERVICE: True})
        retry(self.env, partial(texts._send, raise_exception=True))
        self._check_server_errors(rows, client)

    @api.model
    def _check_server_errors(self, rows, client):
        """Put off or doubt what the provider says it could not take.

        Odoo's own gateway says so when it has not taken a message; the clients of other
        providers say so as well when a connection broke, whatever came of it.
        """
        hurt = rows.filtered(
            lambda row: row.notification_id.failure_type == "sms_server"
        )
        if client.is_certain:
            hurt._put_off("sms_gateway")
        else:
            hurt._close("unconfirmed", "no_answer")

    @api.model
    def _get_outgoing(self, rows):
        sms_ids = rows.notification_id.mapped("sms_id_int")
        return self.env["sms.sms"].browse(sms_ids).exists()

    @api.model
    def _filter_outgoing(self, rows):
        # without a receipt, which went with the recipient, it is not known which it was
        sms_ids = {False, *self._get_outgoing(rows).ids}
        return rows.filtered(
            lambda row: (row.notification_id.sms_id_int or False) in sms_ids
        )

    @api.model
    def _reset(self, rows):
        # sudo: SMS are the administrators'; the caller has checked the rights
        self._get_outgoing(rows).sudo().write(
            {"state": "process", "failure_type": False}
        )

    @api.model
    def _withdraw(self, rows):
        self._get_outgoing(rows).action_set_canceled()

    @api.model
    def _send_test(self, company, recipient, address, content):
        texts = self._in_company(company).env["sms.sms"]
        sms = texts.create({"number": address, "body": content["body"]})
        sms.send(unlink_sent=False)
        failure = sms.failure_type
        if failure:
            raise ReminderError(FAILURE_REASONS.get(failure, "error"))
        sms.unlink()  # no receipt is waited for
