"""Addons that change mails on their way: the short way of reminders leaves them room.

``crm_task_reminder_mail_marks`` has a part in making each mail. Where there is none
like it, mails are written at once, and nobody sees the difference.
"""

import re

from tests.office import MANAGER, Office
from tests.own_addons import ADDONS
from tests.round import Round

ADDON = "crm_task_reminder_mail_marks"
#: What differs between two reminders of one office.
OWN = {"Message-Id", "references", "To", "Date", "Content-Type"}


def send(server, client, mailbox) -> list:
    """Send reminders to three customers; return the mails."""
    mailbox.clear()
    office = Office(server, client)
    login = f"marks{office.company}"
    office.switch_on(office.create_user(login, MANAGER))
    group = Round(office, 3, ("email",))
    group.fall_due()
    group.wait_for(3, state="sent")
    mails = [mail for mail in mailbox.mails if group.is_own(mail.envelope_to[0])]
    assert len(mails) == 3
    return mails


def test_each_mail_bears_what_an_addon_puts_into_it(make_installation):
    installation = make_installation((ADDON,), (ADDONS,), cron_threads=1)
    mails = send(installation.server, installation.client, installation.mailbox)
    for mail in mails:
        for name in ("X-Built", "X-Prepared", "X-Listed"):
            assert mail.message[name] == "yes"
        assert mail.subject.endswith(" (sent)")


def test_mails_are_the_same_where_there_is_none(odoo_server, client, mailbox):
    first, *others = send(odoo_server, client, mailbox)

    def read(mail):
        own = {name.lower() for name in OWN}
        headers = [one for one in mail.message.items() if one[0].lower() not in own]
        texts = [mail.text(kind) for kind in ("plain", "html")]
        texts = [re.sub(r"Customer \d", "", text) for text in texts]
        return [name for name, _value in mail.message.items()], headers, texts

    for mail in others:
        assert read(mail) == read(first), "Odoo has made the first one"
        assert mail.envelope_from == first.envelope_from
