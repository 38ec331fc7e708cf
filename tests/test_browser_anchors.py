"""A clerk who has customers thanked afterwards, and asked again and again before."""

import pytest
from playwright.sync_api import expect

from dev.office.browser import CUT
from tests.office import Office, in_future

LAPTOP = (1280, 900)
OFFICE_SCREEN = (1400, 900)
PHONE = (390, 844)
CUSTOMERS = "reminder_customer_ids"
WINDOW = "crm_task_reminder.crm_task_reminder_settings_action"
THANKS = "Task: thanks afterwards, for the customer"


@pytest.fixture(scope="module")
def office(installation):
    """A company that reminds its customers by SMS a day before, and a clerk."""
    client = installation.client
    office = Office(installation.server, client)
    office.login = f"anchors{office.company}"
    office.switch_on(
        office.create_user(office.login, tz="Europe/Warsaw"),
        reminder_customer_default=True,
    )
    office.project = office.create_project("Gardens")
    office.customer = office.create_customer("Anna Nowak")
    return office


@pytest.fixture
def task(office):
    return office.client.create(
        "project.task",
        name="Hedge",
        project_id=office.project,
        partner_id=office.customer,
        planned_date_begin=in_future(days=3),
        date_deadline=in_future(days=3, hours=2),
    )


def choose(web, box, text):
    box.locator("input").first.click()
    web.page.locator(".o_select_menu_item").get_by_text(text, exact=True).click()


def edit_line(web, row):
    """Open a line for editing; return the cell of its date."""
    row.locator("td[name=summary]").click()
    return row.locator("td[name=moment]")


def open_tab(web, task):
    web.open_record("project.task", task)
    web.open_tab("reminders_page")


@pytest.mark.parametrize("size", [OFFICE_SCREEN, LAPTOP], ids=["office", "laptop"])
def test_a_line_after_the_end_on_the_tab(office, task, open_page, size):
    web = open_page(office.login, size=size)
    open_tab(web, task)
    row = web.rows(CUSTOMERS).first
    cell = edit_line(web, row)
    # what is not set takes no room
    for name in ("task_states", "repeat_every", "repeat_count", "repeat_until"):
        expect(cell.locator(f"[name={name}]")).to_have_count(0)
    choose(web, cell.locator("[name=counted_from]"), "After the end")
    expect(cell.locator("[name=task_states] input")).to_have_value("Done tasks")
    template = row.locator("[name=mail_template_id] input")
    expect(template).to_have_value(THANKS)
    assert cell.locator("input").evaluate_all(CUT) == []
    web.save()
    line = web.rows(CUSTOMERS).first
    expect(line).to_contain_text("SMS · 1 day after the end")
    expect(line).to_contain_text("Once done")


def test_a_line_that_is_repeated_on_the_tab(office, task, open_page):
    web = open_page(office.login, size=LAPTOP)
    open_tab(web, task)
    row = web.rows(CUSTOMERS).first
    cell = edit_line(web, row)
    row.locator("[name=duration] input").fill("2")
    choose(web, cell.locator("[name=repeat_unit]"), "every … hours")
    every = cell.locator("[name=repeat_every] input")
    for text, words in (("0", "1 or more"), ("-1", "1 or more"), ("25:00", "whole")):
        every.fill(text)
        expect(cell.get_by_role("alert")).to_contain_text(words)
    every.fill("1000000000")
    expect(cell.get_by_role("alert")).to_contain_text("At most one year.")
    every.fill("12")
    expect(cell.get_by_role("alert")).to_have_count(0)
    count = cell.locator("[name=repeat_count] input")
    for text in ("0", "1", "51"):
        count.fill(text)
        expect(cell.get_by_role("alert")).to_contain_text("2 to 50 times")
    count.fill("4")
    assert cell.locator("input").evaluate_all(CUT) == []
    web.save()
    expect(web.rows(CUSTOMERS).first).to_contain_text(
        "SMS · 2 days before, every 12 hours, at most 4 times"
    )


def test_both_on_a_phone(office, task, open_page):
    web = open_page(office.login, size=PHONE)
    open_tab(web, task)
    web.field(CUSTOMERS).locator(".o_kanban_record").first.click()
    dialog = web.page.locator(".modal")
    expect(dialog.locator("[name=task_states]")).to_be_hidden()
    expect(dialog.locator("[name=repeat_count]")).to_be_hidden()
    choose(web, dialog.locator("[name=moment]"), "After the end")
    expect(dialog.locator("[name=task_states]")).to_be_visible()
    choose(web, dialog.locator("[name=repeat_unit]"), "every … days")
    dialog.locator("[name=repeat_count] input").fill("2")
    dialog.locator("[name=repeat_every] input").fill("7")
    dialog.locator(".o_form_button_save").click()
    expect(dialog).to_have_count(0)
    expect(web.field(CUSTOMERS).locator(".o_kanban_record").first).to_contain_text(
        "1 day after the end, every 7 days, at most 2 times"
    )
    assert web.page.locator(".o_content").evaluate_all(CUT) == []


def test_a_preset_in_the_window(office, open_page):
    web = open_page(office.login, size=LAPTOP)
    web.open_action(WINDOW)
    web.add_row("reminder_default_customer_ids", "Add a reminder")
    row = web.rows("reminder_default_customer_ids").last
    cell = row.locator("td[name=moment]")
    choose(web, cell.locator("[name=counted_from]"), "After the end")
    expect(row.locator("[name=mail_template_id] input")).to_have_value(THANKS)
    choose(web, cell.locator("[name=repeat_unit]"), "every day")
    assert cell.locator("input").evaluate_all(CUT) == []


@pytest.mark.parametrize("size", [LAPTOP, PHONE], ids=["laptop", "phone"])
def test_e04_every_day_is_said_without_a_number(office, task, open_page, size):
    web = open_page(office.login, size=size)
    open_tab(web, task)
    if size == PHONE:
        web.field(CUSTOMERS).locator(".o_kanban_record").first.click()
        form = web.page.locator(".modal")
    else:
        form = edit_line(web, web.rows(CUSTOMERS).first)
    repeat = form.locator("[name=repeat_unit] input").last
    number = form.locator("[name=repeat_every] input")
    for chosen, shown, count in (
        ("every day", "every day", None),
        ("every … days", "days", "2"),
        ("every hour", "every hour", None),
        ("once", "once", None),
    ):
        repeat.click()
        items = web.page.locator(".o_select_menu_item")
        items.get_by_text(chosen, exact=True).click()
        expect(repeat).to_have_value(shown)
        expect(number).to_have_count(1 if count else 0)
        if count:
            expect(number).to_have_value(count)
