"""From a task to a mailbox and a phone: what a real server with cron threads sends.

Everything is set up and read through Odoo's external JSON-2 API.
"""

from zoneinfo import ZoneInfo

import pytest

from dev.machine.process import wait_until
from tests.office import REMINDER, in_future
from tests.staffed_office import StaffedOffice, find_poland

CUSTOMER = "+48600100200"
OPERATOR = "+48600100201"
EMPLOYEE = "+48600100202"
TESTER = "+48600100203"
BOTH_FORMS = [
    (audience, channel)
    for audience in ("customer", "operator")
    for channel in ("sms", "email")
]


@pytest.fixture
def office(odoo_server, client, mailbox, second_mailbox, sms_gateway):
    """A company with somebody of each kind; mailboxes and gateway are empty."""
    return StaffedOffice(odoo_server, client, country_id=find_poland(client))


def reached(office, *mailboxes) -> set[str]:
    """Return the addresses that got mail; none got two."""
    addresses = [
        address for box in mailboxes for m in box.mails for address in m.envelope_to
    ]
    assert len(addresses) == len(set(addresses))
    return set(addresses)


def numbers(gateway) -> set[str]:
    """Return the numbers that got an SMS; none got two."""
    found = [sms.number for sms in gateway.messages]
    assert len(found) == len(set(found))
    return set(found)


def test_r02_everybody_in_both_forms_once(office, mailbox, second_mailbox, sms_gateway):
    task = office.create_task(*BOTH_FORMS)
    office.make_due(task)
    rows = office.wait_for_log(task, 6)
    for _ in range(2):  # R15: further runs send nothing
        office.run_service()
    assert [row["state"] for row in rows] == ["sent"] * 6
    assert len(office.wait_for_log(task, 6)) == 6
    assert numbers(sms_gateway) == {CUSTOMER, OPERATOR, EMPLOYEE}
    assert reached(office, mailbox) == office.emails("anna", "worker", "ewa")
    assert second_mailbox.mails == []


def test_r02_text_has_the_start_in_the_zone_of_its_reader(office, mailbox, sms_gateway):
    customer = office.create_customer(
        "Mary Johnson",
        phone="(212) 736-5000",
        tz="America/New_York",
        country_id=office.ref("base.us"),
    )
    task = office.create_task(
        ("customer", "sms"), ("operator", "email"), partner_id=customer
    )
    office.make_due(task)
    office.wait_for_log(task, 3)
    start = office.get_start(task)

    def local(zone: str) -> list[str]:
        moment = start.astimezone(ZoneInfo(zone))
        place = zone.partition("/")[2].replace("_", " ")
        day = f"{moment:%a} {moment.day} {moment:%b}"
        return [day, f"{moment:%I:%M %p} ({place})"]

    [sms] = sms_gateway.to("+12127365000")
    assert all(part in sms.body for part in local("America/New_York"))
    [worker] = office.emails("worker")
    [mail] = mailbox.to(worker)
    html = mail.text("html")
    assert all(part in html for part in local("Europe/Helsinki"))
    assert "Mary Johnson" in mail.text("html")


def test_r01_next_occurrence_has_reminders_of_its_own(office, sms_gateway):
    office.client.write("project.project", [office.project], allow_recurring_tasks=True)
    task = office.create_task(
        ("customer", "sms"),
        recurring_task=True,
        repeat_interval=1,
        repeat_unit="week",
        repeat_type="forever",
    )
    office.make_due(task)
    office.wait_for_log(task)
    assert numbers(sms_gateway) == {CUSTOMER}
    office.client.write("project.task", [task], state="1_done")

    domain = [("project_id", "=", office.project), ("id", "!=", task)]
    [following] = office.client.read("project.task", domain, ["id"])
    [line] = office.client.read(
        REMINDER, [("task_id", "=", following["id"])], ["state", "due_at"]
    )
    assert line["state"] == "scheduled"
    start, following_start = map(office.get_start, (task, following["id"]))
    assert (following_start - start).days in (6, 7)  # by the calendar, not by the hour
    sms_gateway.clear()
    # a week, which the change of the clocks makes an hour longer or shorter
    week = (following_start - start).total_seconds()
    office.pass_time([following["id"]], seconds=week)
    [row] = office.wait_for_log(following["id"])
    assert row["state"] == "sent"
    assert numbers(sms_gateway) == {CUSTOMER}


def test_r04_company_whose_automat_is_off_sends_nothing(
    office, odoo_server, client, mailbox, sms_gateway
):
    other = StaffedOffice(odoo_server, client, country_id=find_poland(client))
    client.write("res.company", [other.company], reminder_enabled=False)
    silent = other.create_task(*BOTH_FORMS)
    task = office.create_task(("customer", "email"))
    other.make_due(silent)
    office.make_due(task)
    office.wait_for_log(task)
    assert reached(office, mailbox) == office.emails("anna")
    assert sms_gateway.messages == []
    assert other.wait_for_log(silent, 0) == []


def test_r05_mail_is_from_the_sender(office, mailbox):
    task = office.create_task(("customer", "email"))
    office.make_due(task)
    office.wait_for_log(task)
    [mail] = mailbox.mails
    [sender] = mail.message["From"].addresses
    assert sender.display_name == f"Olga Operator ({office.name})"
    assert sender.addr_spec == f"{office.login}@example.com"
    [message] = office.client.read(
        "mail.message",
        [
            ("model", "=", "project.task"),
            ("res_id", "=", task),
            ("subject", "=", mail.subject),
        ],
        ["author_id"],
    )
    assert message["author_id"][1].endswith("Olga Operator")


def test_r05_task_the_sender_may_not_read_is_not_sent(office, mailbox, sms_gateway):
    users = office.ref("project.group_project_manager")
    office.client.write("res.users", [office.sender], group_ids=[[3, users]])
    secret = office.create_project("Secret", privacy_visibility="followers")
    task = office.create_task(("customer", "email"), project_id=secret)
    office.make_due(task)
    [row] = office.wait_for_log(task)
    assert (row["state"], row["reason"]) == ("skipped", "no_access")
    assert mailbox.mails == []


def test_r07_each_company_sends_through_its_own_account(
    office, odoo_server, client, mailbox, second_mailbox
):
    other = StaffedOffice(
        odoo_server, client, account="second mailbox", country_id=find_poland(client)
    )
    tasks = {each: each.create_task(("customer", "email")) for each in (office, other)}
    for each, task in tasks.items():
        each.make_due(task)
    for each, task in tasks.items():
        each.wait_for_log(task)
    assert reached(office, mailbox) == office.emails("anna")
    assert reached(other, second_mailbox) == other.emails("anna")


def test_r03_sms_are_paid_from_the_companys_own_account(office, client, sms_gateway):
    own, others = (_create_sms_account(office, one) for one in (office.company, 1))
    task = office.create_task(("customer", "sms"))
    [line] = client.read(REMINDER, [("task_id", "=", task)], ["id"])
    # somebody who is at work in the other company tries the reminder out
    context = {"allowed_company_ids": [1, office.company]}
    model = "crm.task.reminder.preview"
    [admin] = client.read("res.users", [("login", "=", "admin")], ["id"])
    client.write("res.users", [admin["id"]], phone=TESTER)
    preview = client.create(model, reminder_id=line["id"])
    client.call(model, "action_send_test", [preview], context=context)
    office.make_due(task)
    office.wait_for_log(task)
    client.call("iap.account", "unlink", [own["id"], others["id"]])
    client.write("res.users", [admin["id"]], phone=False)
    for number in (TESTER, CUSTOMER):
        [sms] = sms_gateway.to(number)
        assert sms.account == own["account_token"], number


def _create_sms_account(office, company: int) -> dict:
    """Create an account of Odoo's for SMS that belongs to a company."""
    account = office.client.create(
        "iap.account",
        service_id=office.ref("sms.iap_service_sms"),
        company_ids=[[6, 0, [company]]],
    )
    domain = [("id", "=", account)]
    return office.client.read("iap.account", domain, ["account_token"])[0]


@pytest.mark.parametrize(
    ("audiences", "people", "phones"),
    [
        (["customer"], ["anna"], {CUSTOMER}),
        (["operator"], ["worker", "ewa"], {OPERATOR, EMPLOYEE}),
        (
            ["customer", "operator"],
            ["anna", "worker", "ewa"],
            {CUSTOMER, OPERATOR, EMPLOYEE},
        ),
    ],
    ids=["customers", "operators", "both"],
)
def test_r16_ways(office, mailbox, sms_gateway, audiences, people, phones):
    lines = [line for line in BOTH_FORMS if line[0] in audiences]
    task = office.create_task(*lines)
    office.make_due(task)
    office.wait_for_log(task, 2 * len(people))
    assert reached(office, mailbox) == office.emails(*people)
    assert numbers(sms_gateway) == phones


def test_delivery_report_reaches_the_log(office, sms_gateway):
    task = office.create_task(("customer", "sms"))
    office.make_due(task)
    [row] = office.wait_for_log(task)
    assert row["state"] == "sent"
    [sms] = sms_gateway.messages
    sms_gateway.report(sms, "delivered")
    [row] = office.wait_for_log(task)
    assert row["state"] == "delivered"


def test_report_that_it_was_not_delivered_reaches_the_log(office, sms_gateway):
    task = office.create_task(("customer", "sms"))
    office.make_due(task)
    office.wait_for_log(task)
    [sms] = sms_gateway.messages
    sms_gateway.report(sms, "not_delivered")
    [row] = office.wait_for_log(task)
    assert (row["state"], row["reason"]) == ("failed", "expired")


def test_project_user_creates_a_task_through_the_api(office, log_in_api, sms_gateway):
    """The lines come from the company's defaults; nothing of the addon is named."""
    office.client.write("res.company", [office.company], reminder_customer_default=True)
    stranger = log_in_api(f"worker{office.name.rpartition(' ')[2]}")
    task = stranger.create(
        "project.task",
        name="From outside",
        project_id=office.project,
        partner_id=office.customer,
        planned_date_begin=in_future(days=2),
    )
    [line] = stranger.read(REMINDER, [("task_id", "=", task)], ["channel", "state"])
    assert (line["channel"], line["state"]) == ("sms", "scheduled")
    office.make_due(task)
    manager = log_in_api(office.login)
    domain = [("task_id", "=", task), ("state", "=", "sent")]
    assert wait_until(lambda: manager.count("crm.task.reminder.log", domain), 60)
    [sms] = sms_gateway.to(CUSTOMER)
    assert "From outside" in sms.body
