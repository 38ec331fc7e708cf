"""A manager sets up the morning plan in the company's window."""

import pytest
from playwright.sync_api import expect

from tests.office import Office, in_future

WINDOW = "crm_task_reminder.crm_task_reminder_settings_action"
PLAN = ["reminder_plan", "reminder_plan_hour", "reminder_plan_mail_template_id"]


@pytest.fixture(scope="module")
def office(installation):
    """A company whose automat is on, with a manager."""
    office = Office(installation.server, installation.client)
    office.sender = office.create_user("planner")
    office.switch_on(office.sender, reminder_operator_default=True)
    return office


@pytest.mark.parametrize("size", [(1280, 900), (390, 844)])
def test_the_plan_is_set_up(office, open_page, size):
    office.client.write("res.company", [office.company], reminder_plan="off")
    web = open_page("planner", size=size)
    web.open_action(WINDOW)
    web.open_tab("operators")
    # what is not set takes no room
    for name in PLAN[1:]:
        expect(web.field(name)).to_have_count(0)
    web.field("reminder_plan").locator("input").click()
    web.page.locator(".o_select_menu_item", has_text="Beside").click()
    template = web.field("reminder_plan_mail_template_id").locator("input")
    expect(template).to_have_value("Task: morning plan for operators")
    web.fill("reminder_plan_hour", "06:30")
    web.click("Save")
    expect(web.page.locator(".modal")).to_have_count(0)
    [company] = office.client.read("res.company", [("id", "=", office.company)], PLAN)
    assert company["reminder_plan"] == "beside"
    assert company["reminder_plan_hour"] == 6.5
    assert company["reminder_plan_mail_template_id"]


@pytest.mark.parametrize("size", [(1280, 900), (390, 844)])
def test_the_plan_is_previewed_and_sent_to_oneself(office, mailbox, open_page, size):
    name = f"Trim the roses {size[0]}"
    office.client.write(
        "res.company",
        [office.company],
        reminder_plan="beside",
        reminder_plan_mail_template_id=office.ref(
            "crm_task_reminder.mail_template_plan"
        ),
    )
    task = office.create_task(
        name=name,
        planned_date_begin=in_future(days=1),
        project_id=office.create_project("Garden"),
        user_ids=[[6, 0, [office.sender]]],
    )
    web = open_page("planner", size=size)
    web.open_action(WINDOW)
    web.open_tab("operators")
    web.click("Preview and test")
    mail = web.page.frame_locator("iframe[title='The e-mail']")
    expect(mail.get_by_text(name)).to_be_visible()
    web.click("Send a test to me")
    web.see("A test was sent to planner@")
    assert [one.subject[:18] for one in mailbox.mails] == ["[Test] Your tasks:"]
    office.client.call("project.task", "unlink", ids=[task])
