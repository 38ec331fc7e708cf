from contextlib import contextmanager
from smtplib import SMTP, SMTP_SSL

from odoo import api, models

from .....tools import letter
from .....tools.smtp import Parcel

#: The addons whose way of making mails is known.
KNOWN = ("odoo.addons.base.", "odoo.addons.mail.", "odoo.addons.crm_task_reminder.")
#: What Odoo calls to make a mail and to hand it over, and the short way does not.
SPARED = {
    "mail.mail": (
        "_send",
        "_prepare_outgoing_list",
        "_prepare_outgoing_body",
        "_personalize_outgoing_body",
        "_postprocess_sent_message",
        "_filter_mail_mail_servers",
    ),
    "mail.render.mixin": ("_replace_local_links",),
    "ir.mail_server": (
        "send_email",
        "_build_email__",
        "_prepare_email_message__",
        "_prepare_smtp_to_list",
        "_alter_message__",
        "_match_from_filter",
        "_parse_from_filter",
        "_get_default_bounce_address",
        "_get_default_from_address",
    ),
}


class Mould:
    """What mails of one kind have in common: as Odoo has made the first of them."""

    def __init__(self, parcel):
        """Take it from a mail that Odoo has made.

        :param Parcel parcel:
        """
        self.parcel = parcel
        message = parcel.message
        self.sender = message.policy.fold("From", message["From"])


class CrmTaskReminderChannelEmail(models.AbstractModel):
    """Plain mails are written at once, where Odoo would make the very same.

    The first mail of a kind is made by Odoo, and written the short way as well: only if
    both are the same, byte for byte, the others are spared the long way.
    """

    _inherit = "crm.task.reminder.channel.email"

    @api.model
    @contextmanager
    def _open_line(self, marks):
        with super()._open_line(marks) as line:
            line.moulds = {} if self._is_odoo_alone() else None
            yield line

    @api.model
    def _is_odoo_alone(self):
        """Tell whether no addon has a part in making mails and handing them over."""
        return all(
            name not in vars(part) or _is_known(part, name)
            for model, names in SPARED.items()
            for part in type(self.env[model]).mro()
            for name in names
        )

    @api.model
    def _pack(self, row, mail, line, account, alias_domain_id, smtp_from):
        plain = None
        if line.moulds is not None and not account.owner_user_id:
            plain = mail._read_plain_reminder()
        if not plain:
            return super()._pack(row, mail, line, account, alias_domain_id, smtp_from)
        kind = account, alias_domain_id, smtp_from, plain.kind
        if mould := line.moulds.get(kind):
            mail.state = "sent"  # or what its answer means; it is not in Odoo's queue
            return [self._pack_shortly(row, plain, mould)]
        parcels = super()._pack(row, mail, line, account, alias_domain_id, smtp_from)
        if kind not in line.moulds and len(parcels) == 1:
            line.moulds[kind] = self._find_mould(row, plain, line, *parcels)
        return parcels

    @api.model
    def _find_mould(self, row, plain, line, parcel):
        """Return what a mail has in common with others of its kind.

        :param Plain plain: of the mail
        :param Parcel parcel: the mail, as Odoo has made it
        :return Mould | None: None where the short way would make another mail of it
        """
        session = line.get_session(parcel.key, parcel.connect)
        if type(session) not in (SMTP, SMTP_SSL):
            return None  # an addon's own, which may do what it likes with a mail
        mould = Mould(parcel)
        written = self._pack_shortly(row, plain, mould)
        is_same = written.smtp_to == parcel.smtp_to and letter.is_same(
            written.message, letter.flatten(parcel.message)
        )
        return mould if is_same else None

    @api.model
    def _pack_shortly(self, row, plain, mould):
        """Write a mail as Odoo would make it.

        :return Parcel:
        """
        headers = [*plain.before_sender, mould.sender, *plain.after_sender]
        content = letter.write(headers, plain.text, plain.html)
        parcel = Parcel(row.id, content, mould.parcel.smtp_from, [plain.address])
        parcel.key, parcel.connect = mould.parcel.key, mould.parcel.connect
        return parcel


def _is_known(part, name):
    """Tell whether a class has a method from Odoo itself, or from this addon."""
    places = part.__module__, getattr(vars(part)[name], "__module__", "")
    return all(f"{place}.".startswith(KNOWN) for place in places)
