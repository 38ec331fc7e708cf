"""Hours of the day in Chromium: set in the window, told on the tab, asked about."""

from datetime import datetime, timedelta, timezone

import pytest
from playwright.sync_api import expect

from tests.office import MANAGER, Office, format_time, in_future

OFFICE_SCREEN = (1400, 900)
PHONE = (390, 844)
WINDOW = "crm_task_reminder.crm_task_reminder_settings_action"
CUSTOMERS = "reminder_customer_ids"
#: Which of the elements are wider than the screen.
WIDE = "all => all.filter(one => one.getBoundingClientRect().right > innerWidth + 1)"


@pytest.fixture(scope="module")
def office(installation):
    """A company with a manager, who is no administrator and its sender."""
    office = Office(installation.server, installation.client)
    office.login = f"hours{office.company}"
    office.user = office.create_user(office.login, MANAGER, tz="Europe/Warsaw")
    office.switch_on(office.user, reminder_customer_default=True)
    office.project = office.create_project("Gardens")
    office.customer = office.create_customer("Anna Nowak")
    return office


@pytest.fixture
def at_night(office):
    """The company sends to customers from 1:00 until 2:00 alone."""
    values = {
        "reminder_customer_hours": True,
        "reminder_customer_hour_from": 1,
        "reminder_customer_hour_to": 2,
    }
    office.client.write("res.company", [office.company], **values)
    yield
    office.client.write("res.company", [office.company], reminder_customer_hours=False)


def create_task(office, days=3, **values):
    """Create a task that starts at noon in some days."""
    noon = datetime.now(timezone.utc).replace(hour=12, minute=0, second=0)
    return office.client.create(
        "project.task",
        **{
            "name": "Hedge",
            "project_id": office.project,
            "partner_id": office.customer,
            "planned_date_begin": format_time(noon + timedelta(days=days)),
            **values,
        },
    )


def open_tab(web, task):
    web.open_record("project.task", task)
    web.open_tab("reminders_page")
    expect(web.field(CUSTOMERS)).to_be_visible()


def close_refusal(web, text):
    """Read why the window was not saved, and close that."""
    refusal = web.page.locator(".modal", has_text=text)
    expect(refusal).to_be_visible()
    refusal.get_by_role("button", name="Close").last.click()
    expect(refusal).to_have_count(0)


def save_window(web):
    modal = web.page.locator(".modal").last
    modal.get_by_role("button", name="Save", exact=True).click()


@pytest.mark.parametrize("size", [OFFICE_SCREEN, PHONE], ids=["office", "phone"])
def test_the_window_takes_one_line_until_hours_are_used(office, open_page, size):
    web = open_page(office.login, size=size)
    web.open_action(WINDOW)
    expect(web.page.locator("[name=reminder_customer_hours]")).to_be_visible()
    for name in ("hour_from", "hour_to", "calendar_id", "hours_hint"):
        expect(web.field(f"reminder_customer_{name}")).to_have_count(0)
    web.check("reminder_customer_hours")
    expect(web.field("reminder_customer_hour_from").locator("input")).to_have_value(
        "08:00"
    )
    web.fill("reminder_customer_hour_to", "25:00")
    save_window(web)
    close_refusal(web, "25:00 is not an hour of the day")
    web.fill("reminder_customer_hour_to", "8:00")
    web.see("There is no time between these hours.")
    save_window(web)
    close_refusal(web, "there is no time in which a reminder could be sent")
    # a night shift is told where it is typed, too
    web.fill("reminder_customer_hour_to", "6:00")
    web.see("These hours go over midnight")
    save_window(web)
    close_refusal(web, "the first hour has to be before the last one")
    web.fill("reminder_customer_hour_to", "9:30")
    web.fill("reminder_hourly_limit", "10")
    web.see("at most 15 can leave on a day")
    if size == PHONE:
        fields = web.page.locator(".modal [name^=reminder_customer_]")
        assert fields.evaluate_all(WIDE) == []
    save_window(web)
    expect(web.page.locator(".modal")).to_have_count(0)
    names = ["reminder_customer_hours", "reminder_customer_hour_to"]
    this = [("id", "=", office.company)]
    [company] = office.client.read("res.company", this, names)
    assert company["reminder_customer_hours"]
    assert company["reminder_customer_hour_to"] == 9.5
    former = {"reminder_customer_hours": False, "reminder_customer_hour_to": 20}
    former["reminder_hourly_limit"] = 0
    office.client.write("res.company", [office.company], **former)


def test_an_hour_is_typed_on_the_task(office, open_page):
    task = create_task(office)
    web = open_page(office.login, size=OFFICE_SCREEN)
    open_tab(web, task)
    row = web.rows(CUSTOMERS).first
    row.locator("td[name=summary]").click()
    hour = row.locator("[name=time_of_day] input")
    for typed, stored in (("4 pm", "16:00"), ("04:30 PM", "16:30"), ("4 pm", "16:00")):
        hour.fill("")
        hour.press_sequentially(typed)
        hour.press("Tab")
        expect(hour).to_have_value(stored)
    web.save()
    web.see("1 day before, at 04:00")
    [line] = office.client.read(
        "crm.task.reminder", [("task_id", "=", task)], ["time_of_day"]
    )
    assert line["time_of_day"] == "16:00"
    row.locator("td[name=summary]").click()
    row.locator("[name=timing] input").click()
    web.page.locator(".o_select_menu_item", has_text="hour").click()
    expect(row.locator("[name=time_of_day] input")).to_have_count(0)


@pytest.mark.usefixtures("at_night")
@pytest.mark.parametrize("size", [OFFICE_SCREEN, PHONE], ids=["office", "phone"])
def test_the_tab_tells_what_quiet_hours_move(office, open_page, size):
    web = open_page(office.login, size=size)
    open_tab(web, create_task(office))
    line = web.field(CUSTOMERS).locator(".o_reminder_summary").first
    expect(line).to_contain_text("01:00")
    expect(line).to_contain_text("moved from")
    expect(line).to_contain_text("quiet hours")
    assert line.evaluate_all(WIDE) == []


@pytest.mark.usefixtures("at_night")
def test_many_tasks_tell_how_many_are_moved(office, open_page):
    create_task(office, name="Lawn at night")
    web = open_page(office.login)
    web.open("/odoo/all-tasks")
    web.page.locator(".o_switch_view.o_list").click()
    row = web.page.locator(".o_data_row", has_text="Lawn at night")
    row.locator(".o_list_record_selector input").check()
    web.page.locator(".o_cp_action_menus").get_by_text("Actions").click()
    web.page.get_by_role("menuitem", name="Change Reminders").click()
    modal = web.page.locator(".modal")
    modal.locator("td[name=summary]").first.click()
    hour = modal.locator("[name=time_of_day] input")
    hour.fill("16")
    hour.press("Tab")
    expect(modal.locator("[name=preview]")).to_contain_text("Moved by quiet hours: 1")


def test_what_is_held_is_told_and_sent_when_a_person_wants_it(
    office, open_page, sms_gateway
):
    hour = (datetime.now(timezone.utc) + timedelta(hours=5)).hour
    values = {
        "reminder_customer_hours": True,
        "reminder_customer_hour_from": hour,
        "reminder_customer_hour_to": hour + 0.5,
    }
    office.client.write("res.company", [office.company], **values)
    customer = office.create_customer(
        "Ula Utc", phone="+48600100277", tz="UTC", country_id=False
    )
    task = create_task(
        office, partner_id=customer, planned_date_begin=in_future(days=3)
    )
    office.pass_time([task], days=2, minutes=1)
    office.wait_for_log(task)
    web = open_page(office.login, size=OFFICE_SCREEN)
    open_tab(web, task)
    row = web.rows(CUSTOMERS).first
    expect(row).to_contain_text("Waits")
    expect(row).to_contain_text("quiet hours (UTC)")
    row.get_by_role("button", name="Send now").click()
    question = web.page.locator(".modal", has_text="it is quiet time")
    question.get_by_role("button", name="Send now").click()
    web.see("The reminder is on its way.")
    assert sms_gateway.wait_for("+48600100277")
    office.client.write("res.company", [office.company], reminder_customer_hours=False)
