"""Who can't see well, has a phone or sits in the dark: names, sizes and contrasts."""

import re
import statistics

import pytest
from playwright.sync_api import Locator, expect

from dev.office import dark
from tests.contrasts import CONTRASTS
from tests.office import Office, in_future

PHONE = (390, 844)
LOG = "crm_task_reminder.crm_task_reminder_log_action"
WINDOW = "crm_task_reminder.crm_task_reminder_settings_action"
CUSTOMERS = "reminder_customer_ids"
TAB = ".o_notebook .tab-pane.active"

CONTROLS = {"button", "checkbox", "combobox", "img", "link", "radio", "textbox"}
# A line of Playwright's accessibility tree: the role, and the name if there is one.
NODE = re.compile(r"^\s*- '?(\w+)(?: \"(.*?)\")?", re.M)
ICONS = re.compile("[\ue000-\uf8ff]")  # the letters of icon fonts


@pytest.fixture(scope="module")
def office(installation):
    """A company whose automat is on, with a task whose SMS can't be sent."""
    client = installation.client
    office = Office(installation.server, client)
    office.login = f"reach{office.company}"
    office.user = office.create_user(office.login, phone="+48600100301")
    office.switch_on(
        office.user, reminder_customer_default=True, reminder_operator_default=True
    )
    [line] = client.read(
        "crm.task.reminder.default",
        [("company_id", "=", office.company), ("audience", "=", "customer")],
        ["id"],
        context={"allowed_company_ids": [office.company]},
    )
    office.first_line = line["id"]
    office.project = office.create_project("Gardens")
    office.customer = office.create_customer(phone=False)
    office.task = client.create(
        "project.task",
        name="Hedge",
        project_id=office.project,
        partner_id=office.customer,
        user_ids=[[6, 0, [office.user]]],
        planned_date_begin=in_future(days=3),
    )
    return office


@pytest.fixture(scope="module")
def row(office):
    """The row of the log about the SMS that could not be sent."""
    office.pass_time([office.task], days=2, hours=1)
    office.wait_for_log(office.task)
    [row] = office.client.read(
        "crm.task.reminder.log", [("task_id", "=", office.task)], ["id", "state"]
    )
    assert row["state"] == "skipped"
    return row["id"]


# ----------------------------------------------------------------------
# Where to look: each opens a view and returns its element
# ----------------------------------------------------------------------


def open_tab(web, office, row=0) -> Locator:
    web.open_record("project.task", office.task)
    web.open_tab("reminders_page")
    expect(web.page.locator(TAB)).to_contain_text("Anna Nowak")
    return web.page.locator(TAB)


def open_preview(web, office, row=0) -> Locator:
    open_tab(web, office)
    buttons = web.page.locator("[name=reminder_operator_ids] [name=action_preview]")
    buttons.first.click()
    expect(web.page.locator(".modal")).to_contain_text("1 SMS")
    return web.page.locator(".modal")


def open_many(web, office, row=0) -> Locator:
    web.open("/odoo/all-tasks")
    web.page.locator(".o_switch_view.o_list").click()
    task = web.page.locator(".o_data_row", has_text="Hedge")
    task.locator(".o_list_record_selector input").check()
    web.page.locator(".o_cp_action_menus").get_by_text("Actions").click()
    web.page.get_by_role("menuitem", name="Change Reminders").click()
    expect(web.page.locator(".modal .o_data_row")).to_have_count(1)
    return web.page.locator(".modal")


def open_window(web, office, row=0) -> Locator:
    web.open_action(WINDOW)
    expect(web.page.locator(".modal")).to_contain_text("Default Settings for Customers")
    return web.page.locator(".modal")


def test_window_has_a_page_behind_it(office, open_page):
    """Also when it is opened by its address."""
    web = open_page(office.login)
    window = open_window(web, office)
    expect(web.page.locator(".o_action_manager .o_view_controller")).to_be_visible()
    window.get_by_role("button", name="Discard").click()
    expect(window).to_have_count(0)
    expect(web.page.locator(".o_action_manager .o_view_controller")).to_be_visible()


def test_e06_escape_closes_the_window_before_the_page_behind(office, open_page):
    """The pipeline took the key: it comes after the window, and asks for it later."""
    page = (web := open_page(office.login)).page
    stages = "**/web/dataset/call_kw/crm.lead/web_read_group"
    page.route(stages, lambda _route: None)
    window = open_window(web, office)
    page.unroute(stages)  # lets through what waits
    expect(page.locator(".o_column_quick_create")).to_be_visible()
    page.keyboard.press("Escape")
    expect(window).to_have_count(0)


def test_e06_the_window_stays_in_project_where_its_page_is_still_to_come(
    office, open_page
):
    """Who was quick found CRM behind the window."""
    web = open_page(office.login)
    page = web.page
    projects = "**/web/dataset/call_kw/project.project/**"
    page.route(projects, lambda _route: None)
    page.goto("/odoo/project")
    entries = page.locator(".o_menu_sections *, .o-dropdown--menu *")
    for name in ("Configuration", "Automatic Reminders"):
        entries.get_by_text(name, exact=True).first.click()
    page.wait_for_timeout(1000)
    page.unroute(projects)  # lets through what waits
    expect(web.field("reminder_enabled")).to_be_visible()
    expect(page.locator(".o_menu_brand")).to_have_text("Project")


def open_row(web, office, row) -> Locator:
    web.open_action(LOG, row)
    expect(web.page.locator(".o_form_view")).to_contain_text("No phone number")
    return web.page.locator(".o_form_view")


def open_log(web, office, row) -> Locator:
    web.open_action(LOG)
    line = web.page.locator(".o_data_row", has_text="No phone number")
    expect(line).to_be_visible()
    return line


VIEWS = [open_tab, open_preview, open_many, open_window, open_row, open_log]
each_view = pytest.mark.parametrize("open_view", VIEWS, ids=lambda view: view.__name__)


# ----------------------------------------------------------------------
# Names
# ----------------------------------------------------------------------


def find_unnamed(element: Locator) -> list[str]:
    """Return the controls and pictures about which a screen reader has no word."""
    tree = element.aria_snapshot()
    return [
        f"{role}: {name}"
        for role, name in NODE.findall(tree)
        if role in CONTROLS and not ICONS.sub("", name).strip()
    ]


@each_view
def test_every_control_has_a_name(office, row, open_page, open_view):
    web = open_page(office.login)
    view = open_view(web, office, row)
    controls = [role for role, _name in NODE.findall(view.aria_snapshot())]
    # the rows of the log have nothing to press but the box that Odoo puts before them
    expected = ["checkbox"] if open_view is open_log else []
    assert CONTROLS.intersection(controls)
    assert [one.partition(":")[0] for one in find_unnamed(view)] == expected


@pytest.mark.parametrize(
    ("open_view", "lines"),
    [
        (open_tab, CUSTOMERS),
        (open_many, "line_ids"),
        (open_window, "reminder_default_customer_ids"),
    ],
    ids=["tab", "many tasks", "window"],
)
def test_every_input_of_a_line_has_the_name_of_its_column(
    office, open_page, open_view, lines
):
    web = open_page(office.login)
    view = open_view(web, office)
    web.add_row(lines, "Add a reminder")
    line = view.locator(".o_selected_row")
    for name in ("Form", "Time", "Unit", "Template"):
        expect(line.get_by_label(name, exact=True)).to_have_count(1)
    line.get_by_label("Form").click()
    web.page.locator(".o_select_menu_item", has_text="E-mail").click()
    expect(line.get_by_label("Template")).to_have_value(re.compile("^Task: "))
    assert find_unnamed(view) == []
    # Odoo saves what is left open.
    web.page.locator(".o_form_button_cancel, .modal .btn-close").first.click()


def test_icons_are_not_read_out(office, open_page):
    web = open_page(office.login)
    open_tab(web, office)
    who = web.rows("reminder_operator_ids").locator("td[name=summary]")
    expect(who.locator("i.fa")).to_have_count(1)
    assert not ICONS.search(who.aria_snapshot())


# ----------------------------------------------------------------------
# A phone
# ----------------------------------------------------------------------


def test_new_task_on_a_phone_has_the_reminders_as_the_company_has_them(
    office, open_page
):
    """Nobody sees their time and template on the card; they are saved all the same."""
    lines = {"channel": "email", "duration": 3, "duration_unit": "weeks"}
    office.client.write("crm.task.reminder.default", [office.first_line], **lines)
    web = open_page(office.login, size=PHONE)
    web.open_action("project.action_view_my_task", "new")
    web.fill("name", "From a phone")
    web.field("project_id").locator("input").click()  # without it there are none
    web.page.locator(".modal .o_kanban_record:not(.o_kanban_ghost)").first.click()
    web.open_tab("reminders_page")
    card = web.field(CUSTOMERS).locator("article.o_kanban_record")
    expect(card).to_contain_text("E-mail · 3 weeks before")
    card.get_by_text("E-mail").click()
    dialog = web.page.locator(".modal")
    expect(dialog.locator("[name=duration] input")).to_have_value("3")
    dialog.get_by_role("button", name="Discard").click()
    web.save()
    expect(web.field("reminder_customer_setting")).to_have_text("As the company has it")
    saved = office.execute(
        "SELECT channel, duration, duration_unit, mail_template_id IS NOT NULL "
        "FROM crm_task_reminder AS line JOIN project_task ON task_id = project_task.id "
        "WHERE name = 'From a phone' AND audience = 'customer'",
        [],
    )
    assert saved == [("email", 3, "weeks", True)]


@pytest.mark.parametrize(
    "open_view", [open_tab, open_window, open_row], ids=lambda view: view.__name__
)
def test_nothing_is_wider_than_a_phone(office, row, open_page, open_view):
    web = open_page(office.login, size=PHONE)
    open_view(web, office, row)
    assert web.page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]


def test_preview_of_an_e_mail_fits_a_phone(office, open_page):
    """Odoo lays mails out for 590 pixels."""
    task = office.create_task(
        ("customer", "email"),
        name="Lawn",
        project_id=office.project,
        partner_id=office.customer,
    )
    web = open_page(office.login, size=PHONE)
    web.open_record("project.task", task)
    web.open_tab("reminders_page")
    web.field(CUSTOMERS).get_by_role("button", name="Preview").click()
    frame = web.page.locator(".modal iframe")
    mail = web.page.frame_locator(".modal iframe").locator("table").first
    assert mail.bounding_box()["width"] <= frame.bounding_box()["width"]


# ----------------------------------------------------------------------
# Contrast
# ----------------------------------------------------------------------


@pytest.mark.parametrize("is_dark", [False, True], ids=["light", "dark"])
def test_every_text_stands_out(office, row, open_page, is_dark):
    """As WCAG asks: by 4.5; marks and hints, which are as Odoo has them, by 3."""
    if is_dark:
        dark.add_colours(office.client)
    web = open_page(office.login, dark=is_dark)
    for open_view in VIEWS:
        found = open_view(web, office, row).evaluate(CONTRASTS)
        assert len(found) > 3
        behind = statistics.median(text["behind"] for text in found)
        assert (behind < 0.2) == is_dark, open_view.__name__
        weak = [
            text for text in found if text["contrast"] < (3 if text["isHint"] else 4.5)
        ]
        assert not weak, open_view.__name__
