"""Names of filters and labels have the room that they need in each language."""

import re

import pytest
from playwright.sync_api import expect

from dev.office.browser import CUT
from tests.reply import make_office, send

LOG = "crm_task_reminder.crm_task_reminder_log_action"
TEXTS = "crm_task_reminder_reply.crm_task_reminder_text_action"
TASKS = "project.action_view_all_task"
#: Odoo's own names that are too long for its menu in some language.
OWN = {
    "Benutzerdefinierter Filter ...",
    "Aktuelle Suche speichern",
    "Zapisz bieżące wyszukiwanie",
    "Save current search",
}
# Labels that take more than one line.
HIGH = """all => all.map(one => [one.innerText, one.offsetHeight])
    .filter(([text, height]) => text && height > 30)"""
# Which of some texts a badge would cut.
CUT_TEXTS = """(badge, texts) => texts.filter(text => {
    badge.textContent = text;
    return badge.scrollWidth > badge.clientWidth;
})"""
languages = pytest.mark.parametrize("lang", ["en_US", "pl_PL", "de_DE"])


def log_in(office, answering, browser, lang):
    answering.client.write("res.users", [office.user], lang=lang)
    return browser.log_in(answering.server.url, office.login, office.login)


@languages
def test_e21_names_of_filters_are_whole(answering, browser, lang):
    web = log_in(make_office(answering), answering, browser, lang)
    for action in (TASKS, LOG, TEXTS):
        web.open_action(action)
        web.page.locator(".o_searchview_dropdown_toggler").click()
        names = web.page.locator(".o_search_bar_menu .o-dropdown-item, .o_menu_item")
        expect(names.first).to_be_visible()
        assert len(names.all()) > 5, action
        assert set(names.evaluate_all(CUT)) <= OWN, action
    web.close()
    assert web.errors == []


@languages
def test_e14_a_fraction_is_no_whole_number(answering, browser, lang):
    """“1,5” was taken for 15 everywhere, and “1.5” in German."""
    office = make_office(answering)
    task, _link = send(office, answering, channel="email")
    web = log_in(office, answering, browser, lang)
    web.open_record("project.task", task)
    web.open_tab("reminders_page")
    lines = web.field("reminder_customer_ids")
    lines.locator(".o_field_x2many_list_row_add a").click()
    line = lines.locator(".o_selected_row")
    box = line.locator("td[name=duration] input")
    said = line.locator("td[name=duration] [role=alert]")
    unit = line.locator("[name=timing] input")
    unit.click()
    web.page.locator(".o_select_menu_item").first.click()
    for text in ("1,5", "1.5", "1..5", "1,50"):
        box.fill(text)
        expect(said).to_be_visible()
        box.fill("1440")
        expect(said).to_have_count(0)
    singular = unit.input_value()
    box.press("Tab")
    # who fills it while Odoo writes the number its own way has both in it
    expect(unit).not_to_have_value(singular)
    written = box.input_value()
    box.fill(written)
    expect(said).to_have_count(0)
    assert "".join(filter(str.isdigit, written)) == "1440"
    web.page.keyboard.press("Escape")
    web.close()
    assert web.errors == []


@languages
def test_e21_labels_of_the_log_have_the_room_that_is_there(answering, browser, lang):
    office = make_office(answering)
    task, _link = send(office, answering, channel="email")
    [row] = answering.client.read(
        "crm.task.reminder.log", [("task_id", "=", task)], ["id"]
    )
    web = log_in(office, answering, browser, lang)
    web.open_record("crm.task.reminder.log", row["id"])
    # what the mail server said
    expect(web.field("answer")).to_contain_text("250")
    assert web.page.locator(".o_inner_group .o_form_label").evaluate_all(HIGH) == []
    web.close()
    assert web.errors == []


@languages
def test_e21_states_in_the_log_are_whole(answering, browser, lang):
    """What waits or is being handed over had three dots for its end."""
    office = make_office(answering)
    send(office, answering, channel="email")
    web = log_in(office, answering, browser, lang)
    web.open_action(LOG)
    badge = web.page.locator(".o_data_row [name=state] .badge").first
    expect(badge).to_be_visible()
    [states] = answering.client.call(
        "crm.task.reminder.log",
        "fields_get",
        allfields=["state"],
        context={"lang": lang},
    ).values()
    names = [name for _state, name in states["selection"]]
    assert len(names) == 10
    assert badge.evaluate(CUT_TEXTS, names) == []
    web.close()
    assert web.errors == []


@languages
def test_e17_a_date_of_last_year_is_whole_in_the_log(answering, browser, lang):
    """In January, its time was cut: there is a year in it."""
    office = make_office(answering)
    task, _link = send(office, answering, channel="email")
    office.execute(
        "UPDATE crm_task_reminder_log SET create_date = create_date - interval "
        "'1 year' WHERE task_id = %s",
        [task],
    )
    web = log_in(office, answering, browser, lang)
    web.open_action(LOG)
    cell = web.page.locator(".o_data_row td[name=create_date]").first
    expect(cell).to_contain_text(re.compile(r"20\d\d"))
    assert cell.evaluate_all(CUT) == []
    web.close()
    assert web.errors == []


@pytest.fixture(scope="module")
def wordy(answering):
    """An office to which one customer has written a lot, from a long number."""
    office = make_office(answering)
    task, _link = send(office, answering, channel="email")
    for number, body in (("+498999888777123", "I don't know yet. " * 30), ("1", "?")):
        office.execute(
            """
            INSERT INTO crm_task_reminder_text
                (company_id, provider, ident, number, body, outcome, task_id,
                partner_id, received_at, sent_at)
            SELECT %s, 'test', %s, %s, %s, 'unknown', id, partner_id,
                now(), now() - interval '1 year' FROM project_task WHERE id = %s
            """,
            [office.company, number, number, body, task],
        )
    return office


@languages
def test_e17_a_long_text_leaves_room_for_all_else(answering, wordy, browser, lang):
    """Number, customer and what was made of it were cut in the list."""
    web = log_in(wordy, answering, browser, lang)
    web.open_action(TEXTS)
    row = web.page.locator(".o_data_row", has_text="+498999888777123")
    for name in ("sent_at", "number", "partner_id", "task_id"):
        assert row.locator(f"td[name={name}]").evaluate_all(CUT) == [], name
    [outcomes] = answering.client.call(
        "crm.task.reminder.text",
        "fields_get",
        allfields=["outcome"],
        context={"lang": lang},
    ).values()
    names = [name for _outcome, name in outcomes["selection"]]
    assert len(names) == 11
    badge = row.locator("[name=outcome] .badge")
    assert badge.evaluate(CUT_TEXTS, names) == []
    web.close()
    assert web.errors == []


def test_e21_a_number_on_a_phone_is_on_one_line(answering, wordy, browser):
    """It broke beside a long badge."""
    answering.client.write("res.users", [wordy.user], lang="en_US")
    web = browser.log_in(
        answering.server.url, wordy.login, wordy.login, size=(390, 844)
    )
    web.open_action(TEXTS)
    numbers = web.page.locator(".o_kanban_record .fw-bold > :last-child")
    expect(numbers).to_have_text(["1", "+498999888777123"])
    heights = numbers.evaluate_all("all => all.map(one => one.offsetHeight)")
    assert heights[0] == heights[1]
    web.close()
    assert web.errors == []


@languages
def test_e21_labels_in_forms_of_odoo_have_the_room_that_is_there(
    answering, browser, lang
):
    """Odoo's own labels are shorter than those that are added to them."""
    client = answering.client
    [admin] = client.read("res.users", [("login", "=", "admin")], ["id"])
    client.write("res.users", [admin["id"]], lang=lang)
    server = client.create("ir.mail_server", name="Far away", smtp_host="127.0.0.1")
    [digest] = client.read("digest.digest", [], ["id"], limit=1)
    web = browser.log_in(answering.server.url, "admin", "admin")
    for model, record, name in (
        ("ir.mail_server", server, "reminder_sessions"),
        ("digest.digest", digest["id"], "kpi_task_reminder"),
    ):
        web.open_record(model, record)
        field = web.page.locator(f".o_field_widget[name={name}]")
        expect(field).to_be_visible()
        group = web.page.locator(".o_inner_group").filter(has=field)
        assert group.locator(".o_form_label").evaluate_all(HIGH) == []
    web.close()
    client.write("res.users", [admin["id"]], lang="en_US")
    assert web.errors == []
