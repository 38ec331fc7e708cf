"""A manager sets what new tasks of a project start with, and moves a task there."""

import pytest
from playwright.sync_api import expect

from tests.office import Office

PHONE = (390, 844)
CUSTOMERS = "reminder_default_customer_ids"


@pytest.fixture(scope="module")
def office(installation):
    """A company whose automat is on, with a manager and two projects."""
    office = Office(installation.server, installation.client)
    office.sender = office.create_user("projects")
    office.switch_on(office.sender, reminder_customer_default=True)
    office.gardens = office.create_project("Gardens")
    office.workshop = office.create_project("Workshop")
    return office


def open_tab(web, project):
    web.open_action("project.open_view_project_all_config", project)
    web.open_tab("reminder_presets_page")


def test_a_project_has_reminders_of_its_own(office, open_page):
    web = open_page("projects")
    open_tab(web, office.workshop)
    choice = web.field("reminder_preset")
    # as the company has it: one line, nothing else
    expect(choice.locator("input:checked + label")).to_have_text(
        "As the company has it"
    )
    expect(web.field(CUSTOMERS)).to_have_count(0)
    expect(web.field("reminder_default_operator_ids")).to_have_count(0)

    choice.get_by_text("Reminders of its own").click()
    expect(web.rows(CUSTOMERS)).to_have_count(1)
    expect(web.rows(CUSTOMERS)).to_contain_text("SMS · 1 day before")
    web.rows(CUSTOMERS).locator("td[name=summary]").click()
    duration = web.rows(CUSTOMERS).locator("[name=duration] input")
    duration.fill("3")
    duration.press("Tab")
    web.save()
    expect(web.rows(CUSTOMERS)).to_contain_text("SMS · 3 days before")

    # a new task has them, and its tab says whose they are
    web.open_record("project.task", "new")
    web.fill("name", "Oil change")
    web.choose("project_id", "Workshop")
    web.open_tab("reminders_page")
    lines = web.rows("reminder_customer_ids")
    expect(lines).to_contain_text("SMS · 3 days before")
    setting = web.field("reminder_customer_setting")
    expect(setting).to_have_text("As the project has it")

    # moved to another project, what was not changed follows
    web.choose("project_id", "Gardens")
    expect(lines).to_have_count(1)
    expect(lines).to_contain_text("SMS · 1 day before")
    expect(setting).to_have_text("As the company has it")
    web.save()
    expect(lines).to_contain_text("SMS · 1 day before")


def test_none_and_on_a_phone(office, open_page):
    web = open_page("projects", size=PHONE)
    open_tab(web, office.gardens)
    choice = web.field("reminder_preset")
    choice.get_by_text("None").click()
    web.save()
    expect(web.field(CUSTOMERS)).to_have_count(0)
    task = office.client.create("project.task", name="Hedge", project_id=office.gardens)
    [task] = office.client.read(
        "project.task", [("id", "=", task)], ["reminder_customer_ids"]
    )
    assert not task["reminder_customer_ids"]
    choice.get_by_text("Reminders of its own").click()
    cards = web.field(CUSTOMERS).locator("article.o_kanban_record")
    expect(cards).to_have_count(1)
    expect(cards).to_contain_text("SMS · 1 day before")
