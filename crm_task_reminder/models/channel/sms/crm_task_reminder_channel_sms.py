import re

from odoo import api, models
from odoo.addons.sms.tools.sms_tools import sms_content_to_rendered_html
from odoo.fields import Command
from odoo.tools import SQL

from ....tools import gsm, phone_number, plain_text
from ....tools.errors import ReminderError

#: What a template has filled in; the rest are its own words.
PLACEHOLDER = re.compile(r"\{\{.*?\}\}", re.DOTALL)


class CrmTaskReminderChannelSms(models.AbstractModel):
    _name = "crm.task.reminder.channel.sms"
    _inherit = "crm.task.reminder.channel"
    _description = "Task Reminder by SMS"

    _channel = "sms"
    _portion = 500  # in several calls of the gateway
    _marks_each = True
    _template_field = "sms_template_id"
    _standard_templates = {
        "customer": "crm_task_reminder.sms_template_customer",
        "operator": "crm_task_reminder.sms_template_operator",
    }
    _icon = "fa-mobile"
    _preview_template = "crm_task_reminder.preview_sms"
    _second_way_field = "reminder_sms_second_way"
    _receipt_minutes_field = "reminder_sms_receipt_minutes"
    _second_way_reasons = frozenset(
        {
            "no_phone",
            "invalid_phone",
            "landline",
            "country",
            "refused",
            "expired",
            "undelivered",
            "no_credit",
            "sms_account",
            "error",
        }
    )
    _notification_states = {
        "process": "sent",
        "pending": "sent",
        "sent": "delivered",
        "bounce": "failed",
        "exception": "failed",
        "canceled": "skipped",
    }
    _failure_reasons = {
        "sms_number_missing": "no_phone",
        "sms_number_format": "invalid_phone",
        "sms_invalid_destination": "invalid_phone",
        "sms_credit": "no_credit",
        "sms_country_not_supported": "country",
        "sms_registration_needed": "country",
        "sms_server": "sms_gateway",
        "sms_acc": "sms_account",
        "sms_expired": "expired",
        "sms_not_delivered": "expired",
        "sms_not_allowed": "refused",
        "sms_rejected": "refused",
    }

    @api.model
    def _get_provider(self, company):
        """Return the model of who carries the company's SMS.

        :return crm.task.reminder.sms.provider:
        """
        return self.env["crm.task.reminder.sms.provider"]._find(company)

    @api.model
    def _check_set_up(self, company):
        """Check what the provider needs; of the credit, only its answer tells."""
        if gap := self._get_provider(company)._find_gap(company):
            raise ReminderError("sms_account", gap)

    @api.model
    def _get_addresses(self, recipient):
        if not recipient.phone:
            raise ReminderError("no_phone")
        partner = recipient.partner
        own = (partner.phone, partner.country_id)
        if partner.phone_sanitized and own == (recipient.phone, recipient.country):
            number = partner.phone_sanitized  # Odoo has parsed it already
        else:
            number = recipient.partner.browse()._phone_format(
                number=recipient.phone, country=recipient.country
            )
        if not number:
            raise ReminderError("invalid_phone", recipient.phone)
        if phone_number.is_landline(number):
            raise ReminderError("landline", recipient.phone)
        return [number]

    @api.model
    def _get_blacklisted(self, addresses):
        # in SQL: ``search`` of this model parses each number again, which is slow
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
        return {task_id: {"body": body} for task_id, body in bodies.items()}

    @api.model
    def _is_blank(self, content):
        return plain_text.is_blank(content["body"])

    @api.model
    def _personalise(self, company, delivery):
        """Write the text in the alphabet and the number of SMS that it may take."""
        content, limit = delivery.content, company.reminder_sms_parts
        template = delivery.template.with_context(lang=delivery.recipient.lang)
        title = delivery.task.name
        if title in PLACEHOLDER.sub("", template.body or ""):
            title = ""  # the template's own text is never cut
        alphabet = self._get_alphabet(company)
        content["body"] = gsm.fit(content["body"], title, limit, alphabet)

    @api.model
    def _get_alphabet(self, company):
        """Return what writes a text in the alphabet that a company sends it in.

        :param res.company company:
        :return function: of a text
        """
        return gsm.to_plain if company.reminder_sms_plain else gsm.to_seen

    @api.model
    def _prepare_preview(self, content):
        return {
            "size": self.env._(
                "%(length)s characters, %(parts)s SMS",
                length=len(content["body"]),
                parts=gsm.count_parts(content["body"]),
            )
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
                # without the number: Odoo shows receipts to all colleagues
                **self._prepare_receipt(delivery, message),
                "sms_id_int": sms.id,
                "sms_tracker_ids": [Command.create({"sms_uuid": sms.uuid})],
            }
            for delivery, message, sms in zip(deliveries, messages, texts, strict=True)
        ]

    @api.model
    def _get_outgoing(self, rows):
        sms_ids = rows.notification_id.mapped("sms_id_int")
        return self.env["sms.sms"].browse(sms_ids).exists()

    @api.model
    def _filter_outgoing(self, rows):
        # A receipt is deleted with its recipient. Of a row without one it is not known
        # which SMS it had, so the row is kept.
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
        texts = self.with_context(allowed_company_ids=company.ids).env["sms.sms"]
        sms = texts.create({"number": address, "body": content["body"]})
        sms.send(unlink_sent=False)
        failure = sms.failure_type
        if failure:
            raise ReminderError(self._failure_reasons.get(failure, "error"))
        sms.unlink()  # no receipt is waited for
