"""A line's time on the tab: what is typed, and what is said to it at once."""

import pytest
from playwright.sync_api import expect

from tests.gardens import create_task, make_office

CUSTOMERS = "reminder_customer_ids"


@pytest.fixture(scope="module")
def office(installation):
    """A company with two lines for the customer: a day and two hours before."""
    return make_office(installation, "time")


@pytest.fixture
def task(office):
    return create_task(office)


def edit_time(web, task):
    """Open the first line for editing; return its row, its time and what is said."""
    web.open_record("project.task", task)
    web.open_tab("reminders_page")
    line = web.rows(CUSTOMERS).first
    line.locator("td[name=summary]").click()
    cell = line.locator("td[name=duration]")
    return line, cell.locator("input"), cell.locator("[role=alert]")


def read_time(office, task):
    domain = [("task_id", "=", task), ("audience", "=", "customer")]
    [line, _other] = office.client.read(
        "crm.task.reminder", domain, ["duration", "duration_unit"], order="id"
    )
    return line["duration"], line["duration_unit"]


def test_e13_an_empty_time_is_told_at_the_field(office, task, open_page):
    web = open_page(office.login)
    _line, box, said = edit_time(web, task)
    box.fill("")
    expect(said).to_contain_text("How long?")


def test_e14_what_is_wrong_with_a_time_is_told_while_typing(office, task, open_page):
    web = open_page(office.login)
    _line, box, said = edit_time(web, task)
    for text, words in (
        ("1.5", "A whole number"),
        ("abc", "A whole number"),
        ("-1", "1 or more"),
        ("0", "1 or more"),
        ("999999", "At most one year"),
    ):
        box.fill(text)
        expect(said).to_contain_text(words)
    box.press("Tab")
    expect(said).to_contain_text("At most one year")
    save = web.page.locator(".o_form_button_save")
    save.click()
    expect(save).to_be_disabled()
    expect(said).to_contain_text("At most one year")
    box.fill("3")
    expect(said).to_have_count(0)
    box.press("Tab")
    expect(save).to_be_enabled()
    web.save()
    assert read_time(office, task) == (3, "days")


def test_e14_another_unit_makes_a_time_right(office, task, open_page):
    """What was said about days stayed beside minutes."""
    web = open_page(office.login)
    line, box, said = edit_time(web, task)
    unit = line.locator("[name=timing] input")
    items = web.page.locator(".o_select_menu_item")
    box.fill("1440")
    unit.click()
    expect(said).to_contain_text("At most one year")
    items.get_by_text("minute", exact=True).click()
    expect(said).to_have_count(0)
    expect(box).to_have_value("1,440")
    expect(box).not_to_have_attribute("aria-invalid", "true")
    web.save()
    assert read_time(office, task) == (1440, "minutes")


def test_e14_a_time_is_typed_before_odoo_has_answered_about_its_unit(
    office, task, open_page
):
    web = open_page(office.login)
    line, box, said = edit_time(web, task)
    line.locator("[name=timing] input").click()
    web.page.route("**/onchange", lambda _route: None)
    with web.page.expect_request("**/onchange"):
        web.page.locator(".o_select_menu_item", has_text="minute").click()
    box.fill("1440")
    expect(said).to_contain_text("At most one year")
    web.page.unroute("**/onchange")  # lets through what waits
    expect(said).to_have_count(0)
    expect(box).to_have_value("1440")
    web.save()
    assert read_time(office, task) == (1440, "minutes")
