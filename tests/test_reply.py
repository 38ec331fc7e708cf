"""A customer answers: the way from the message to the task, as it is in life.

In English, Polish and German, on a phone, with and without JavaScript; and what the
office sees of it.
"""

import json
import re
import subprocess
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, timedelta

import icalendar
import pytest
import requests
import vobject
from playwright.sync_api import expect

from dev.machine import node
from dev.office import customer
from tests.reply import PHONE, make_office, read_answers, send

#: Words of the page by the customer's language.
WORDS = {
    "en_US": ("I'm coming", "I can't come", "Another time, please", "Thank you"),
    "pl_PL": ("Przyjdę", "Nie mogę przyjść", "Proszę o inny termin", "Dziękujemy"),
    "de_DE": ("Ich komme", "Ich kann nicht", "Anderen Termin, bitte", "Vielen Dank"),
}
#: Words of the clerk: answer, activity, filter, button, answer after it, and its way.
OFFICE_WORDS = {
    "en_US": (
        "Can't come",
        "The customer can't come at this time",
        "To Reschedule",
        "Confirmed by phone",
        "Confirmed",
        "By phone",
    ),
    "pl_PL": (
        "Nie przyjdzie",
        "Klient nie może przyjść w tym terminie",
        "Do zmiany terminu",
        "Zapisz potwierdzenie telefoniczne",
        "Potwierdzone",
        "Telefonicznie",
    ),
    "de_DE": (
        "Kommt nicht",
        "Der Kunde kann zu dieser Zeit nicht kommen",
        "Zu verschieben",
        "Telefonische Zusage eintragen",
        "Bestätigt",
        "Am Telefon",
    ),
}
#: Where one task is found in the views of tasks.
VIEWS = {"list": ".o_data_row", "kanban": ".o_kanban_record", "calendar": ".fc-event"}
PARSE = """
const ICAL = require(process.argv[1]);
const jcal = ICAL.parse(require("fs").readFileSync(0, "utf8"));
const calendar = new ICAL.Component(jcal);
const event = new ICAL.Event(calendar.getFirstSubcomponent("vevent"));
console.log(JSON.stringify([
    calendar.getFirstPropertyValue("method"),
    event.uid,
    event.sequence,
    event.summary,
    event.location,
    event.startDate.toJSDate().toISOString(),
]));
"""


@pytest.fixture
def server(answering):
    return answering


@pytest.fixture
def office(server):
    return make_office(server)


@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize("lang", list(WORDS))
def test_a_customer_answers_on_a_phone(office, server, browser, lang, script):
    coming, declined, other, thanks = WORDS[lang]
    task, link = send(office, server, lang)
    with browser.visit(link, PHONE, script=script) as page:
        page.get_by_role("button", name=coming).click()
        expect(page.get_by_role("status")).to_contain_text(thanks)
        assert read_answers(office, task) == [("coming", "", "page")]
        page.get_by_role("button", name=declined).click()
        expect(page.get_by_role("status")).to_contain_text(thanks)
        assert read_answers(office, task) == [("declined", "", "page")]
        page.get_by_text(other, exact=True).click()
        page.get_by_role("textbox").fill("w piątek po 15:00")
        page.locator("button[value=other]").click()
        expect(page.get_by_role("status")).to_contain_text("w piątek po 15:00")
        assert read_answers(office, task) == [("other", "w piątek po 15:00", "page")]


def test_one_hundred_answers_at_once_are_one(office, server):
    """The last that was taken is the one that is kept."""
    task, link = send(office, server)
    [nonce] = customer.NONCE.findall(requests.get(link, timeout=60).text)

    def answer(number):
        data = {"answer": "other", "text": str(number), "nonce": nonce}
        return requests.post(link, data, timeout=120, allow_redirects=False).status_code

    with ThreadPoolExecutor(20) as pool:
        assert set(pool.map(answer, range(100))) == {303}
    [(kind, text, _way)] = read_answers(office, task)
    assert kind == "other"
    notes = office.client.read(
        "mail.message",
        [("model", "=", "project.task"), ("res_id", "=", task)],
        ["body"],
        order="id desc",
    )
    [wish] = re.findall(r"<blockquote[^>]*>(\d+)</blockquote>", notes[0]["body"])
    assert text == wish
    found = " ".join(note["body"] for note in notes)
    assert len(re.findall(r"<blockquote[^>]*>\d+</blockquote>", found)) == 100


def test_the_calendar_entry_is_read_by_three_programs(office, server):
    """Also the one that takes it out again."""
    title, place = "Przegląd; żywopłot, „duży”", "Żabia 3; II, a"
    task, link = send(office, server, channel="email", name=title, reminder_place=place)
    known = [title, place, write_moment(office.get_start(task))]
    entries = read_by_three(requests.get(f"{link}/task.ics", timeout=60).text)
    assert entries == [entries[0]] * 3
    method, uid, version, *shown = entries[0]
    assert (method, shown) == ("PUBLISH", known)
    office.client.write("project.task", [task], state="1_canceled")
    entries = read_by_three(requests.get(f"{link}/task.ics", timeout=60).text)
    assert entries == [entries[0]] * 3
    assert entries[0] == ["CANCEL", uid, version + 1, *known]


def read_by_three(text):
    """Return what vobject, icalendar and ical.js read in a calendar with one entry.

    Of each: method, UID, SEQUENCE, title, place and start.
    """
    first = vobject.readOne(text)
    second = icalendar.Calendar.from_ical(text)
    event, [entry] = first.vevent, second.walk("VEVENT")
    programs, variables = node.programs()
    module = node.modules(node.PAGE_CHECKS) / "ical.js" / "dist" / "ical.es5.cjs"
    output = subprocess.run(
        [programs / "node", "-e", PARSE, str(module)],
        input=text,
        env=variables,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    return [
        [
            first.method.value,
            event.uid.value,
            int(event.sequence.value),
            event.summary.value,
            event.location.value,
            write_moment(event.dtstart.value),
        ],
        [
            second["METHOD"],
            entry["UID"],
            int(entry["SEQUENCE"]),
            str(entry["SUMMARY"]),
            str(entry["LOCATION"]),
            write_moment(entry["DTSTART"].dt),
        ],
        json.loads(output),
    ]


def write_moment(moment):
    """Return a moment as JavaScript writes it."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%S.000Z}"


@pytest.mark.parametrize("lang", list(OFFICE_WORDS))
def test_the_office_sees_the_answer_and_takes_one_on_the_phone(
    office, server, browser, lang
):
    """In lists, on cards, in the calendar and on the task itself."""
    declined, told, search, confirm, confirmed, by_phone = OFFICE_WORDS[lang]
    office.client.write("res.users", [office.user], lang=lang)
    task, link = send(office, server, lang, channel="email", name=f"Hedge {lang}")
    customer.answer(link, "declined")
    web = browser.log_in(server.server.url, office.login, office.login)
    web.open_action("project.action_view_all_task")
    web.page.locator(".o_searchview_dropdown_toggler").click()
    web.page.get_by_role("menuitemcheckbox", name=search).click()
    for view, shown in VIEWS.items():
        web.page.locator(f".o_switch_view.o_{view}").click()
        one = web.page.locator(shown, has_text=f"Hedge {lang}").first
        if view == "calendar":
            expect(one.get_by_role("img")).to_have_attribute("title", declined)
            one.click()
            one = web.page.locator(".o_cw_popover")
        badge = one.locator("[name=reminder_answer]").first
        expect(badge).to_contain_text(declined)
    web.open_record("project.task", task)
    badge = web.page.locator("[name=reminder_answer]").first
    expect(badge).to_contain_text(declined)
    expect(web.page.locator(".o-mail-Activity")).to_contain_text(told)
    expect(web.page.locator("[name=reminder_no_show]")).to_have_count(0)
    web.page.get_by_role("button", name=confirm).click()
    expect(badge).to_contain_text(confirmed)
    expect(web.page.locator("[name=reminder_answer_text]")).to_contain_text(by_phone)
    web.close()
    assert web.errors == []
    assert read_answers(office, task) == [("coming", "", "phone")]


def test_the_office_finds_another_time(office, server, browser):
    """From the activity: what the customer wants, a proposal, and the move itself."""
    task, link = send(office, server)
    customer.answer(link, "other", "Friday?")
    start = office.get_start(task)
    web = browser.log_in(server.server.url, office.login, office.login)
    web.page.goto(f"{server.server.url}/odoo/project.task/{task}")
    activity = web.page.locator(".o-mail-Activity")
    expect(activity).to_contain_text("for instance to")
    activity.get_by_role("button", name="Move…").click()
    window = web.page.get_by_role("dialog").last
    expect(window).to_contain_text("Friday?")
    proposal = window.locator("[name=start]")
    first = proposal.inner_text()
    window.get_by_role("button", name="Next free time").click()
    expect(proposal).not_to_have_text(first)
    window.get_by_role("button", name="Move", exact=True).click()
    expect(activity).to_have_count(0)
    expect(web.page.locator("[name=reminder_answer]")).to_have_count(0)
    web.close()
    assert web.errors == []
    assert office.get_start(task) - start >= timedelta(days=2)
    assert requests.get(link, timeout=60).text.count("has been moved") == 1


def test_time_passes_and_the_link_ends(office, server):
    task, link = send(office, server)
    assert requests.get(link, timeout=60).status_code == 200
    office.execute(
        "UPDATE project_task SET planned_date_begin = planned_date_begin - %s "
        "WHERE id = %s",
        [timedelta(days=8), task],
    )
    office.execute(
        "UPDATE crm_task_reminder_link "
        "SET start = start - %(time)s, create_date = create_date - %(time)s "
        "WHERE task_id = %(task)s",
        {"time": timedelta(days=8), "task": task},
    )
    assert requests.get(link, timeout=60).status_code == 404
