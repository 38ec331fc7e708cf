"""Customers who answer: what the tests of the page have in common."""

from itertools import count

from dev.office import customer
from tests.office import MANAGER, Office

ADDON = "crm_task_reminder_reply"
ANSWER = "crm.task.reminder.answer"
#: Where a provider brings what customers write, a field of their company.
ADDRESS = "reminder_sms_incoming_address"
PHONE = (320, 640)

_numbers = count(600_700_001)


def set_up(installation) -> None:
    """Let customers answer as often as they like, in three languages."""
    installation.client.create(
        "ir.config_parameter",
        key=f"{ADDON}.requests_per_minute",
        value="1000000",
    )
    for code in ("pl_PL", "de_DE"):
        install = installation.client.create(
            "base.language.install",
            lang_ids=[[6, 0, [_find_language(installation.client, code)]]],
        )
        installation.client.call("base.language.install", "lang_install", ids=[install])


def _find_language(client, code):
    domain = [("code", "=", code), ("active", "in", [True, False])]
    return client.read("res.lang", domain, ["id"])[0]["id"]


def make_office(installation, **values) -> Office:
    """Return a company with an assignee who may do all, `office.user`.

    :param values: further ones of the company
    """
    installation.sms_gateway.clear()
    installation.mailbox.clear()
    values = {"phone": "+48 22 555 01 10", **values}
    office = Office(installation.server, installation.client, **values)
    office.login = f"reply{office.company}"
    office.user = office.create_user(office.login, MANAGER, tz="Europe/Warsaw")
    office.switch_on(office.user)
    return office


def send(office, server, lang="en_US", channel="sms", **values):
    """Let a customer be reminded; return the task and the link in the message."""
    person = office.create_customer(lang=lang)
    task = office.create_task(
        ("customer", channel),
        partner_id=person,
        project_id=office.create_project(),
        user_ids=[[6, 0, [office.user]]],
        **values,
    )
    office.make_due(task)
    office.wait_for_log(task)
    if channel == "sms":
        [sms] = server.sms_gateway.messages
        text = sms.body
    else:
        [mail] = server.mailbox.mails
        text = mail.text()
    return task, customer.find_link(text)


def make_texting_office(installation, provider, name="", **values) -> Office:
    """Return a company whose customers answer by SMS.

    It has an assignee who may do all, `office.user`, and `office.incoming` is where its
    provider brings what they write.

    :param installation: a server with the addon of answers and that of the provider
    :param provider: the value of `sms_provider`
    :param name: the company's; made up if empty
    :param values: the account's, written to the company
    """
    office = Office(
        installation.server, installation.client, name, sms_provider=provider
    )
    office.client.write(
        "res.company", [office.company], reminder_sms_answers=True, **values
    )
    office.login = f"{provider}{office.company}"
    office.user = office.create_user(office.login, MANAGER, tz="Europe/Warsaw")
    office.switch_on(office.user)
    [company] = office.client.read(
        "res.company", [("id", "=", office.company)], [ADDRESS]
    )
    office.incoming = company[ADDRESS]
    return office


def send_text(office, wait_for_sms):
    """Let a customer with a number of one's own be reminded by SMS.

    :param wait_for_sms: a function that returns what a gateway has for a number
    :return: the task, and the SMS
    """
    number = f"+48{next(_numbers)}"
    task = office.create_task(
        ("customer", "sms"),
        partner_id=office.create_customer(lang="en_US", phone=number),
        project_id=office.create_project(),
        user_ids=[[6, 0, [office.user]]],
    )
    office.make_due(task)
    office.wait_for_log(task)
    [sms] = wait_for_sms(number)
    return task, sms


def read_answers(office, task):
    """Return kind, wish and way of the answers to a task."""
    rows = office.client.read(
        ANSWER, [("task_id", "=", task)], ["kind", "text", "way"], order="id"
    )
    return [(row["kind"], row["text"] or "", row["way"]) for row in rows]
