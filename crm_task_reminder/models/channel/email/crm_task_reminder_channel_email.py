import re

from odoo import api, models
from odoo.fields import Command

from ....tools import email_address, plain_text
from ....tools.errors import ReminderError
from .mail_mail import WAITING

#: Type of the chatter's message. Odoo takes an answer to *auto_comment* for a public
#: one, as a customer's should be; that of the staff is a note for the sender alone.
MESSAGE_TYPES = {"customer": "auto_comment", "operator": "email_outgoing"}
#: Tells mail systems not to answer by themselves (RFC 3834, section 5).
HEADERS = {"Auto-Submitted": "auto-generated"}
PICTURE = re.compile(r"<img\b", re.IGNORECASE)


class CrmTaskReminderChannelEmail(models.AbstractModel):
    _name = "crm.task.reminder.channel.email"
    _inherit = "crm.task.reminder.channel"
    _description = "Task Reminder by E-mail"

    _channel = "email"
    _portion = 100
    _marks_each = True
    _template_field = "mail_template_id"
    _standard_templates = {
        "customer": "crm_task_reminder.mail_template_customer",
        "operator": "crm_task_reminder.mail_template_operator",
    }
    _icon = "fa-envelope-o"
    _preview_template = "crm_task_reminder.preview_email"
    _second_way_field = "reminder_email_second_way"
    _second_way_reasons = frozenset(
        {
            "no_email",
            "invalid_email",
            "no_account",
            "invalid_sender",
            "bounced",
            "spam",
            "refused",
            "error",
        }
    )
    _notification_states = {
        "sent": "sent",
        "bounce": "failed",
        "exception": "failed",
        "canceled": "skipped",
    }
    _failure_reasons = {
        "mail_bounce": "bounced",
        "mail_spam": "spam",
        "mail_email_invalid": "invalid_email",
        "mail_email_missing": "no_email",
        "mail_from_invalid": "invalid_sender",
        "mail_from_missing": "invalid_sender",
        "mail_smtp": "mail_server",
        "mail_bl": "blacklisted",
    }

    @api.model
    def _check_set_up(self, company):
        server = company.reminder_mail_server_id
        if not server.active:
            raise ReminderError("no_account")

    @api.model
    def _get_addresses(self, recipient):
        if not recipient.email:
            raise ReminderError("no_email")
        addresses = email_address.find_all(recipient.email)
        if not addresses:
            raise ReminderError("invalid_email", recipient.email)
        return addresses

    @api.model
    def _get_blacklisted(self, addresses):
        # one that was taken off again is archived
        blacklist = self.env["mail.blacklist"].with_context(active_test=True)
        entries = blacklist.search([("email", "in", addresses)])
        return set(entries.mapped("email"))

    @api.model
    def _is_blank(self, content):
        is_blank = plain_text.is_blank
        return (
            is_blank(content["subject"])
            and not content["attachments"]
            and not PICTURE.search(content["body"])
            and is_blank(plain_text.to_text(content["body"]))
        )

    @api.model
    def _prepare_message(self, company, delivery):
        content = delivery.content
        # where the template has none, the answers go to the task
        answers = content["reply_to"] or self._find_open_door(company, delivery.task)
        reply_to = {"reply_to": answers} if answers else {}
        return {
            "message_type": MESSAGE_TYPES[delivery.reminder.audience],
            "subject": content["subject"],
            "body": content["body"],
            "email_from": content["email_from"],
            **reply_to,
            "attachment_ids": self._attach(content),
            "mail_server_id": company.reminder_mail_server_id.id,
        }

    @api.model
    def _find_open_door(self, company, task):
        """Return where answers come in though not all may write to the project.

        A project may take new tasks by e-mail from few. Odoo would turn away answers to
        its address as well; those to the company's catchall find their task by what
        they answer.

        :param res.company company: as superuser
        :param project.task task:
        :return str: empty where the project's address takes them, or there is none
        """
        # sudo: the sender need not read who may write to a project
        alias = task.sudo().project_id.alias_id
        is_open = not alias.alias_name or alias.alias_contact == "everyone"
        if is_open or not company.catchall_email:
            return ""
        return task._notify_get_reply_to_formatted_email(
            company.catchall_email, author_id=company.reminder_user_id.partner_id.id
        )

    @api.model
    def _attach(self, content):
        """Return the commands that link a message to what its template has attached.

        :param dict content: as ``_render`` returns it for a task
        """
        return [Command.link(one) for one in content["attachments"].ids]

    @api.model
    def _create_outgoing(self, company, deliveries, messages):
        mails = messages.env["mail.mail"].create(
            [
                self._prepare_outgoing(delivery, message)
                for delivery, message in zip(deliveries, messages, strict=True)
            ]
        )
        return [
            {
                **mail._get_notification_values()[0],
                # Linked only when the mail fails, see ``_note_reminder_failure``: Odoo
                # writes into linked receipts twice for each mail that it sends.
                "mail_mail_id": False,
                "res_partner_id": delivery.recipient.partner.id,
                "mail_email_address": delivery.address,
            }
            for delivery, mail in zip(deliveries, mails, strict=True)
        ]

    @api.model
    def _format_headers(self, **own):
        """Return the headers of an e-mail as Odoo keeps them.

        :param str own: those of this one alone, by their names
        """
        return repr({**HEADERS, **own})

    @api.model
    def _prepare_outgoing(self, delivery, message):
        """Return the values of a delivery's mail.

        :param Delivery delivery: with its content
        :param mail.message message: its entry in the chatter
        :return dict:
        """
        content = delivery.content
        return {
            "mail_message_id": message.id,
            "body_html": content["body_html"],
            "reminder_text": content["text"],
            "email_cc": email_address.join(content["cc"]),
            "email_to": email_address.format_named(
                delivery.recipient.name, delivery.address
            ),
            "references": message.message_id,
            "headers": self._format_headers(**content.get("headers", {})),
            # The service deletes the mails of a portion together: one by one takes
            # longer than to send them.
            "auto_delete": False,
            "is_task_reminder": True,
            "state": WAITING,
        }

    @api.model
    def _describe_doubt(self, row):
        return self.env._(
            "Nobody knows whether it arrived. The mail server's log tells, or the "
            "recipient; then mark it as sent or send it again."
        )

    @api.model
    def _get_outgoing(self, rows):
        return rows.message_id.mail_ids

    @api.model
    def _filter_outgoing(self, rows):
        return rows.filtered("message_id.mail_ids")

    @api.model
    def _reset(self, rows):
        # sudo: mails are the administrators'; the caller has checked the rights
        self._get_outgoing(rows).sudo().write(
            {"state": WAITING, "failure_type": False, "failure_reason": False}
        )

    @api.model
    def _withdraw(self, rows):
        self._get_outgoing(rows).cancel()

    @api.model
    def _send_test(self, company, recipient, address, content):
        author = company.reminder_user_id.partner_id
        mail = self.env["mail.mail"].create(
            {
                "subject": self.env._("[Test] %s", content["subject"]),
                "body_html": content["body_html"],
                "attachment_ids": self._attach(content),
                "reminder_text": content["text"],
                "author_id": author.id,
                "email_from": content["email_from"],
                "reply_to": content["reply_to"] or content["email_from"],
                "email_to": email_address.format_named(recipient.name, address),
                "mail_server_id": company.reminder_mail_server_id.id,
                "headers": self._format_headers(),
            }
        )
        mail.send()
        if mail.state != "sent":
            raise ReminderError("mail_server", mail.failure_reason)
        mail.unlink()
