"""A clerk at a task's tab of reminders, and in lists of tasks."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from tests.office import Office, in_future

PHONE = (390, 844)
CUSTOMERS = "reminder_customer_ids"
OPERATORS = "reminder_operator_ids"


@pytest.fixture(scope="module")
def office(installation):
    """A company whose automat is on, with a manager, two contacts and an employee."""
    client = installation.client
    office = Office(installation.server, client)
    poland = office.ref("base.pl")
    client.write("res.company", [office.company], country_id=poland)
    sender = office.create_user("tab", tz="Europe/Warsaw", phone="600 100 301")
    office.switch_on(
        sender, reminder_customer_default=True, reminder_operator_default=True
    )
    office.project = office.create_project("Gardens")
    office.customer = client.create(
        "res.partner",
        name="Anna Nowak",
        phone="600 100 200",
        email="anna@example.com",
        country_id=poland,
        company_id=office.company,
    )
    client.create(
        "res.partner",
        name="Jan Nowak",
        parent_id=office.customer,
        phone="600 100 299",
        country_id=poland,
        company_id=office.company,
    )
    client.create(
        "hr.employee",
        name="Piotr Ogrodnik",
        company_id=office.company,
        mobile_phone="600 100 401",
    )
    office.user = sender
    return office


@pytest.fixture
def task(office):
    """A task in three days, with the reminders that the company has set."""
    return create_task(office)


def create_task(office, name="Hedge", **values):
    return office.client.create(
        "project.task",
        name=name,
        project_id=office.project,
        partner_id=office.customer,
        user_ids=[[6, 0, [office.user]]],
        planned_date_begin=in_future(days=3),
        **values,
    )


def open_tab(web, task):
    web.open_record("project.task", task)
    web.open_tab("reminders_page")


def read(office, task, *names):
    return office.client.read("project.task", [("id", "=", task)], list(names))[0]


def test_r20_the_tab_is_changed_and_set_back(office, task, open_page):
    web = open_page("tab")
    open_tab(web, task)
    who = web.rows(CUSTOMERS)
    expect(who).to_contain_text("+48600100200")
    expect(web.field("reminder_customer_setting")).to_have_text("As the company has it")

    # a contact's number is proposed; one that is none is refused while it is typed
    numbers = web.page.locator("[name=reminder_phone] datalist option")
    expect(numbers).to_have_count(2)
    web.fill("reminder_phone", "12")
    expect(who.locator(".text-danger")).to_contain_text("phone number is not valid")
    web.fill("reminder_phone", "600 100 299")
    expect(who).to_contain_text("+48600100299")

    # one template column, whose content follows the form
    web.add_row(CUSTOMERS, "Add a reminder")
    line = web.rows(CUSTOMERS).nth(1)
    expect(line.locator("[name=mail_template_id] input")).to_have_value(
        "Task: reminder for the customer"
    )
    box = line.locator("[name=channel] input")
    box.click()
    web.page.locator(".o_select_menu_item", has_text="E-mail").click()
    line.locator("[name=duration] input").fill("2")
    line.locator("[name=duration] input").press("Tab")
    start = office.get_start(task).astimezone(ZoneInfo("Europe/Warsaw"))
    day = start - timedelta(days=2)
    web.save()
    line = web.rows(CUSTOMERS).filter(has_text="E-mail · 2 days before")
    expect(line).to_contain_text(f"{day.day} {day:%b}")
    expect(line).to_contain_text("anna@example.com")
    expect(web.field("reminder_customer_setting")).to_have_text("Changed here")
    web.page.locator("[name=action_reset_customer_reminders]").click()
    expect(web.rows(CUSTOMERS)).to_have_count(1)
    expect(web.field("reminder_customer_setting")).to_have_text("As the company has it")


def test_r20_switch_assignee_and_employee(office, task, open_page):
    web = open_page("tab")
    open_tab(web, task)
    who = web.rows(OPERATORS)
    expect(who).to_contain_text("+48600100301")
    web.field("reminder_user_ids").get_by_label("Tab").uncheck()
    expect(who).not_to_contain_text("+48600100301")
    web.choose("reminder_employee_ids", "Piotr Ogrodnik")
    expect(who).to_contain_text("+48600100401")
    web.field("reminder_customer").locator("input").uncheck()
    expect(web.page.locator(f"[name={CUSTOMERS}]")).to_be_hidden()
    web.save()
    values = read(office, task, "reminder_customer_off", "reminder_excluded_user_ids")
    assert values["reminder_customer_off"]
    assert values["reminder_excluded_user_ids"] == [office.user]


def test_preview_test_and_send_now(office, task, open_page, sms_gateway):
    web = open_page("tab")
    open_tab(web, task)
    web.page.locator(f"[name={CUSTOMERS}] [name=action_preview]").click()
    dialog = web.page.locator(".modal")
    expect(dialog).to_contain_text("Anna Nowak +48600100200")
    expect(dialog).to_contain_text("characters, 1 SMS")
    web.click("Send a test to me")
    [test] = sms_gateway.wait_for("+48600100301")
    assert "Hedge" in test.body
    assert not sms_gateway.to("+48600100200")
    dialog.locator(".modal-footer").get_by_text("Close").click()

    web.page.locator(f"[name={CUSTOMERS}] [name=action_send_now]").click()
    dialog.get_by_role("button", name="Send now").click()
    web.see("The reminder is on its way.")
    [sent] = sms_gateway.wait_for("+48600100200")
    assert "Hedge" in sent.body
    office.wait_for_log(task)
    open_tab(web, task)
    expect(web.rows(CUSTOMERS)).to_contain_text("Sent")
    expect(web.rows(CUSTOMERS)).to_contain_text("+48600100200")
    web.page.locator("button[name=action_open_reminder_log]").click()
    # in the log, not in the tab that is still there for a moment
    row = web.page.locator(".o_list_view .o_data_row", has_text="Anna Nowak")
    expect(row).to_be_visible()
    expect(web.page.locator(".o_form_view")).to_have_count(0)
    row.get_by_text("SMS").click()
    web.page.locator("button[name=action_open_message]").click()
    expect(dialog.locator("[name=body]")).to_contain_text("Hedge")
    expect(dialog.locator("input, textarea, .modal-footer button")).to_have_count(0)


def test_removing_what_was_sent_is_asked_about(office, task, open_page):
    office.pass_time([task], days=3, hours=-1)
    office.wait_for_log(task)
    web = open_page("tab")
    open_tab(web, task)
    rows, dialog = web.rows(CUSTOMERS), web.page.locator(".modal")
    expect(rows).to_contain_text("Sent")
    bin_button = web.page.locator(f"[name={CUSTOMERS}] .o_list_record_remove button")
    bin_button.click()
    expect(dialog).to_contain_text("it is sent again")
    dialog.get_by_role("button", name="Cancel").click()
    expect(rows).to_have_count(1)
    bin_button.click()
    dialog.get_by_role("button", name="Remove").click()
    expect(rows).to_have_count(0)
    # what was not sent goes at once
    web.add_row(OPERATORS, "Add a reminder")
    added = web.rows(OPERATORS)
    expect(added).to_have_count(2)
    added.last.locator(".o_list_record_remove button").click()
    expect(added).to_have_count(1)
    expect(dialog).to_have_count(0)


def test_the_tab_by_keyboard_alone(office, task, open_page):
    web = open_page("tab")
    web.open_record("project.task", task)
    web.page.locator("a[name=reminders_page]").focus()
    web.page.keyboard.press("Enter")
    switch = web.field("reminder_customer").locator("input")
    switch.focus()
    web.page.keyboard.press("Space")
    expect(web.page.locator(f"[name={CUSTOMERS}]")).to_be_hidden()
    web.page.keyboard.press("Space")
    expect(web.rows(CUSTOMERS)).to_have_count(1)
    preview = web.field(CUSTOMERS).get_by_role("button", name="Preview")
    preview.focus()
    web.page.keyboard.press("Space")
    expect(web.page.locator(".modal")).to_contain_text("1 SMS")
    web.page.keyboard.press("Escape")
    expect(web.page.locator(".modal")).to_have_count(0)


def test_the_tab_on_a_phone(office, task, open_page):
    web = open_page("tab", size=PHONE)
    open_tab(web, task)
    cards = web.field(CUSTOMERS).locator("article.o_kanban_record")
    expect(cards).to_have_count(1)
    expect(cards).to_contain_text("SMS · 1 day before")
    width = web.page.evaluate("document.documentElement.scrollWidth")
    assert width <= PHONE[0]
    cards.get_by_text("SMS · 1 day before").click()
    expect(web.page.locator(".modal [name=mail_template_id] input")).to_have_value(
        "Task: reminder for the customer"
    )


def test_lists_cards_and_many_tasks_at_once(office, open_page):
    tasks = [create_task(office, name=f"Lawn {number}") for number in (1, 2)]
    web = open_page("tab")
    web.open("/odoo/all-tasks")
    web.page.locator(".o_switch_view.o_kanban").click()
    card = web.page.locator(".o_kanban_record", has_text="Lawn 1")
    expect(card.get_by_role("img", name="Next reminder")).to_be_visible()
    web.page.locator(".o_switch_view.o_list").click()
    for number in (1, 2):
        row = web.page.locator(".o_data_row", has_text=f"Lawn {number}")
        expect(row.locator("[name=reminder_next_at] .fa-bell-o")).to_be_visible()
        row.locator(".o_list_record_selector input").check()
    web.page.locator(".o_cp_action_menus").get_by_text("Actions").click()
    web.page.get_by_role("menuitem", name="Change Reminders").click()
    dialog = web.page.locator(".modal")
    dialog.get_by_label("Remove all").check()
    dialog.get_by_role("button", name="Apply").click()
    web.see("Tasks with changed reminders: 2.")
    for task in tasks:
        assert read(office, task, CUSTOMERS)[CUSTOMERS] == []
        assert read(office, task, OPERATORS)[OPERATORS]
