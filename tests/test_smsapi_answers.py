"""Customers answer by SMS: a real server, and a local gateway that brings what they
write as SMSAPI does.
"""

import secrets
import urllib.error
from concurrent.futures import ThreadPoolExecutor

import pytest
from playwright.sync_api import expect

from odoo.addons.sms_smsapi.tools.refusals import MOST

from dev.machine.process import wait_until
from dev.office.smsapi_gateway import ENDPOINT, SmsapiGateway
from tests import reply

ADDONS = ("sms_smsapi", reply.ADDON)
TEXT = "crm.task.reminder.text"
WIDTH = 390  # pixels of a phone


@pytest.fixture(scope="module")
def gateway():
    with SmsapiGateway() as gateway:
        yield gateway


@pytest.fixture(scope="module")
def server(make_installation, gateway):
    """An installation whose customers answer, pointed at the local gateway."""
    server = make_installation(ADDONS, cron_threads=1)
    server.client.call(
        "ir.config_parameter", "set_param", key=ENDPOINT, value=gateway.url
    )
    return server


@pytest.fixture
def make_office(server, gateway):
    """A function that makes a company whose customers answer by SMS."""
    gateway.clear()

    def make(name=""):
        token = secrets.token_urlsafe(20)
        gateway.add_account(token, may_send_links=True)
        return reply.make_texting_office(
            server,
            "smsapi",
            name,
            sms_smsapi_token=token,
            reminder_sms_answer_number="500 600 700",
        )

    return make


def send(office, gateway):
    """Let a customer be reminded; return the task and the SMS."""

    def wait_for(number):
        assert wait_until(lambda: to(number), 30)
        return to(number)

    def to(number):
        return [sms for sms in gateway.messages if sms.number == number]

    return reply.send_text(office, wait_for)


def count_texts(office):
    return office.client.count(TEXT, [("company_id", "=", office.company)])


def test_a_yes_and_a_no_and_what_the_customer_is_told(make_office, gateway):
    office = make_office()
    task, sms = send(office, gateway)
    assert "Text YES or NO to 500 600 700." in sms.body
    assert gateway.bring(office.incoming, sms.number, "Tak, będę 👍") == "OK"
    assert reply.read_answers(office, task) == [("coming", "Tak, będę 👍", "sms")]
    assert wait_until(lambda: len(gateway.messages) == 2, 60), "Odoo's own queue"
    assert gateway.messages[1].body.startswith("Thank you. You have confirmed:")
    assert gateway.messages[1].number == sms.number
    assert gateway.bring(office.incoming, sms.number, "jednak nie") == "OK"
    assert reply.read_answers(office, task) == [("declined", "jednak nie", "sms")]


def test_two_companies_with_two_accounts(make_office, gateway):
    first, second = make_office(), make_office()
    task, sms = send(first, gateway)
    assert gateway.bring(second.incoming, sms.number, "TAK") == "OK"
    assert reply.read_answers(first, task) == []
    mixed = first.incoming.replace(f"/{first.company}/", f"/{second.company}/")
    for wrong in (mixed, f"{first.incoming}x", first.incoming[:-1]):
        with pytest.raises(urllib.error.HTTPError) as refusal:
            gateway.bring(wrong, sms.number, "TAK")
        assert refusal.value.code == 404
    assert gateway.bring(first.incoming, sms.number, "TAK") == "OK"
    assert reply.read_answers(first, task) == [("coming", "TAK", "sms")]


def test_the_same_brought_again_and_again_at_once_is_one(make_office, gateway):
    office = make_office()
    task, sms = send(office, gateway)

    def bring(number):
        values = {"MsgId": f"A{number % 4}"}
        return gateway.bring(office.incoming, sms.number, "NIE", **values)

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(bring, range(80))) == {"OK"}
    assert count_texts(office) == 4
    assert reply.read_answers(office, task) == [("declined", "NIE", "sms")]
    assert office.client.count("mail.activity", [("res_id", "=", task)]) == 1


def test_reports_that_come_at_once_are_all_taken(make_office, gateway, server):
    """One of which no SMS is known is kept once, and keeps none of its call back."""
    office = make_office()
    _task, sms = send(office, gateway)
    early = secrets.token_hex(16)

    def report(_number):
        reports = {"idx": f"{early},{sms.idx}", "status": "404,404"}
        return gateway.call_back(sms.report_url, **reports)

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(report, range(40))) == {"OK"}
    kept = [("uuid", "=", early)]
    assert server.client.count("sms.smsapi.report", kept) == 1


@pytest.mark.parametrize(
    ("number", "values"),
    [
        (None, {"sms_date": "-62135596800"}),
        (None, {"sms_date": "253402300799"}),
        (None, {"MsgId": "\0\0"}),
        (None, {"sms_to": "\0"}),
        ("\0+48600100200\0", {}),
        ("' OR 1=1 --", {}),
        ("\uff14\uff18", {}),
        ("4" * 5000, {}),
    ],
)
def test_odd_fields_are_taken_once(make_office, gateway, number, values):
    office = make_office()
    task, sms = send(office, gateway)
    text = "<script>alert(1)</script>'; DROP TABLE x; %s {0} \0\r\nSet-Cookie: a=b"
    arguments = (office.incoming, number or sms.number, text)
    for _time in range(2):
        assert gateway.bring(*arguments, **{"MsgId": "A1", **values}) == "OK"
    assert count_texts(office) == 1
    own = [("res_id", "=", task)]
    activities = office.client.read("mail.activity", own, ["note"])
    assert not any("<script" in activity["note"] for activity in activities)


def test_stop_and_odd_calls(make_office, gateway, server):
    office = make_office()
    task, sms = send(office, gateway)
    assert gateway.bring(office.incoming, "Orange", "STOP", sms_date="never") == "OK"
    assert gateway.bring(office.incoming, sms.number, "\0" * 5 + "x" * 9000) == "OK"
    assert gateway.bring(office.incoming, sms.number, "STOP", MsgId="") == "OK"
    assert reply.read_answers(office, task) == []
    blacklisted = office.client.count("phone.blacklist", [("number", "=", sms.number)])
    assert blacklisted == 1
    key = office.incoming.rpartition("/")[2]
    assert key not in server.server.log.read_text(encoding="utf-8")


def test_the_office_sees_what_was_written(make_office, gateway, server, browser):
    office = make_office()
    task, sms = send(office, gateway)
    gateway.bring(office.incoming, sms.number, "can I bring my dog?")
    web = browser.log_in(server.server.url, office.login, office.login)
    web.page.goto(f"{server.server.url}/odoo/project.task/{task}")
    expect(web.page.locator(".o-mail-Activity")).to_contain_text("SMS")
    expect(web.page.locator(".o-mail-Thread")).to_contain_text("can I bring my dog?")
    gateway.bring(office.incoming, sms.number, "ok")
    web.page.reload()
    expect(web.page.locator("[name=reminder_answer]").first).to_contain_text(
        "Confirmed"
    )
    words = web.page.locator("[name=reminder_answer_text]")
    expect(words).to_contain_text("By SMS")
    expect(words).to_contain_text("“ok”")
    web.close()
    assert web.errors == []


def test_a_flood_of_wrong_keys_keeps_no_real_one_out(make_office, gateway, server):
    office = make_office()
    task, sms = send(office, gateway)
    log = server.server.log
    before = len(log.read_text(encoding="utf-8"))
    codes = []
    for _number in range(3 * MOST):
        with pytest.raises(urllib.error.HTTPError) as refusal:
            gateway.bring(f"{office.incoming[:-4]}beef", sms.number, "TAK")
        codes.append(refusal.value.code)
    assert gateway.bring(office.incoming, sms.number, "NIE") == "OK"
    assert gateway.report(sms) == "OK"
    assert reply.read_answers(office, task) == [("declined", "NIE", "sms")]
    # a minute may have ended meanwhile, and the count with it
    assert set(codes) == {404, 429}
    assert codes.count(404) <= 2 * MOST
    lines = log.read_text(encoding="utf-8")[before:].splitlines()
    assert 1 <= sum("many calls with a wrong key" in line for line in lines) <= 2
    requests = [line for line in lines if "/sms_smsapi/" in line]
    assert len(requests) == codes.count(404) + 2, "those, and the two real ones"


def test_e21_what_customers_write_is_read_whole_on_a_phone(
    make_office, gateway, server, browser
):
    office = make_office()
    _task, sms = send(office, gateway)
    wish = "Czy mogę przyjść z psem, i czy jest u Państwa parking na trzy auta?"
    assert gateway.bring(office.incoming, sms.number, wish) == "OK"
    web = browser.log_in(
        server.server.url, office.login, office.login, size=(WIDTH, 844)
    )
    web.open_action(f"{reply.ADDON}.crm_task_reminder_text_action")
    for shown in (wish, sms.number, "Not understood"):
        box = web.see(shown).bounding_box()
        assert box["x"] + box["width"] <= WIDTH, shown
    web.close()
    assert web.errors == []
