"""Many records at once: a person is told how far it is, and can leave."""

import re

import pytest
from playwright.sync_api import expect

from tests.office import LOG, Office, in_future

ACTION = "crm_task_reminder.crm_task_reminder_log_action"
MARK_CALLS = "**/call_kw/crm.task.reminder.log/mark_sent"
ROWS = 450
MAKE_ROWS = (
    "INSERT INTO crm_task_reminder_log "
    "(operation, company_id, task_id, task_name, channel, address, state, reason) "
    "SELECT 'customer', %s, %s, 'Hedge', 'sms', '+48600' || number, 'unconfirmed', "
    "'no_answer' FROM generate_series(100001, 100000 + %s) AS number"
)


@pytest.fixture
def office(odoo_server, client):
    """A company with many messages in doubt."""
    office = Office(odoo_server, client)
    office.login = f"progress{office.company}"
    office.switch_on(office.create_user(office.login))
    office.project = office.create_project()
    office.task = office.create_task(project_id=office.project)
    office.execute(MAKE_ROWS, [office.company, office.task, ROWS])
    return office


def count(office, state: str) -> int:
    """Return how many of the messages are in a state."""
    rows = [("company_id", "=", office.company), ("state", "=", state)]
    return office.client.count(LOG, rows)


def mark_all(web) -> None:
    """Press *Mark as sent* for all messages of the log."""
    web.open_action(ACTION)
    page = web.page
    expect(page.locator(".o_data_row").first).to_be_visible()
    page.locator("thead .o_list_record_selector input").check()
    page.locator(".o_select_domain").click()
    page.get_by_role("button", name="Mark as sent").click()
    page.locator(".modal").get_by_role("button", name="Mark as sent").click()


def test_e08_many_rows_are_marked_with_a_progress_bar(office, open_page):
    web = open_page(office.login)
    mark_all(web)
    dialog = web.page.locator(".modal")
    expect(dialog.get_by_role("status")).to_have_text(f"{ROWS} of {ROWS} done")
    expect(dialog.get_by_role("progressbar")).to_have_attribute("aria-valuenow", "100")
    dialog.get_by_role("button", name="Close").last.click()
    expect(dialog).to_have_count(0)
    assert (count(office, "sent"), count(office, "unconfirmed")) == (ROWS, 0)


def test_e08_who_leaves_keeps_what_is_done(office, open_page):
    web = open_page(office.login)
    calls = []

    def leave_at_the_second(route):
        calls.append(route.request)
        if len(calls) == 2:
            dialog = web.page.locator(".modal")
            expect(dialog.get_by_role("status")).to_contain_text(f"200 of {ROWS}")
            dialog.get_by_role("button", name="Stop").click()
        route.continue_()

    def is_second_answer(response) -> bool:
        return len(calls) == 2 and response.request == calls[1]

    web.page.route(MARK_CALLS, leave_at_the_second)
    # A browser whose events nobody waits for would hold the second call for ever.
    with web.page.expect_response(is_second_answer):
        mark_all(web)
    expect(web.page.locator(".modal")).to_have_count(0)
    assert (count(office, "sent"), count(office, "unconfirmed")) == (400, 50)


def spoil_one(office, web, statement) -> None:
    """Do something with a row of the second batch before the first one is worked on."""
    [row] = office.execute(
        "SELECT id FROM crm_task_reminder_log WHERE company_id = %s "
        "ORDER BY id DESC OFFSET 300 LIMIT 1",
        [office.company],
    )

    def spoil(route):
        office.execute(statement, [row[0]])
        route.continue_()

    web.page.route(MARK_CALLS, spoil)


def test_what_can_not_be_changed_is_passed_over_and_told(office, open_page):
    web = open_page(office.login)
    spoil_one(
        office, web, "UPDATE crm_task_reminder_log SET state = 'failed' WHERE id = %s"
    )
    mark_all(web)
    dialog = web.page.locator(".modal")
    expect(dialog.get_by_role("status")).to_have_text(f"{ROWS - 1} of {ROWS} done")
    note = dialog.get_by_role("note")
    expect(note).to_contain_text("Passed over: 1")
    expect(note).to_contain_text("Only unconfirmed messages can be marked as sent. (1)")
    assert (count(office, "sent"), count(office, "failed")) == (ROWS - 1, 1)


def test_e08_a_fault_is_told_and_what_is_done_stays(office, open_page):
    web = open_page(office.login)
    spoil_one(office, web, "DELETE FROM crm_task_reminder_log WHERE id = %s")
    mark_all(web)
    alert = web.page.locator(".modal").get_by_role("alert")
    expect(alert).to_contain_text("does not exist")
    assert count(office, "sent") == 200


def choose_for_all_tasks(web, name: str) -> None:
    """Choose an action for all tasks in the list."""
    page = web.page
    web.open("/odoo/all-tasks")
    page.locator(".o_switch_view.o_list").click()
    expect(page.locator(".o_data_row").first).to_be_visible()
    page.locator("thead .o_list_record_selector input").check()
    page.locator(".o_select_domain").click()
    page.locator(".o_cp_action_menus").get_by_text("Actions").click()
    page.get_by_role("menuitem", name=name, exact=True).click()


def test_e08_reminders_of_many_tasks_are_changed_with_a_progress_bar(office, open_page):
    values = [{"name": f"Hedge {n}", "project_id": office.project} for n in range(210)]
    office.client.call("project.task", "create", vals_list=values)
    web = open_page(office.login)
    choose_for_all_tasks(web, "Change Reminders")
    dialog = web.page.locator(".modal")
    dialog.get_by_role("button", name="Apply").click()
    expect(dialog.get_by_role("status")).to_have_text(re.compile(r"^(\d+) of \1 done$"))
    lines = [("task_id.project_id", "=", office.project)]
    assert office.client.count("crm.task.reminder", lines) == 211


@pytest.mark.parametrize("choice", ["Tell Changed Dates", "Don't Tell Changed Dates"])
def test_e08_many_dates_are_told_with_a_progress_bar(office, open_page, choice):
    client = office.client
    client.write("res.company", [office.company], reminder_customer_default=True)
    client.create(
        "crm.task.reminder.default",
        company_id=office.company,
        audience="customer",
        moment="set",
        sms_template_id=office.ref("crm_task_reminder.sms_template_customer_set"),
    )
    common = {
        "project_id": office.project,
        "partner_id": office.create_customer(),
        "planned_date_begin": in_future(days=3),
    }
    values = [{"name": f"Hedge {number}", **common} for number in range(210)]
    tasks = client.call("project.task", "create", vals_list=values)
    untold = [("id", "in", tasks), ("reminder_is_untold", "=", True)]
    assert client.count("project.task", untold) == 210
    web = open_page(office.login)
    choose_for_all_tasks(web, choice)
    dialog = web.page.locator(".modal")
    # the others are of the fixture, and of what ran before
    expect(dialog.get_by_role("status")).to_have_text(re.compile(r"^210 of 21\d done$"))
    note = dialog.get_by_role("note")
    expect(note).to_contain_text("There is nothing new to tell. (")
    dialog.get_by_role("button", name="Close").last.click()
    assert client.count("project.task", untold) == 0
