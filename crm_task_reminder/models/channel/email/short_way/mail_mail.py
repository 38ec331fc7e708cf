from ast import literal_eval
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from odoo import models

from .....tools import email_address, letter

#: What Odoo looks for in a letter, to change it before it leaves: links to itself, and
#: what followers may do.
CHANGED = ('="/', "url(", "mail_unfollow", "/mail/unfollow")
#: Headers that the mail has anyway, or by which Odoo changes others.
OWN_HEADERS = frozenset(
    [
        "bcc",
        "cc",
        "content-transfer-encoding",
        "content-type",
        "date",
        "from",
        "message-id",
        "mime-version",
        "references",
        "reply-to",
        "subject",
        "to",
        "x-forge-to",
        "x-msg-to-add",
        "x-msg-to-consolidate",
    ]
)


@lru_cache(maxsize=100)
def _parse(headers):
    """Return headers as Odoo keeps them; most mails of a run have the same."""
    return literal_eval(headers)


@dataclass
class Plain:
    """A mail that needs no more than to be written."""

    before_sender: list[str]  # headers as they are written, in their order
    after_sender: list[str]
    text: tuple[str, str]  # how it is encoded, and its lines
    html: tuple[str, str]
    address: str  # of its one recipient
    kind: tuple  # mails of the same one have the same envelope and sender


class MailMail(models.Model):
    """Which mails of reminders are plain."""

    _inherit = "mail.mail"

    def _read_plain_reminder(self):
        """Return what the mail consists of, None where Odoo may do more with it.

        :return Plain | None:
        """
        message = self.mail_message_id
        if self.email_cc or self.recipient_ids or message.attachment_ids:
            return None
        html, more = self.body_html or "", self._read_reminder_headers()
        # where a table is, Odoo sees that the letter is not empty
        if "<table" not in html or any(one in html for one in CHANGED) or not more:
            return None
        recipient = email_address.read_one(self.email_to or "")
        required = message.message_id, self.references, message.subject
        if not (recipient and self.reminder_text and all(required)):
            return None
        header, address = recipient
        before = zip(("Message-Id", "references", "Subject"), required, strict=True)
        after = {
            "Reply-To": message.reply_to or message.email_from,
            "To": header,
            "Date": datetime.utcnow(),
            **more,
        }
        try:
            return Plain(
                [letter.fold(*one) for one in before],
                [letter.fold(*one) for one in after.items()],
                letter.encode(self.reminder_text),
                letter.encode(html),
                address,
                (message.email_from, more["Return-Path"], tuple(more)),
            )
        except ValueError:
            return None  # Odoo will say what is wrong with it

    def _read_reminder_headers(self):
        """Return further headers, None where they are no mail's usual ones.

        :return dict[str, str] | None:
        """
        try:
            headers = {**_parse(self.headers or "{}")}
        except (ValueError, SyntaxError):
            return None
        domain = self.mail_message_id.record_alias_domain_id
        default = domain.bounce_email or self.env.company.bounce_email
        headers.setdefault("Return-Path", default)
        names = {name.lower() for name in headers}
        is_usual = len(names) == len(headers) and names.isdisjoint(OWN_HEADERS)
        return headers if is_usual else None
