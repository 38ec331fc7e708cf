"""A third form of sending by an addon of its own: a letter, put into a folder.

Nothing of the base is edited or patched for it. It is driven like the other two: in the
window, on the task's tab, in the preview, by the service and in the log.
"""

import pytest
from playwright.sync_api import expect

from dev.machine.process import wait_until
from dev.office.odoo_shell import run_inside
from tests.letters import (
    ADDON,
    choose_letter,
    create_task,
    propose_templates,
    read_row,
    set_folder,
    try_again,
)
from tests.office import LOG, MANAGER, Office
from tests.own_addons import ADDONS, count_lines
from tests.round import Round

WINDOW = ("CRM", "Configuration", "Automatic Reminders")
LINES = "reminder_customer_ids"
RETURN = """
receipt = env["crm.task.reminder.log"].browse(values["row"]).notification_id
receipt.write({"notification_status": "bounce", "failure_type": "letter_returned"})
"""
# What a worker leaves that dies with a message in hand.
DIE = """
log = env["crm.task.reminder.log"]
row = log.browse(values["row"])
run = {"operation": "service", "company_id": row.company_id.id, "state": "running"}
row.write({"state": "sending", "run_id": log.create(run).id})
"""


def test_a_channel_is_a_hundred_and_twenty_lines_at_most():
    assert count_lines(ADDON) <= 120


@pytest.fixture(scope="module")
def server(make_installation):
    """An installation with the addon."""
    return make_installation((ADDON,), (ADDONS,), cron_threads=1)


@pytest.fixture
def folder(server, tmp_path):
    """The folder into which letters go."""
    set_folder(server, tmp_path)
    return tmp_path


@pytest.fixture
def office(server):
    """A company whose automat is on, with a template for letters."""
    office = Office(server.server, server.client)
    office.login = f"letters{office.company}"
    office.switch_on(office.create_user(office.login, MANAGER))
    model = [("model", "=", "project.task")]
    [task_model] = office.client.read("ir.model", model, ["id"])
    office.template = office.client.create(
        "mail.template",
        name=f"{office.name}: letter",
        model_id=task_model["id"],
        body_html='<p>About <t t-out="object.name"/></p>',
    )
    address = {"street": "ul. Kwiatowa 3", "zip": "00-001", "city": "Warszawa"}
    office.customer = office.create_customer(**address)
    office.project = office.create_project()
    return office


# ----------------------------------------------------------------------
# What a person sees
# ----------------------------------------------------------------------


def test_window(office, server, browser):
    web = browser.log_in(server.server.url, office.login, office.login)
    web.open("/odoo/crm")
    web.open_menu(*WINDOW)
    web.check("reminder_customer_default")
    line = web.rows("reminder_default_customer_ids").first
    line.locator("td[name=summary]").click()
    choose_letter(web, line)
    items = propose_templates(web, line)
    expect(items.filter(has_text="Task: reminder for the customer")).to_have_count(0)
    items.filter(has_text=office.name).first.click()
    web.page.locator(".modal").get_by_role("button", name="Save", exact=True).click()
    expect(web.page.locator(".modal")).to_have_count(0)
    web.close()
    assert web.errors == []

    task = office.client.create("project.task", name="New", project_id=office.project)
    lines = office.client.read(
        "crm.task.reminder",
        [("task_id", "=", task)],
        ["audience", "channel", "letter_template_id"],
    )
    assert [(line["audience"], line["channel"]) for line in lines] == [
        ("customer", "letter")
    ]
    assert lines[0]["letter_template_id"][0] == office.template


def see_preview(web):
    """Look at a letter beforehand, and try to send it to oneself."""
    web.page.locator(f"[name={LINES}] [name=action_preview]").click()
    dialog = web.page.locator(".modal")
    expect(dialog).to_contain_text("Anna Nowak, ul. Kwiatowa 3")
    expect(dialog).to_contain_text("About Hedge")
    web.click("Send a test to me")
    expect(dialog.last).to_contain_text("No postal address")
    dialog.last.get_by_role("button", name="Close").last.click()
    expect(dialog).to_have_count(1)
    dialog.locator(".modal-footer").get_by_text("Close").click()


def test_tab_preview_service_and_log(office, server, browser, folder):
    task = office.create_task(partner_id=office.customer, project_id=office.project)
    web = browser.log_in(server.server.url, office.login, office.login)
    web.open_record("project.task", task)
    web.open_tab("reminders_page")
    web.check("reminder_customer")
    line = web.rows(LINES).first
    line.locator("td[name=summary]").click()
    choose_letter(web, line)
    propose_templates(web, line).filter(has_text=office.name).first.click()
    web.save()
    expect(line).to_contain_text("Anna Nowak")
    expect(line).to_contain_text("ul. Kwiatowa 3, 00-001 Warszawa")
    expect(line.locator("i.fa-print")).to_have_count(1)

    see_preview(web)
    dialog = web.page.locator(".modal")
    web.page.locator(f"[name={LINES}] [name=action_send_now]").click()
    dialog.get_by_role("button", name="Send now").click()
    web.see("The reminder is on its way.")
    office.wait_for_log(task)
    [letter] = folder.iterdir()
    assert "Anna Nowak, ul. Kwiatowa 3" in letter.read_text()
    assert "About Hedge" in letter.read_text()

    web.open_record("project.task", task)
    web.open_tab("reminders_page")
    results = web.rows(LINES)
    expect(results).to_contain_text("Sent")
    expect(results.locator("i.fa-print")).to_have_count(1)
    web.see("About Hedge")
    web.page.locator("[name=action_open_reminder_log]").click()
    row = web.page.locator(".o_data_row")
    expect(row).to_have_count(1)
    expect(row).to_contain_text("Letter")
    expect(row).to_contain_text("ul. Kwiatowa 3")
    web.close()
    assert web.errors == []


# ----------------------------------------------------------------------
# What becomes of letters
# ----------------------------------------------------------------------


def test_reasons_of_its_own(office, server, folder):
    homeless = office.create_customer("Jan Nowak", street=False)
    task = create_task(office, partner_id=homeless)
    office.make_due(task)
    row = read_row(office, task)
    assert (row["state"], row["reason"]) == ("skipped", "no_street")

    set_folder(server, "")
    task = create_task(office)
    office.make_due(task)
    row = read_row(office, task)
    assert (row["state"], row["reason"]) == ("skipped", "no_folder")
    assert not list(folder.iterdir())


def test_folder_that_is_not_there_is_tried_again(office, server, tmp_path):
    folder = tmp_path / "later"
    set_folder(server, folder)
    task = create_task(office)
    office.make_due(task)
    row = read_row(office, task)
    assert (row["state"], row["reason"]) == ("queued", "no_folder")
    assert (row["attempt_count"], "later" in row["detail"]) == (1, True)
    folder.mkdir()
    try_again(office, task)
    assert read_row(office, task)["state"] == "sent"
    assert len(list(folder.iterdir())) == 1


def test_receipt_of_its_own(office, server, folder):
    task = create_task(office)
    office.make_due(task)
    row = read_row(office, task)
    assert row["state"] == "sent"
    environment, database = server.server.environment, server.server.database
    run_inside(environment, database, RETURN, row=row["id"])
    row = read_row(office, task)
    assert (row["state"], row["reason"]) == ("failed", "returned")
    # and once more, now that somebody has mended the address
    office.client.call(LOG, "action_send_again", [row["id"]])
    for letter in folder.iterdir():
        letter.unlink()
    office.run_service()
    assert read_row(office, task)["state"] == "sent"
    assert len(list(folder.iterdir())) == 1


@pytest.mark.parametrize("was_written", [True, False])
def test_crash_with_a_letter_in_hand(office, server, tmp_path, was_written):
    folder = tmp_path / "later"
    set_folder(server, folder)
    task = create_task(office)
    office.make_due(task)
    row = read_row(office, task)
    folder.mkdir()
    letter = folder / f"{row['id']}.html"
    if was_written:
        letter.write_text("by the worker that died")
    environment, database = server.server.environment, server.server.database
    run_inside(environment, database, DIE, row=row["id"])
    try_again(office, task)
    wait_until(lambda: read_row(office, task)["state"] == "sent", 30)
    assert read_row(office, task)["state"] == "sent"
    assert letter.exists()
    assert ("died" in letter.read_text()) == was_written


def test_switched_off_company_sends_none(office, server, tmp_path):
    folder = tmp_path / "later"
    set_folder(server, folder)
    task = create_task(office)
    office.make_due(task)
    assert read_row(office, task)["state"] == "queued"
    company = [office.company]
    office.client.write("res.company", company, reminder_enabled=False)
    row = read_row(office, task)
    assert (row["state"], row["reason"]) == ("skipped", "company_off")
    folder.mkdir()
    try_again(office, task)
    assert not list(folder.iterdir())


def test_uninstalled_addon_takes_its_letters_along(office, server, browser, tmp_path):
    """The last test: the others need the addon."""
    set_folder(server, tmp_path)
    sent = create_task(office)
    office.make_due(sent)
    set_folder(server, tmp_path / "later")
    waiting = create_task(office)
    office.make_due(waiting)
    planned = create_task(office)
    texts = Round(office, 1, ("sms",))

    [module] = office.client.read("ir.module.module", [("name", "=", ADDON)], ["id"])
    office.client.call("ir.module.module", "button_immediate_uninstall", [module["id"]])

    assert read_row(office, sent)["state"] == "sent"
    row = read_row(office, waiting)
    assert (row["state"], row["reason"], row["channel"]) == (
        "skipped",
        "removed",
        "letter",
    )
    tasks = [("id", "in", [sent, waiting, planned])]
    lines = office.client.read("project.task", tasks, [LINES])
    assert [line[LINES] for line in lines] == [[], [], []]
    texts.fall_due()
    texts.wait_for(1, state="sent")

    web = browser.log_in(server.server.url, office.login, office.login)
    web.open_action("crm_task_reminder.crm_task_reminder_log_action")
    expect(web.page.locator(".o_data_row", has_text="ul. Kwiatowa 3")).to_have_count(2)
    web.open_record("project.task", sent)
    web.open_tab("reminders_page")
    web.see("About Hedge")
    web.close()
    assert web.errors == []
