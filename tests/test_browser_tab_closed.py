"""A task's form whose tab of reminders is closed, and what it has once it is opened."""

import json

import pytest
from playwright.sync_api import expect

from tests.office import Office, in_future

CUSTOMERS = "reminder_customer_ids"


@pytest.fixture(scope="module")
def office(installation):
    """A company whose new tasks have a reminder for their customer."""
    client = installation.client
    office = Office(installation.server, client)
    office.login = f"closed{office.company}"
    office.user = office.create_user(office.login, phone="+48600100301")
    office.switch_on(office.user, reminder_customer_default=True)
    office.project = office.create_project("Gardens")
    office.customer = office.create_customer("Anna Nowak")
    office.other = office.create_customer("Jan Kowal", phone="+48600100777")
    return office


@pytest.fixture
def task(office):
    return office.client.create(
        "project.task",
        name="Hedge",
        project_id=office.project,
        partner_id=office.customer,
        user_ids=[[6, 0, [office.user]]],
        planned_date_begin=in_future(days=3),
    )


def note_reads(web):
    """Return a list to which each request that reads tasks adds what it asks for."""
    asked = []

    def note(request):
        if "/project.task/" in request.url and request.post_data:
            values = json.loads(request.post_data)["params"]
            if values["method"] in ("web_read", "onchange", "web_save"):
                spec = values["kwargs"].get("specification") or values["args"][-1]
                asked.append((values["method"], {*spec}))

    web.page.on("request", note)
    return asked


def test_closed_tab_is_not_read_until_it_is_opened(office, task, open_page):
    web = open_page(office.login)
    asked = note_reads(web)
    web.open_record("project.task", task)
    expect(web.page.locator("a[name=reminders_page]")).to_be_visible()
    web.choose("partner_id", "Jan Kowal")
    web.save()
    assert {method for method, _names in asked} == {"web_read", "onchange", "web_save"}
    for method, names in asked:
        assert "reminder_enabled" in names, method
        assert not {CUSTOMERS, "reminder_customer", "reminder_trouble"} & names, method
    web.open_tab("reminders_page")
    expect(web.rows(CUSTOMERS)).to_contain_text("+48600100777")
    method, names = asked[-1]
    assert method == "web_read"
    assert {CUSTOMERS, "reminder_customer", "reminder_trouble"} <= names
    assert "description" not in names


def test_tab_that_is_opened_knows_what_is_not_saved_yet(office, task, open_page):
    web = open_page(office.login)
    web.open_record("project.task", task)
    web.choose("partner_id", "Jan Kowal")
    web.open_tab("reminders_page")
    expect(web.rows(CUSTOMERS)).to_contain_text("+48600100777")
    # what is changed in it is saved with the form, what was changed before as well
    web.field("reminder_customer").locator("input").uncheck()
    web.open_tab("description_page")
    web.save()
    [saved] = office.client.read(
        "project.task", [("id", "=", task)], ["partner_id", "reminder_customer_off"]
    )
    assert saved["partner_id"][0] == office.other
    assert saved["reminder_customer_off"]


def test_discarded_changes_are_gone_from_the_tab(office, task, open_page):
    web = open_page(office.login)
    web.open_record("project.task", task)
    web.open_tab("reminders_page")
    web.field("reminder_customer").locator("input").uncheck()
    expect(web.page.locator(f"[name={CUSTOMERS}]")).to_be_hidden()
    web.page.click(".o_form_button_cancel")
    expect(web.rows(CUSTOMERS)).to_contain_text("+48600100200")


def test_new_task_has_its_lines_whether_the_tab_was_opened_or_not(office, open_page):
    web = open_page(office.login)
    for name, is_opened in (("Left closed", False), ("Looked at", True)):
        web.open_action("project.action_view_my_task", "new")
        web.fill("name", name)
        web.choose("project_id", "Gardens")
        if is_opened:
            web.open_tab("reminders_page")
            expect(web.rows(CUSTOMERS)).to_have_count(1)
        web.save()
        [saved] = office.client.read("project.task", [("name", "=", name)], [CUSTOMERS])
        assert len(saved[CUSTOMERS]) == 1


def test_next_task_by_the_pager_shows_its_own_lines(office, open_page):
    for name, customer in (("Pond one", office.customer), ("Pond two", office.other)):
        office.client.create(
            "project.task",
            name=name,
            project_id=office.project,
            partner_id=customer,
            planned_date_begin=in_future(days=3),
        )
    web = open_page(office.login)
    web.open("/odoo/all-tasks")
    web.page.locator(".o_switch_view.o_list").click()
    web.page.locator(".o_searchview_input").fill("Pond")
    web.page.locator(".o_searchview_input").press("Enter")
    rows = web.page.locator(".o_data_row")
    expect(rows).to_have_count(2)
    rows.filter(has_text="Pond one").locator("td[name=name]").click()
    web.open_tab("reminders_page")
    expect(web.rows(CUSTOMERS)).to_contain_text("+48600100200")
    web.page.locator(".o_form_view .o_pager_next").click()
    expect(web.rows(CUSTOMERS)).to_contain_text("+48600100777")
