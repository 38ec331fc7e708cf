"""A second way, SMS per day, the morning plan: set in the window, seen on the tab."""

from datetime import datetime, timezone

import pytest
from playwright.sync_api import expect

from dev.office.browser import CUT
from tests.office import Office, in_future

LAPTOP = (1280, 900)
PHONE = (390, 844)
SIZES = pytest.mark.parametrize("size", [LAPTOP, PHONE], ids=["laptop", "phone"])
WINDOW = "crm_task_reminder.crm_task_reminder_settings_action"
LOG = "crm_task_reminder.crm_task_reminder_log_action"
CUSTOMERS = "reminder_customer_ids"
ANNA = "anna@customer.example"
SETTINGS = {
    "reminder_sms_second_way": "email",
    "reminder_sms_receipt_minutes": 30,
    "reminder_sms_daily_parts": 1,
    "reminder_sms_daily_second_way": "email",
}
NOTHING = dict.fromkeys(SETTINGS, False)
# The minutes in which a receipt has to come are over.
GIVE_UP = (
    "UPDATE crm_task_reminder_log SET receipt_until = receipt_until "
    "- interval '1 hour' WHERE task_id = ANY(%s) AND receipt_until IS NOT NULL "
    "RETURNING id"
)
# It was looked some hours ago whose morning has begun.
LOOKED_BEFORE = (
    "UPDATE res_company SET reminder_plan_seen_at = reminder_plan_seen_at "
    "- interval '4 hours' WHERE id = %s"
)
# Which of some rows need more than one line.
BROKEN = """rows => rows
    .filter(row => row.clientHeight > 1.6 * row.querySelector("input").clientHeight)
    .map(row => row.innerText)"""


@pytest.fixture(scope="module")
def office(installation):
    """A company that reminds its customers by SMS a day before, and a manager."""
    office = Office(installation.server, installation.client)
    office.login = f"ways{office.company}"
    office.user = office.create_user(office.login)
    office.switch_on(office.user, reminder_customer_default=True)
    office.project = office.create_project("Gardens")
    return office


@pytest.fixture(autouse=True)
def nothing_set(office):
    office.client.write("res.company", [office.company], **NOTHING)


def create_task(office, name="Hedge", **customer):
    partner = office.create_customer(**customer)
    return office.client.create(
        "project.task",
        name=name,
        project_id=office.project,
        partner_id=partner,
        planned_date_begin=in_future(days=3),
    )


def choose(web, name, text):
    web.field(name).locator("input").click()
    web.page.locator(".o_select_menu_item").get_by_text(text, exact=True).click()


def open_tab(web, task):
    web.open_record("project.task", task)
    web.open_tab("reminders_page")
    line = web.field(CUSTOMERS).locator(".o_reminder_summary").first
    expect(line).to_be_visible()
    return line


def save_window(web):
    web.page.locator(".modal").last.get_by_role(
        "button", name="Save", exact=True
    ).click()


def refuse_window(web, name, value, words):
    """Type a value that is refused with these words when the window is saved."""
    web.fill(name, value)
    save_window(web)
    refusal = web.page.locator(".modal", has_text=words)
    expect(refusal).to_be_visible()
    refusal.get_by_role("button", name="Close").last.click()
    expect(refusal).to_have_count(0)


@SIZES
def test_what_is_not_set_takes_no_room_in_the_window(office, open_page, size):
    web = open_page(office.login, size=size)
    web.open_action(WINDOW)
    expect(web.field("reminder_sms_second_way")).to_be_visible()
    hidden = (
        "reminder_sms_receipt_minutes",
        "reminder_second_way_blacklisted",
        "reminder_sms_daily_second_way",
        "reminder_sms_parts_sent",
    )
    for name in hidden:
        expect(web.field(name)).to_have_count(0)
    choose(web, "reminder_sms_second_way", "E-mail")
    expect(web.field("reminder_second_way_blacklisted")).to_be_visible()
    refuse_window(web, "reminder_sms_receipt_minutes", "-1", "can't be negative")
    web.fill("reminder_sms_receipt_minutes", "30")
    refuse_window(web, "reminder_sms_daily_parts", "-1", "can't be negative")
    hint = web.page.locator("[name=sms_daily_hint]")
    web.fill("reminder_sms_daily_parts", "4")
    expect(hint).to_have_count(0)
    web.fill("reminder_sms_daily_parts", "1")
    expect(hint).to_be_visible()  # a reminder may be of four
    choose(web, "reminder_sms_daily_second_way", "E-mail")
    window = web.page.locator(".modal-body")
    assert window.evaluate_all(CUT) == []
    if size == LAPTOP:
        rows = window.locator(".o_reminder_count_row:has(input)")
        assert rows.count() > 4
        assert rows.evaluate_all(BROKEN) == []
    save_window(web)
    expect(web.page.locator(".modal")).to_have_count(0)
    [company] = office.client.read(
        "res.company", [("id", "=", office.company)], list(SETTINGS)
    )
    assert {name: company[name] for name in SETTINGS} == SETTINGS


@SIZES
def test_the_tab_says_beforehand_who_gets_an_email(office, open_page, size):
    office.client.write("res.company", [office.company], **SETTINGS)
    web = open_page(office.login, size=size)
    line = open_tab(web, create_task(office, phone=False))
    expect(line).to_contain_text(ANNA)
    expect(line).to_contain_text("(No phone number)")
    expect(line.locator(".text-danger")).to_have_count(0)
    # a number of the task's own that takes no SMS is told while it is typed
    line = open_tab(web, create_task(office))
    expect(line).to_contain_text("+48600100200")
    web.fill("reminder_phone", "22 123 45 67")
    expect(line).to_contain_text("(A landline takes no SMS")
    expect(line).to_contain_text(ANNA)
    web.fill("reminder_phone", "")
    expect(line).to_contain_text("+48600100200")


def test_an_sms_of_the_day_then_an_email(office, open_page, mailbox, sms_gateway):
    office.client.write("res.company", [office.company], **SETTINGS)
    first, second = (create_task(office, name) for name in ("First", "Second"))
    office.pass_time([first], days=2, minutes=1)
    assert sms_gateway.wait_for("+48600100200")
    office.pass_time([second], days=2, minutes=1)
    office.run_service()
    assert mailbox.wait_for(ANNA)
    web = open_page(office.login, size=LAPTOP)
    line = open_tab(web, second)
    expect(line).to_contain_text("The limit of SMS per day is reached")
    expect(line).to_contain_text(ANNA)
    web.open_action(WINDOW)
    expect(web.field("reminder_sms_parts_sent")).to_have_text("today: 1, this month: 1")
    web.open("/odoo/all-tasks")
    # no receipt comes: what has left in time is followed by an e-mail, once
    mailbox.clear()
    assert len(office.execute(GIVE_UP, [[first]])) == 1
    office.run_service()
    assert mailbox.wait_for(ANNA)
    office.run_service()
    assert len(mailbox.to(ANNA)) == 1
    line = open_tab(web, first)
    expect(line).to_contain_text("No receipt has come in time")
    expect(line).to_contain_text(ANNA)


def test_the_plan_of_the_day_is_set_and_comes(office, open_page, mailbox):
    web = open_page(office.login, size=LAPTOP)
    # where it is 10:00 or 11:00, at whatever hour this is run; a login sets another one
    offset = max(10 - datetime.now(timezone.utc).hour, -12)
    office.client.write("res.users", [office.user], tz=f"Etc/GMT{-offset:+d}")
    web.open_action(WINDOW)
    web.open_tab("operators")
    choose(web, "reminder_plan", "Beside the single reminders")
    refuse_window(web, "reminder_plan_hour", "25:00", "from 00:00 to 23:59")
    web.fill("reminder_plan_hour", "08:00")
    save_window(web)
    expect(web.page.locator(".modal")).to_have_count(0)
    for name in ("Roses", "Pond"):
        office.create_task(
            name=name,
            planned_date_begin=in_future(hours=2),
            project_id=office.project,
            user_ids=[[6, 0, [office.user]]],
        )
    office.execute(LOOKED_BEFORE, [office.company])
    office.run_service()
    [mail] = mailbox.wait_for(f"{office.login}@example.com")
    assert "Roses" in mail.text("html")
    assert "Pond" in mail.text("html")
    web.open_action(LOG)
    row = web.page.locator(".o_data_row", has_text="Morning plan, tasks: 2")
    expect(row).to_contain_text("Sent")
    office.client.write("res.company", [office.company], reminder_plan="off")
