"""An SMS provider by an addon of its own: a carrier whom Odoo does not know.

Nothing of the base is edited or patched for it. The carrier is a server of this test.
"""

import json
import threading
from collections.abc import Iterator
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import expect

from dev.machine.process import wait_until
from tests.office import MANAGER, Office
from tests.own_addons import ADDONS, count_lines
from tests.round import Round

ADDON = "crm_task_reminder_sms_carrier"
WINDOW = ("CRM", "Configuration", "Automatic Reminders")
READY = "SMS are sent through the carrier."
GAP = "No carrier is set up."


def test_an_sms_provider_is_sixty_lines_at_most():
    assert count_lines(ADDON) <= 60


class Carrier:
    """Takes SMS over HTTP, and tells later which it has taken."""

    def __init__(self) -> None:
        self.state = "success"
        self.texts: list[tuple[str, str]] = []  # number and text of what was accepted
        self.silent_at = 0  # a call with so many SMS is not answered
        self.is_called = threading.Event()  # with so many
        self.held: dict[str, str] = {}  # the numbers of that call by the SMS's uuid
        self.known: dict[str, bool] = {}  # which of these were taken, as far as known
        handler = type("Handler", (_Handler,), {"carrier": self})
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}"

    def answer_send(self, messages: list[dict]) -> list[dict]:
        """Take SMS; return what became of each."""
        taken = [
            (one["number"], message["content"], one["uuid"])
            for message in messages
            for one in message["numbers"]
        ]
        if len(taken) == self.silent_at:
            self.held = {uuid: number for number, _text, uuid in taken}
            self.is_called.set()
            threading.Event().wait()
        if self.state == "success":
            self.texts += [(number, text) for number, text, _uuid in taken]
        return [{"uuid": uuid, "state": self.state} for _number, _text, uuid in taken]

    def answer_ask(self, uuids: list[str]) -> dict[str, bool]:
        """Tell which of the SMS were taken, as far as it is known."""
        numbers = {uuid: self.held[uuid] for uuid in uuids}
        return {
            uuid: self.known[number]
            for uuid, number in numbers.items()
            if number in self.known
        }


class _Handler(BaseHTTPRequestHandler):
    """One request of Odoo to the carrier."""

    carrier: Carrier

    def do_POST(self) -> None:
        """Answer a call, or never."""
        content = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        answers = {
            "/send": self.carrier.answer_send,
            "/ask": self.carrier.answer_ask,
        }
        body = json.dumps(answers[self.path](content)).encode()
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: object) -> None:
        """Write nothing."""


@pytest.fixture(scope="module")
def server(make_installation):
    """An installation with the addon."""
    return make_installation((ADDON,), (ADDONS,), cron_threads=1)


@pytest.fixture
def carrier(server) -> Iterator[Carrier]:
    server.sms_gateway.clear()
    carrier = Carrier()
    yield carrier
    carrier.server.shutdown()
    carrier.server.server_close()
    assert server.sms_gateway.requests == 0, "nothing goes another way"


def make_office(server, kind: str, url: str = "") -> Office:
    """Return a company that has chosen a carrier, and has switched reminders on."""
    values = {"sms_carrier": kind, "sms_carrier_url": url}
    office = Office(server.server, server.client, **values)
    office.login = f"carrier{office.company}"
    office.switch_on(office.create_user(office.login, MANAGER))
    return office


def test_window_tab_preview_service_and_log(server, carrier, browser):
    office = make_office(server, "known")
    group = Round(office, 1, ("sms",))
    [task] = group.tasks
    web = browser.log_in(server.server.url, office.login, office.login)

    def see_window(text):
        web.open("/odoo/crm")
        web.open_menu(*WINDOW)
        expect(web.field("reminder_sms_status")).to_have_text(text)

    def open_tab():
        web.open_record("project.task", task)
        web.open_tab("reminders_page")
        return web.rows("reminder_customer_ids")

    def see_preview():
        web.page.locator("[name=reminder_customer_ids] [name=action_preview]").click()
        return web.page.locator(".modal")

    see_window(f"No SMS can be sent. {GAP}")
    expect(open_tab()).to_contain_text(f"No SMS account: {GAP}")
    expect(see_preview()).to_contain_text(f"No SMS account: {GAP}")

    office.client.write("res.company", [office.company], sms_carrier_url=carrier.url)
    see_window(READY)
    expect(open_tab()).to_contain_text("+48600")
    expect(open_tab().locator(".text-danger")).to_have_count(0)
    expect(see_preview()).not_to_contain_text(GAP)

    group.fall_due()
    group.wait_for(1, state="sent")
    [(number, text)] = carrier.texts
    assert group.is_own(number)
    assert "Hedge" in text
    web.open_action("crm_task_reminder.crm_task_reminder_log_action")
    expect(web.page.locator(".o_data_row")).to_have_count(1)
    expect(web.page.locator(".o_data_row")).to_contain_text(number)
    web.close()
    assert web.errors == []


def test_what_the_set_up_lacks_is_the_reason(server, carrier):
    group = Round(make_office(server, "known"), 1, ("sms",))
    group.fall_due()
    [row] = group.wait_for(1, state="skipped", reason="sms_account")
    assert row["detail"] == GAP
    assert carrier.texts == []


def test_error_of_a_certain_provider_is_tried_again(server, carrier):
    group = Round(make_office(server, "known", carrier.url), 2, ("sms",))
    carrier.state = "server_error"
    group.fall_due()
    group.wait_for(2, state="queued")
    assert {row["reason"] for row in group.rows(attempt_count=1)} == {"sms_gateway"}
    carrier.state = "success"
    group.try_again()
    group.wait_for(2, state="sent")
    assert len(carrier.texts) == 2


def test_error_of_an_uncertain_provider_is_in_doubt(server, carrier):
    """One of which reminders know nothing: it works, and nothing is promised of it."""
    office = make_office(server, "strange", carrier.url)
    group = Round(office, 1, ("sms",))
    group.fall_due()
    group.wait_for(1, state="sent")
    assert len(carrier.texts) == 1

    group = Round(office, 1, ("sms",))
    carrier.state = "server_error"
    group.fall_due()
    group.wait_for(1, state="unconfirmed", reason="no_answer")


def test_crash_is_cleared_up_by_asking_the_provider(server, carrier):
    group = Round(make_office(server, "known", carrier.url), 4, ("sms",))
    carrier.silent_at = 3  # the first leaves alone
    group.let_time_pass()
    group.office.start_service()
    assert carrier.is_called.wait(60)
    wait_until(lambda: len(group.rows(state="sending")) == 3, 30)
    server.server.kill()
    taken, lost, unknown = carrier.held.values()
    carrier.known = {taken: True, lost: False}
    carrier.silent_at = 0
    server.server.start()
    group.office.run_service()
    sent = group.wait_for(3, state="sent")
    assert {taken, lost} < {row["address"] for row in sent}
    [row] = group.wait_for(1, state="unconfirmed", reason="interrupted")
    assert row["address"] == unknown
    numbers = [number for number, _text in carrier.texts]
    assert numbers.count(lost) == 1, "what was not taken has left now"
    assert taken not in numbers, "what was taken has not left again"
    assert len(numbers) == 2
