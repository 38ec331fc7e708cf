"""Customers who answer: what the tests of the page have in common."""

from dev.office import customer
from tests.office import MANAGER, Office

ADDON = "crm_task_reminder_reply"
ANSWER = "crm.task.reminder.answer"
PHONE = (320, 640)


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


def read_answers(office, task):
    """Return kind, wish and way of the answers to a task."""
    rows = office.client.read(
        ANSWER, [("task_id", "=", task)], ["kind", "text", "way"], order="id"
    )
    return [(row["kind"], row["text"] or "", row["way"]) for row in rows]
