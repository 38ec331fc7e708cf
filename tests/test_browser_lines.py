"""Reminders as sentences, on the screen of an office: what is there is readable."""

from datetime import datetime

import pytest
from playwright.sync_api import expect

from dev.office.browser import CUT
from tests.gardens import create_task, make_office
from tests.office import in_future

OFFICE_SCREEN = (1400, 900)  # from here on Odoo has the chatter beside the form
LAPTOP = (1280, 900)
PHONE = (390, 844)
CUSTOMERS = "reminder_customer_ids"
OPERATORS = "reminder_operator_ids"
WINDOW = "crm_task_reminder.crm_task_reminder_settings_action"


@pytest.fixture(scope="module")
def office(installation):
    """A company with lines in both forms, and a customer who reads English."""
    return make_office(installation, "lines")


def open_tab(web, task):
    web.open_record("project.task", task)
    web.open_tab("reminders_page")
    expect(web.rows(CUSTOMERS)).to_have_count(2)


@pytest.mark.parametrize("size", [OFFICE_SCREEN, LAPTOP], ids=["office", "laptop"])
def test_e04_e05_a_line_is_a_sentence_with_who_gets_it(office, open_page, size):
    task = create_task(office)
    web = open_page(office.login, size=size)
    open_tab(web, task)
    if size == OFFICE_SCREEN:
        expect(web.page.locator(".o-mail-Form-chatter.o-aside")).to_be_visible()
    start = datetime.fromisoformat(in_future(days=2))
    for words in ("SMS · 1 day before · ", f"{start:%b}", "+48600100200"):
        expect(web.rows(CUSTOMERS).first).to_contain_text(words)
    for words in (
        "E-mail · 2 hours before",
        "Task: reminder for the customer",
        "anna@",
    ):
        expect(web.rows(CUSTOMERS).nth(1)).to_contain_text(words)
    for name in (CUSTOMERS, OPERATORS):
        rows = web.field(name).locator("tbody tr")
        # the lines, and the one to add another
        expect(rows).to_have_count(web.rows(name).count() + 1)
        cells = web.field(name).locator(".o_data_row td, .o_data_row .badge")
        assert cells.evaluate_all(CUT) == []
        renderer = web.field(name).locator(".o_list_renderer")
        assert renderer.evaluate_all(CUT) == []
        buttons = web.rows(name).first.locator(".o_reminder_icon")
        tops = {one.bounding_box()["y"] for one in buttons.all()}
        assert len(tops) == 1


def test_e04_the_unit_goes_with_its_number(office, open_page):
    web = open_page(office.login, size=OFFICE_SCREEN)
    open_tab(web, create_task(office))
    row = web.rows(CUSTOMERS).first
    row.locator("td[name=summary]").click()
    unit = row.locator("[name=timing] input")
    expect(unit).to_have_value("day")
    row.locator("[name=duration] input").fill("3")
    row.locator("[name=duration] input").press("Tab")
    expect(unit).to_have_value("days")


def test_e05_nothing_is_cut_while_a_line_is_edited(office, open_page):
    web = open_page(office.login, size=OFFICE_SCREEN)
    open_tab(web, create_task(office))
    row = web.rows(CUSTOMERS).first
    row.locator("td[name=summary]").click()
    expect(row.locator("[name=mail_template_id] input")).to_be_visible()
    headers = web.field(CUSTOMERS).locator("thead th span.text-truncate")
    expect(headers.first).to_be_visible()
    assert headers.evaluate_all(CUT) == []
    boxes = row.locator("input")
    assert boxes.evaluate_all(CUT) == []


def test_e05_a_long_name_of_a_template_fits(office, open_page):
    """As long as the longest of the standard ones, which is the German one."""
    standard = office.ref("crm_task_reminder.mail_template_customer")
    [template] = office.client.call("mail.template", "copy", [standard])
    name = "Aufgabe: Erinnerung für den Kunden"
    office.client.write("mail.template", [template], name=name)
    task = create_task(office)
    [line] = office.client.read(
        "crm.task.reminder",
        [("task_id", "=", task), ("channel", "=", "email")],
        ["id"],
    )
    office.client.write("crm.task.reminder", [line["id"]], mail_template_id=template)
    web = open_page(office.login, size=OFFICE_SCREEN)
    open_tab(web, task)
    row = web.rows(CUSTOMERS).nth(1)
    row.locator("td[name=summary]").click()
    box = row.locator("[name=mail_template_id] input")
    expect(box).to_have_value(name)
    assert box.evaluate_all(CUT) == []


def test_e05_news_have_the_room_of_what_they_have_not(office, open_page):
    task = create_task(office)
    template = "crm_task_reminder.sms_template_customer_called_off"
    office.client.create(
        "crm.task.reminder",
        task_id=task,
        audience="customer",
        channel="sms",
        moment="called_off",
        sms_template_id=office.ref(template),
    )
    web = open_page(office.login, size=OFFICE_SCREEN)
    web.open_record("project.task", task)
    web.open_tab("reminders_page")
    row = web.rows(CUSTOMERS).filter(has_text="called off").first
    row.locator("td[name=summary]").click()
    row = web.field(CUSTOMERS).locator(".o_selected_row")
    expect(row.locator("[name=timing] input")).to_have_value("called off")
    expect(row.locator("[name=mail_template_id] input")).to_have_value(
        "Task: date called off, for the customer"
    )
    assert row.locator("input").evaluate_all(CUT) == []


def test_e13_at_the_start_is_chosen(office, open_page):
    task = create_task(office)
    web = open_page(office.login, size=OFFICE_SCREEN)
    open_tab(web, task)
    row = web.rows(CUSTOMERS).first
    row.locator("td[name=summary]").click()
    row.locator("[name=timing] input").click()
    web.page.locator(".o_select_menu_item", has_text="at the start").click()
    expect(row.locator("[name=duration] input")).to_have_count(0)
    web.save()
    web.see("SMS · at the start")
    lines = office.client.read(
        "crm.task.reminder",
        [("task_id", "=", task), ("audience", "=", "customer")],
        ["duration"],
        order="id",
    )
    assert [line["duration"] for line in lines] == [0, 2]


def test_e15_overdue_lines_are_counted_and_sent(office, open_page, sms_gateway):
    task = create_task(office, planned_date_begin=in_future(hours=3))
    web = open_page(office.login, size=OFFICE_SCREEN)
    open_tab(web, task)
    expect(web.rows(CUSTOMERS).first).to_contain_text("Overdue")
    web.see("Overdue reminders:")
    web.click("Send all now")
    web.page.locator(".modal").get_by_role("button", name="Send all now").click()
    web.see("On their way: 1.")
    assert sms_gateway.wait_for("+48600100200")


def test_e16_a_start_after_the_deadline_is_told(office, open_page):
    web = open_page(office.login)
    hint = web.page.get_by_text("The task starts after its deadline.")
    open_tab(web, create_task(office, date_deadline=in_future(days=4)))
    expect(hint).to_be_hidden()
    open_tab(web, create_task(office, date_deadline=in_future(days=2)))
    expect(hint).to_be_visible()


def test_e18_the_audiences_template_is_offered_first(office, open_page):
    web = open_page(office.login, size=OFFICE_SCREEN)
    open_tab(web, create_task(office))
    for name, text in ((CUSTOMERS, "for the customer"), (OPERATORS, "for operators")):
        row = web.rows(name).first
        row.locator("td[name=summary]").click()
        row.locator("[name=mail_template_id] input").click()
        offered = web.page.locator(".o-autocomplete--dropdown-item:visible")
        expect(offered.first).to_contain_text(text)
        web.page.keyboard.press("Escape")


def test_e19_many_tasks_are_named_with_what_will_be_sent(office, open_page):
    for name in ("Lawn one", "Lawn two"):
        create_task(office, name=name)
    web = open_page(office.login)
    web.open("/odoo/all-tasks")
    web.page.locator(".o_switch_view.o_list").click()
    for name in ("Lawn one", "Lawn two"):
        row = web.page.locator(".o_data_row", has_text=name)
        row.locator(".o_list_record_selector input").check()
    web.page.locator(".o_cp_action_menus").get_by_text("Actions").click()
    web.page.get_by_role("menuitem", name="Change Reminders").click()
    told = web.page.locator(".modal [name=preview]")
    expect(told).to_contain_text("Lawn one")
    expect(told).to_contain_text("Lawn two")
    web.page.locator(".modal").get_by_label("Remove all").check()
    expect(told).to_contain_text("Messages: 0")


def test_e21_labels_have_the_room_that_is_there(office, open_page):
    web = open_page(office.login)
    web.open_action(WINDOW)
    labels = web.page.locator(".modal .o_inner_group .o_form_label")
    expect(labels.first).to_be_visible()
    heights = labels.evaluate_all(
        "all => all.map(one => [one.innerText, one.offsetHeight])"
        ".filter(([text, height]) => text && height > 30)"
    )
    assert heights == []


def test_e21_the_button_on_a_phone_says_what_it_does(office, open_page):
    web = open_page(office.login, size=PHONE)
    web.open_record("project.task", create_task(office))
    web.open_tab("reminders_page")
    buttons = web.page.get_by_text("Add a reminder", exact=True)
    expect(buttons).to_have_count(2)
    cards = web.field(CUSTOMERS).locator("article.o_kanban_record")
    expect(cards.first).to_contain_text("+48600100200")


def test_e11_a_task_with_a_start_alone_is_in_the_calendar(office, open_page):
    create_task(office, name="Only a start", planned_date_begin=in_future(hours=1))
    web = open_page(office.login)
    web.open("/odoo/all-tasks")
    web.page.locator(".o_switch_view.o_calendar").click()
    expect(web.page.locator(".fc-event", has_text="Only a start")).to_be_visible()


def test_e21_keys_press_the_button_of_a_line_that_has_the_focus(office, open_page):
    """Enter opened the line to edit it; only Space showed its text."""
    web = open_page(office.login, size=OFFICE_SCREEN)
    open_tab(web, create_task(office))
    row = web.rows(CUSTOMERS).first
    for key in ("Enter", " "):
        row.locator("button[name=action_preview]").press(key)
        expect(web.page.locator(".o_dialog .modal-title")).to_contain_text("Preview")
        web.page.keyboard.press("Escape")
        expect(web.page.locator(".o_dialog")).to_have_count(0)
    expect(web.page.locator(".o_selected_row")).to_have_count(0)
    row.locator("td[name=summary]").press("Enter")
    expect(web.page.locator(".o_selected_row")).to_have_count(1)


def test_e21_a_line_is_added_by_keys_after_another_was_left(office, open_page):
    """Escape leaves Odoo's row open and goes to the link below; Enter failed there."""
    web = open_page(office.login, size=OFFICE_SCREEN)
    open_tab(web, create_task(office))
    web.rows(CUSTOMERS).nth(1).locator("td[name=summary]").press("Enter")
    box = web.rows(CUSTOMERS).nth(1).locator("[name=duration] input")
    box.focus()
    box.press("Escape")
    link = web.field(CUSTOMERS).get_by_text("Add a reminder")
    expect(link).to_be_focused()
    link.press("Enter")
    expect(web.rows(CUSTOMERS)).to_have_count(3)
    assert web.errors == []
