"""A clerk who moves, cancels and plans tasks, and says whether people are told."""

import re

import pytest
from playwright.sync_api import expect

from tests.office import Office, in_future

PHONE = (390, 844)
CUSTOMERS = "reminder_customer_ids"
NUMBER = "+48600100200"
UNTOLD = [("reminder_is_untold", "=", True), ("active", "in", [True, False])]


@pytest.fixture(scope="module")
def office(installation):
    """A company that tells its customers by SMS, and a clerk."""
    client = installation.client
    office = Office(installation.server, client)
    poland = office.ref("base.pl")
    client.write("res.company", [office.company], country_id=poland)
    clerk = office.create_user("notice", tz="Europe/Warsaw")
    office.switch_on(clerk, reminder_customer_default=True)
    lines = [
        {
            "company_id": office.company,
            "audience": "customer",
            "moment": moment,
            "sms_template_id": office.ref(
                f"crm_task_reminder.sms_template_customer_{moment}"
            ),
        }
        for moment in ("set", "moved", "called_off")
    ]
    for line in lines:
        client.create("crm.task.reminder.default", **line)
    office.project = office.create_project("Gardens")
    office.customer = client.create(
        "res.partner",
        name="Anna Nowak",
        phone="600 100 200",
        country_id=poland,
        company_id=office.company,
    )
    return office


def create_task(office, name):
    return office.client.create(
        "project.task",
        name=name,
        project_id=office.project,
        partner_id=office.customer,
        planned_date_begin=in_future(days=3),
    )


def read_texts(gateway, name):
    """Return the SMS about a task."""
    return [sms.body for sms in gateway.messages if name in sms.body]


def test_clerk_tells_now_that_a_date_was_moved(office, sms_gateway, open_page):
    task = create_task(office, "Hedge")
    web = open_page("notice")
    web.open_record("project.task", task)
    web.open_tab("reminders_page")
    notice = web.field("reminder_customer_notice")
    expect(notice).to_contain_text("It goes to: Anna Nowak")
    who = web.rows(CUSTOMERS)
    expect(who.filter(has_text="when a date is set")).to_contain_text("Scheduled")
    expect(who.filter(has_text="when the date is moved")).to_contain_text("Ready")
    web.click("Tell now")
    web.see("The news is on its way")
    office.run_service()
    [text] = read_texts(sms_gateway, "Hedge")
    assert 'your appointment "Hedge" is on' in text

    office.client.write("project.task", [task], planned_date_begin=in_future(days=4))
    web.open_record("project.task", task)
    web.open_tab("reminders_page")
    expect(notice).to_contain_text("the date was moved from")
    web.click("Don't tell")
    expect(notice).to_be_hidden()
    office.run_service()
    assert len(read_texts(sms_gateway, "Hedge")) == 1


def test_clerk_is_asked_about_many(office, sms_gateway, open_page):
    tasks = [create_task(office, name) for name in ("Lawn", "Roses")]
    office.client.call("project.task", "action_drop_reminder_news", ids=tasks)
    office.client.write("project.task", tasks, planned_date_begin=in_future(days=5))
    web = open_page("notice")
    web.open_action("project.action_view_all_task")
    web.page.locator(".o_searchview_dropdown_toggler").click()
    web.page.get_by_role("menuitemcheckbox", name="Date Not Told").click()
    web.page.locator(".o_searchview_dropdown_toggler").click()
    if web.page.locator(".o_switch_view.o_list:not(.active)").count():
        web.page.locator(".o_switch_view.o_list").click()
    expect(web.page.locator(".o_data_row")).to_have_count(2)
    web.page.locator("thead .o_list_record_selector input").check()
    web.page.locator(".o_cp_action_menus .dropdown-toggle").first.click()
    web.page.get_by_role("menuitem", name="Tell Changed Dates", exact=True).click()
    web.see("The news is on its way")
    office.run_service()
    for name in ("Lawn", "Roses"):
        assert len(read_texts(sms_gateway, name)) == 1


def archive_all(web, office, *names):
    """Archive new tasks in one go, as a clerk does; return the question that comes."""
    tasks = [create_task(office, name) for name in names]
    office.client.call("project.task", "action_tell_reminder_news", ids=tasks)
    office.run_service()
    web.open_action("project.action_view_all_task")
    page = web.page
    if page.locator(".o_switch_view.o_list:not(.active)").count():
        page.locator(".o_switch_view.o_list").click()
    for name in names:
        row = page.locator(".o_data_row", has_text=name)
        row.locator(".o_list_record_selector input").check()
    page.locator(".o_cp_action_menus .dropdown-toggle").first.click()
    page.locator(".o_menu_item", has_text=re.compile("^Archive$")).click()
    page.locator(".modal").get_by_role("button", name="Archive").click()
    question = page.locator(".modal", has_text="Tell people of the changed dates?")
    for name in names:
        expect(question).to_contain_text(name)
    return question


def test_clerk_is_asked_when_many_are_changed_and_says_yes(
    office, sms_gateway, open_page
):
    web = open_page("notice")
    question = archive_all(web, office, "Pond", "Terrace")
    question.get_by_role("button", name="Tell them").click()
    web.see("The news is on its way")
    expect(question).to_have_count(0)
    office.run_service()
    for name in ("Pond", "Terrace"):
        assert "called off" in read_texts(sms_gateway, name)[-1]


def test_clerk_is_asked_when_many_are_changed_and_says_nothing(
    office, sms_gateway, open_page
):
    web = open_page("notice")
    question = archive_all(web, office, "Fence", "Gate")
    expect(question.get_by_role("button", name="Not now")).to_be_focused()
    web.page.keyboard.press("Enter")
    expect(question).to_have_count(0)
    office.run_service()
    for name in ("Fence", "Gate"):
        assert "called off" not in read_texts(sms_gateway, name)[-1]
    web.page.locator(".o_searchview_dropdown_toggler").click()
    web.page.get_by_role("menuitemcheckbox", name="Date Not Told").click()
    for name in ("Fence", "Gate"):
        expect(web.page.locator(".o_data_row", has_text=name)).to_be_visible()
    # a browser that is opened within a minute would ask again
    tasks = [task["id"] for task in office.client.read("project.task", UNTOLD, ["id"])]
    office.client.call("project.task", "action_drop_reminder_news", ids=tasks)


def test_presets_are_chosen_in_the_window(office, open_page):
    web = open_page("notice")
    web.open_action("crm_task_reminder.crm_task_reminder_settings_action")
    rows = web.rows("reminder_default_customer_ids")
    expect(rows.filter(has_text="when the date is called off")).to_be_visible()
    expect(web.field("reminder_notice_minutes")).to_be_visible()
    web.add_row("reminder_default_customer_ids", "Add a reminder")
    line = web.rows("reminder_default_customer_ids").last
    line.locator("[name=timing] input").click()
    web.page.locator(".o_select_menu_item", has_text="date moved").click()
    expect(line.locator("[name=mail_template_id] input")).to_have_value(
        "Task: date moved, for the customer"
    )
    expect(line.locator("[name=duration] input")).to_be_hidden()
