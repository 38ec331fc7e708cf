"""The company's window in Chromium: two companies, the password, SMS, the two tabs."""

import re

import pytest
from playwright.sync_api import expect

from tests.office import MANAGER, Office

WINDOW = ("CRM", "Configuration", "Automatic Reminders")
RED = re.compile("text-danger")


@pytest.fixture
def offices(odoo_server, client):
    """Two companies with a manager, who is no administrator, and a sender."""
    offices = [Office(odoo_server, client) for _number in range(2)]
    ids = [office.company for office in offices]
    mark = offices[0].name.rpartition(" ")[2]
    for role in ("manager", "speaker"):
        login = f"{role}{mark}"
        user = offices[0].create_user(login, MANAGER)
        client.write("res.users", [user], company_ids=[[6, 0, ids]])
        for office in offices:
            setattr(office, role, login)
    return offices


def open_window(web, office):
    """Open the window in a company, from the menu of CRM."""
    domain = f"document.cookie = 'cids={office.company}; path=/'"
    web.page.evaluate(domain)
    web.open("/odoo/crm")
    web.open_menu(*WINDOW)
    expect(web.page.locator(".modal")).to_contain_text(office.name)


def save_window(web):
    """Save the window, which closes it."""
    web.page.locator(".modal").get_by_role("button", name="Save", exact=True).click()
    expect(web.page.locator(".modal")).to_have_count(0)


def see_sms_status(web, text, *, is_red):
    """Wait until the window says this about SMS, in red or not."""
    status = web.field("reminder_sms_status").get_by_role("status")
    expect(status).to_contain_text(text)
    if is_red:
        expect(status).to_have_class(RED)
    else:
        expect(status).not_to_have_class(RED)


def read_company(office, *names):
    """Return the values of the company's fields."""
    domain = [("id", "=", office.company)]
    return office.client.read("res.company", domain, list(names))[0]


def fill_own_window(web, office):
    """Set a company up in the window: its manager is the sender."""
    open_window(web, office)
    web.check("reminder_enabled")
    sender = web.field("reminder_user_id").locator("input")
    expect(sender).to_have_value(office.manager.title())
    expect(web.page.locator("[name=reminder_password]")).to_have_count(0)
    web.choose("reminder_mail_server_id", "mailbox")
    web.check("reminder_customer_default")
    rows = web.rows("reminder_default_customer_ids")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("SMS")
    web.open_tab("operators")
    web.check("reminder_operator_default")
    expect(web.rows("reminder_default_operator_ids")).to_have_count(1)
    web.add_row("reminder_default_operator_ids", "Add a reminder")
    web.page.locator(".o_selected_row [name=channel]").locator("input").click()
    web.page.locator(".o_select_menu_item", has_text="E-mail").click()
    save_window(web)


def name_other_sender(web, office):
    """Switch a company on in the window, with a sender who has a password."""
    open_window(web, office)
    expect(web.field("reminder_enabled").locator("input")).not_to_be_checked()
    web.check("reminder_enabled")
    web.choose("reminder_user_id", office.speaker.title())
    web.fill("reminder_password", "wrong")
    web.page.locator(".modal").get_by_role("button", name="Save", exact=True).click()
    web.see("is not right")
    web.page.locator(".modal", has_text="is not right").get_by_role(
        "button", name="Close"
    ).last.click()
    web.fill("reminder_password", office.speaker)
    save_window(web)


def assert_kept(office, login, *, has_presets):
    """Assert that a company has what was entered."""
    presets = ("reminder_customer_default", "reminder_operator_default")
    values = read_company(office, "reminder_enabled", "reminder_user_id", *presets)
    assert values["reminder_enabled"]
    assert values["reminder_user_id"][1] == login.title()
    assert [values[name] for name in presets] == [has_presets, has_presets]


def test_r04_r06_r08_r09_window_of_two_companies(offices, open_page):
    first, second = offices
    web = open_page(first.manager)
    fill_own_window(web, first)
    name_other_sender(web, second)
    assert_kept(first, first.manager, has_presets=True)
    assert_kept(second, second.speaker, has_presets=False)
    lines = first.client.read(
        "crm.task.reminder.default",
        [("company_id", "=", first.company)],
        ["audience", "channel"],
        context={"allowed_company_ids": [first.company]},
    )
    assert sorted((line["audience"], line["channel"]) for line in lines) == [
        ("customer", "sms"),
        ("operator", "email"),
        ("operator", "sms"),
    ]

    # what was saved is what is shown; the other company's is something else
    open_window(web, first)
    web.open_tab("operators")
    expect(web.rows("reminder_default_operator_ids")).to_have_count(2)
    expect(web.page.locator("[name=reminder_trouble]:visible")).to_have_count(0)
    open_window(web, second)
    web.check("reminder_customer_default")
    expect(web.rows("reminder_default_customer_ids")).to_have_count(1)


def test_r08_lines_are_changed_and_removed_in_place(offices, open_page):
    office = offices[0]
    office.client.create(
        "crm.task.reminder.default",
        company_id=office.company,
        audience="customer",
        channel="email",
    )
    web = open_page(office.manager)
    open_window(web, office)
    web.check("reminder_enabled")
    web.check("reminder_customer_default")
    rows = web.rows("reminder_default_customer_ids")
    expect(rows).to_have_count(2)
    rows.first.get_by_role("button", name="Delete").click()
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("E-mail")
    rows.locator("td[name=summary]").click()
    rows.locator("[name=duration] input").fill("3")
    save_window(web)
    lines = office.client.read(
        "crm.task.reminder.default",
        [("company_id", "=", office.company), ("audience", "=", "customer")],
        ["channel", "duration"],
        context={"allowed_company_ids": [office.company]},
    )
    assert [(line["channel"], line["duration"]) for line in lines] == [("email", 3)]


def test_leaving_the_page_saves_nothing(offices, open_page):
    office = offices[0]
    web = open_page(office.manager)
    open_window(web, office)
    web.check("reminder_enabled")
    web.open("/odoo/crm")
    expect(web.page.locator(".modal")).to_have_count(0)
    assert not read_company(office, "reminder_enabled")["reminder_enabled"]


def test_r03_credit_comes_when_the_window_is_open(offices, open_page, sms_gateway):
    office = offices[0]
    web = open_page(office.manager)
    sms_gateway.answering.clear()  # the credit is not told yet
    open_window(web, office)
    web.check("reminder_enabled")
    see_sms_status(web, "paid with its credit", is_red=False)
    web.check("reminder_customer_default")
    expect(web.rows("reminder_default_customer_ids")).to_have_count(1)
    sms_gateway.answering.set()
    see_sms_status(web, "Credit left: 500.", is_red=False)
    expect(web.field("reminder_customer_default").locator("input")).to_be_checked()


def test_r03_no_credit(offices, open_page, sms_gateway):
    office = offices[0]
    web = open_page(office.manager)
    sms_gateway.credit = 0
    open_window(web, office)
    web.check("reminder_enabled")
    see_sms_status(web, "no SMS credit left", is_red=True)


def test_r03_service_of_odoo_not_reached(offices, open_page, sms_gateway):
    office = offices[0]
    web = open_page(office.manager)
    open_window(web, office)
    sms_gateway.stop()
    try:
        web.check("reminder_enabled")
        see_sms_status(web, "could not be reached", is_red=False)
    finally:
        sms_gateway.start()


def test_r03_answer_that_nobody_understands(offices, open_page, sms_gateway):
    office = offices[0]
    web = open_page(office.manager)
    open_window(web, office)
    # Odoo's client of its own services takes it for a fault of the program.
    sms_gateway.error = "InsufficientCreditError"
    with web.page.expect_response("**/get_sms_status") as response:
        web.check("reminder_enabled")
    assert "InsufficientCreditError" in response.value.text()
    see_sms_status(web, "paid with its credit", is_red=False)
    expect(web.page.locator(".o_error_dialog, .o_notification")).to_have_count(0)


def test_r03_credit_in_the_settings_of_odoo(web, sms_gateway):
    sms_gateway.answering.clear()
    web.open("/odoo/settings#crm")
    web.check("reminder_enabled")
    see_sms_status(web, "paid with its credit", is_red=False)
    sms_gateway.answering.set()
    see_sms_status(web, "Credit left: 500.", is_red=False)
    web.check("reminder_enabled", False)
    sms_gateway.credit = 0
    web.check("reminder_enabled")
    see_sms_status(web, "no SMS credit left", is_red=True)


def test_other_buttons_ask_before_they_save(offices, open_page):
    office = offices[0]
    web = open_page(office.manager)
    open_window(web, office)
    web.check("reminder_enabled")
    log = web.page.locator(".modal").get_by_role("button", name="Reminder Log")
    question = web.page.locator(".modal", has_text="save your changes")
    log.click()
    question.get_by_role("button", name="Stay Here").click()
    expect(question).to_have_count(0)
    log.click()
    question.get_by_role("button", name="Discard").click()
    expect(web.page.locator(".o_facet_values")).not_to_have_count(0)
    assert not read_company(office, "reminder_enabled")["reminder_enabled"]


def test_r17_log_button_with_filters(offices, open_page):
    office = offices[0]
    web = open_page(office.manager)
    open_window(web, office)
    web.page.locator(".modal").get_by_role("button", name="Reminder Log").click()
    facets = web.page.locator(".o_facet_values")
    for text in ("Customers", "Operators", "This Company"):
        expect(facets.filter(has_text=text)).to_have_count(1)


def test_r18_r19_service_is_shown_unless_hosted(offices, open_page, client):
    office = offices[0]
    web = open_page(office.manager)
    open_window(web, office)
    service = web.page.locator("[name=service]")
    expect(service).to_contain_text("Running")
    expect(service).not_to_contain_text("Set up the service")
    key = {"key": "crm_task_reminder.hosted"}
    client.call("ir.config_parameter", "set_param", **key, value="1")
    try:
        open_window(web, office)
        expect(web.field("reminder_enabled")).to_be_visible()
        expect(service).to_have_count(0)
    finally:
        client.call("ir.config_parameter", "set_param", **key, value="")


def test_r18_administrator_comes_to_the_scheduled_action(web, client):
    web.open_menu(*WINDOW)
    web.page.locator(".modal").get_by_role("button", name="Set up the service").click()
    web.see("automated operations service")
    expect(web.field("interval_number").first).to_be_visible()


def test_window_from_the_projects_configuration(offices, open_page):
    office = offices[0]
    web = open_page(office.manager)
    web.open("/odoo/project")
    web.open_menu("Project", "Configuration", "Automatic Reminders")
    expect(web.field("reminder_enabled")).to_be_visible()
