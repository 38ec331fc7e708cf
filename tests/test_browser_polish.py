"""A Polish clerk: every window of ours, and what the customer gets, is in Polish."""

import re

import polib
import pytest
from lxml import html
from playwright.sync_api import expect

from dev import translations
from dev.machine.project import main_addon
from tests.office import Office, in_future

LOG = "crm_task_reminder.crm_task_reminder_log_action"
CUSTOMERS = "reminder_customer_ids"
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[a-z]|{{.*?}}")

# The texts that a person sees in an element or hears from a screen reader.
VISIBLE_TEXTS = """root => {
    const texts = [];
    const names = ["placeholder", "title", "aria-label", "data-tooltip"];
    for (const element of [root, ...root.querySelectorAll("*")]) {
        if (!element.checkVisibility()) continue;
        for (const name of names) texts.push(element.getAttribute(name));
        if (element.tagName === "SELECT") {
            texts.push(...[...element.options].map(option => option.text));
        } else if (element.type !== "checkbox" && element.type !== "radio") {
            texts.push(typeof element.value === "string" ? element.value : "");
        }
        for (const child of element.childNodes) {
            if (child.nodeType === Node.TEXT_NODE) texts.push(child.data);
        }
    }
    return texts.map(text => (text || "").trim().replace(/\\s+/g, " ")).filter(Boolean);
}"""


@pytest.fixture(scope="module")
def english():
    """What is English: a pattern of all texts of ours that differ in Polish."""
    patterns = set()
    for entry in polib.pofile(str(translations.language_of(main_addon(), "pl"))):
        polish = set(pieces(entry.msgstr))
        for text in set(pieces(entry.msgid)) - polish:
            parts = PLACEHOLDER.split(text)
            if len("".join(parts)) > 3:
                patterns.add(".+".join(re.escape(part) for part in parts))
    return re.compile("|".join(sorted(patterns)))


def pieces(text):
    """Return the texts between the tags of `text`, and those of its tags."""
    if "<" not in text:
        return [" ".join(text.split())]
    root = html.fragment_fromstring(text, create_parent=True)
    found = [*root.itertext(), *root.xpath(".//@title | .//@aria-label")]
    return [" ".join(piece.split()) for piece in found if piece.strip()]


@pytest.fixture(scope="module")
def office(installation):
    """A Polish company with a manager and a customer who read Polish."""
    client = installation.client
    [polish] = client.read(
        "res.lang", [("code", "=", "pl_PL")], ["id"], context={"active_test": False}
    )
    wizard = client.create("base.language.install", lang_ids=[[6, 0, [polish["id"]]]])
    client.call("base.language.install", "lang_install", [wizard])
    office = Office(installation.server, client)
    client.write("res.company", [office.company], phone="+48 22 555 01 10")
    office.user = office.create_user(
        "zofia", lang="pl_PL", tz="Europe/Warsaw", phone="600 100 301"
    )
    office.switch_on(
        office.user, reminder_customer_default=True, reminder_operator_default=True
    )
    project = office.create_project("Ogrody")
    office.task = client.create(
        "project.task",
        name="Żywopłot",
        project_id=project,
        partner_id=office.create_customer(lang="pl_PL"),
        user_ids=[[6, 0, [office.user]]],
        planned_date_begin=in_future(days=3),
    )
    return office


@pytest.fixture
def web(open_page):
    return open_page("zofia")


@pytest.fixture
def assert_polish(english):
    """A function that finds nothing English in an element."""

    def check(element):
        element.first.wait_for()
        texts = element.first.evaluate(VISIBLE_TEXTS)
        assert len(texts) > 3, texts
        assert not [text for text in texts if english.fullmatch(text)]

    return check


def open_tab(web, office):
    web.open_record("project.task", office.task)
    web.open_tab("reminders_page")
    expect(web.rows(CUSTOMERS).first).to_be_visible()


def test_start_and_deadline_are_told_apart(office, web):
    """Odoo's own word for the deadline, "Termin", would stand under "Termin od"."""
    web.open_record("project.task", office.task)
    labels = web.page.locator("label:visible", has_text="Termin")
    expect(labels).to_have_text([re.compile("^Termin od"), re.compile("^Termin do")])


def test_window_of_the_company(office, web, assert_polish):
    web.open("/odoo/crm")
    web.open_menu("CRM", "Konfiguracja", "Automat przypomnień")
    window = web.page.locator(".modal")
    expect(window).to_contain_text("Ustawienia domyślne dla klientów")
    assert_polish(window)
    web.open_tab("operators")
    expect(web.rows("reminder_default_operator_ids")).to_have_count(1)
    assert_polish(window)


def test_tab_of_a_task_and_the_preview(office, web, assert_polish):
    open_tab(web, office)
    tab = web.page.locator(".o_notebook")
    expect(tab).to_contain_text("Automatyczne przypomnienia")
    assert_polish(tab)
    web.page.locator(f"[name={CUSTOMERS}] [name=action_preview]").first.click()
    preview = web.page.locator(".modal")
    expect(preview).to_contain_text('przypominamy o terminie "Zywoplot"')
    assert_polish(preview)


def test_tasks_and_many_at_once(office, web, assert_polish):
    web.open("/odoo/all-tasks")
    web.page.locator(".o_switch_view.o_kanban").click()
    card = web.page.locator(".o_kanban_record", has_text="Żywopłot")
    expect(card.locator(".fa-bell-o")).to_have_attribute(
        "title", re.compile("Następne przypomnienie")
    )
    assert_polish(card)
    web.page.locator(".o_switch_view.o_list").click()
    row = web.page.locator(".o_data_row", has_text="Żywopłot")
    row.locator(".o_list_record_selector input").check()
    web.page.locator(".o_cp_action_menus .dropdown-toggle").last.click()
    web.page.get_by_role("menuitem", name="Zmień przypomnienia").click()
    wizard = web.page.locator(".modal")
    expect(wizard).to_contain_text("Dodaj poniższe przypomnienia")
    assert_polish(wizard)


def test_question_about_many_dates(office, web, assert_polish):
    line = {
        "audience": "customer",
        "moment": "set",
        "sms_template_id": office.ref("crm_task_reminder.sms_template_customer_set"),
    }
    tasks = [
        office.client.create(
            "project.task",
            name=name,
            project_id=office.create_project(name),
            partner_id=office.create_customer(lang="pl_PL"),
            reminder_customer_ids=[[0, 0, line]],
        )
        for name in ("Staw", "Taras")
    ]
    web.open("/odoo/all-tasks")
    # as a planning board of another addon does it
    web.page.evaluate(
        "([ids, start]) => odoo.__WOWL_DEBUG__.root.env.services.orm.write("
        "'project.task', ids, {planned_date_begin: start})",
        [tasks, in_future(days=3)],
    )
    question = web.page.locator(".modal")
    expect(question).to_contain_text("Powiadomić o zmianie terminów?")
    expect(question).to_contain_text("Taras")
    assert_polish(question)
    # a browser that is opened within a minute would ask again
    office.client.call("project.task", "action_drop_reminder_news", ids=tasks)


def test_messages_and_the_log(office, web, assert_polish, sms_gateway, mailbox):
    open_tab(web, office)
    web.field(CUSTOMERS).locator(".o_field_x2many_list_row_add a").click()
    line = web.rows(CUSTOMERS).nth(1)
    line.locator("[name=channel] input").click()
    web.page.locator(".o_select_menu_item", has_text="E-mail").click()
    web.save()
    for number in range(2):
        open_tab(web, office)
        line = web.rows(CUSTOMERS).nth(number)
        line.locator("[name=action_send_now]").click()
        web.page.locator(".modal-footer .btn-primary").click()
        web.see("Przypomnienie jest w drodze.")
    [sms] = sms_gateway.wait_for("+48600100200")
    assert 'przypominamy o terminie "' in sms.body
    [mail] = mailbox.wait_for("anna@customer.example")
    assert mail.subject.startswith("Przypomnienie: Żywopłot, ")
    assert "Szanowni Państwo," in mail.text("html")
    office.wait_for_log(office.task, 2)

    open_tab(web, office)
    expect(web.rows(CUSTOMERS).first).to_contain_text("Wysłane")
    assert_polish(web.page.locator(".o_notebook"))
    web.open_action(LOG)
    expect(web.page.locator(".o_data_row").first).to_contain_text("Wysłane")
    assert_polish(web.page.locator(".o_action_manager"))
    web.page.locator(".o_searchview_dropdown_toggler").click()
    assert_polish(web.page.locator(".o_search_bar_menu"))
    web.page.keyboard.press("Escape")
    web.page.locator(".o_data_row [name=recipient_name], .o_data_row td").nth(2).click()
    expect(web.page.locator(".o_form_view")).to_be_visible()
    assert_polish(web.page.locator(".o_form_view"))
    web.page.locator("button[name=action_open_message]").click()
    assert_polish(web.page.locator(".modal"))
    for view in ("pivot", "calendar", "kanban"):
        web.open_action(LOG)
        web.page.locator(f".o_switch_view.o_{view}").click()
        assert_polish(web.page.locator(f".o_{view}_view"))


def test_tab_on_a_phone(office, open_page, assert_polish):
    web = open_page("zofia", size=(390, 844))
    web.open_record("project.task", office.task)
    web.open_tab("reminders_page")
    cards = web.field(CUSTOMERS).locator("article.o_kanban_record")
    expect(cards.first).to_contain_text("przed")
    assert_polish(web.page.locator(".o_notebook"))
    cards.first.click()
    assert_polish(web.page.locator(".modal"))
