"""Companies that send their SMS through SMSAPI: a real server, SMSAPI's own client, and
a local gateway that speaks SMSAPI.
"""

import urllib.error
import urllib.request
from functools import partial

import pytest
from playwright.sync_api import expect

from dev.machine.process import wait_until
from dev.office import wiring
from dev.office.json2 import ApiError, Json2Client
from dev.office.smsapi_gateway import DELIVERED, ENDPOINT, SmsapiGateway
from tests.round import Round
from tests.smsapi import has_calls, make_company, numbers_of, reopen, save

ADDON = "crm_task_reminder_sms_smsapi"
ACCOUNT = "sms.smsapi.account"


@pytest.fixture(scope="module")
def gateway():
    with SmsapiGateway() as gateway:
        yield gateway
        gateway.answering.set()


@pytest.fixture(scope="module")
def server(make_installation, gateway):
    """An installation with the addons for SMSAPI, pointed at the local gateway."""
    server = make_installation(("sms_smsapi",), cron_threads=1)
    server.client.call(
        "ir.config_parameter", "set_param", key=ENDPOINT, value=gateway.url
    )
    return server


@pytest.fixture
def make_office(server, gateway):
    """A function that makes a company with an account of its own at the gateway."""
    gateway.clear()
    server.sms_gateway.clear()

    yield partial(make_company, server, gateway)
    gateway.answering.set()
    assert server.sms_gateway.requests == 0, "nothing goes another way"


def test_glue_comes_by_itself(server):
    [module] = server.client.read("ir.module.module", [("name", "=", ADDON)], ["state"])
    assert module["state"] == "installed"


def test_two_companies_each_with_its_account_and_name(make_office, gateway):
    rounds = {}
    for name in ("Zielony Dom", "Waermewerk"):
        office = make_office(names={name: "ACTIVE"})
        rounds[name] = Round(office, 5, ("sms",))
    for group in rounds.values():
        group.fall_due()
    for name, group in rounds.items():
        group.wait_for(5, state="sent")
        own = [sms for sms in gateway.messages if group.is_own(sms.number)]
        assert len({sms.number for sms in own}) == len(own) == 5
        assert {(sms.token, sms.sender) for sms in own} == {(group.office.token, name)}


def test_reports_become_the_log(make_office, gateway, server):
    group = Round(make_office(), 3, ("sms",))
    group.fall_due()
    group.wait_for(3, state="sent")
    good, late, lost = [sms for sms in gateway.messages if group.is_own(sms.number)]
    for _time in range(3):
        assert gateway.report(good, late) == "OK"
        assert gateway.report(lost, status=405) == "OK"
        assert gateway.report(good, lost, status=403) == "OK"
        assert gateway.report(late, status=402) == "OK"
    assert gateway.report(good, lost, status=410) == "OK"
    group.wait_for(2, state="delivered")
    [row] = group.wait_for(1, state="failed", reason="expired")
    assert row["address"] == lost.number
    with pytest.raises(urllib.error.HTTPError) as refusal:
        gateway.call_back(f"{good.report_url}0", idx=good.idx, status=str(DELIVERED))
    assert refusal.value.code == 404
    key = good.report_url.rpartition("/")[2]
    assert key not in server.server.log.read_text(encoding="utf-8")
    assert group.office.token not in server.server.log.read_text(encoding="utf-8")


def test_answer_that_was_lost_is_cleared_up_at_once(make_office, gateway):
    group = Round(make_office(), 6, ("sms",))
    gateway.troubles = ["", "drop"]  # the first leaves alone, the others are asked for
    group.fall_due()
    group.wait_for(6, state="sent")
    assert len(numbers_of(group, gateway)) == 6


def test_gateway_out_of_order_is_tried_again(make_office, gateway):
    group = Round(make_office(), 3, ("sms",))
    gateway.stop()
    try:
        group.fall_due()
        group.wait_for(3, state="queued")
        assert {row["reason"] for row in group.rows(attempt_count=1)} == {"sms_gateway"}
    finally:
        gateway.start()
    group.try_again()
    group.wait_for(3, state="sent")
    assert len(numbers_of(group, gateway)) == 3


def test_without_points_reminders_wait(make_office, gateway):
    office = make_office(points=0.1)
    group = Round(office, 2, ("sms",))
    group.fall_due()
    rows = group.wait_for(2, state="queued")
    assert "Buy some there." in {row["detail"] for row in rows}.pop()
    gateway.accounts[office.token].points = 10
    group.try_again()
    group.wait_for(2, state="sent")


@pytest.mark.parametrize("is_wanted", [True, False])
def test_crash_is_cleared_up_by_asking(make_office, gateway, server, is_wanted):
    """Killed while SMSAPI, which has taken them all, does not answer."""
    group = Round(make_office(), 4, ("sms",))
    gateway.troubles = ["", "silent"]
    group.let_time_pass()
    group.office.start_service()
    assert gateway.is_silent.wait(60)
    wait_until(lambda: len(group.rows(state="sending")) == 3, 30)
    server.server.kill()
    gateway.answering.set()
    if not is_wanted:
        group.office.execute(
            "UPDATE project_task SET state = '1_done' WHERE id = ANY(%s)",
            [group.tasks],
        )
    calls = len(gateway.calls)
    server.server.start()
    group.office.run_service()
    if is_wanted:
        group.wait_for(4, state="sent")
        asked = gateway.calls[calls:]
        assert len(asked) == 3, "singly"
    else:
        group.wait_for(3, state="unconfirmed", reason="interrupted")
        assert gateway.calls[calls:] == [], "nobody asks for what is not to be sent"
    assert len(numbers_of(group, gateway)) == 4


def test_kill_while_asking_leaves_nothing_in_doubt(make_office, gateway, server):
    """Killed while a hundred are handed over, and again while they are asked for."""
    group = Round(make_office(points=1000), 150, ("sms",))
    gateway.pause = 0.3
    group.let_time_pass()
    for total in (2, 5):
        group.office.start_service()
        assert wait_until(partial(has_calls, gateway, total), 60)
        server.server.kill()
        server.server.start()
    gateway.pause = 0
    group.office.run_service()
    group.wait_for(150, state="sent")
    numbers = numbers_of(group, gateway)
    assert len(numbers) == len(set(numbers)) == 150


def test_r03_window_of_a_manager_says_what_is_left(make_office, gateway, server):
    office = make_office(points=17.0, names={"Zielony Dom": "ACTIVE"})
    client = Json2Client(
        server.server.url, wiring.make_key(server.server, office.login)
    )

    def ask():
        answer = client.call("crm.task.reminder.settings", "get_sms_status")
        assert office.token not in str(answer)
        return answer

    assert ask() == {
        "is_ready": True,
        "status": "SMS are sent through SMSAPI. Left: 17.00 points, about 100 SMS.",
    }
    gateway.accounts[office.token].points = 0
    assert not ask()["is_ready"]
    office.client.write("res.company", [office.company], sms_smsapi_token=False)
    assert ask() == {
        "is_ready": False,
        "status": "No SMS can be sent. SMSAPI has no token yet.",
    }
    with pytest.raises(ApiError):
        client.read("res.company", [("id", "=", office.company)], ["sms_smsapi_token"])
    with pytest.raises(ApiError):
        client.create(ACCOUNT, token="x")


@pytest.fixture
def open_set_up(server, browser):
    """A function that opens the set-up of an office's account; return the client."""
    opened = []

    def open_window(office):
        [admin] = office.client.read("res.users", [("login", "=", "admin")], ["id"])
        office.client.write("res.users", [admin["id"]], company_id=office.company)
        web = browser.log_in(server.server.url, "admin", "admin")
        opened.append(web)
        reopen(web)
        web.page.get_by_role("button", name="SMS set-up").click()
        return web

    yield open_window
    for web in opened:
        web.close()
        assert web.errors == []


def test_r03_account_in_the_browser(make_office, gateway, open_set_up):
    office = make_office(points=340.0, names={"Info": "ACTIVE", "Zielony": "ACTIVE"})
    office.client.write("res.company", [office.company], sms_smsapi_token=False)
    web = open_set_up(office)
    web.see("No SMS can be sent. SMSAPI has no token yet.")
    web.fill("token", "a-wrong-one")
    web.page.locator("[name=action_test_connection]").click()
    web.see("SMSAPI does not accept the token.")
    web.page.locator(".modal").last.get_by_role("button", name="Close").last.click()
    web.fill("token", office.token)
    web.page.locator("[name=action_test_connection]").click()
    web.see("Connected. Left: 340.00 points, about 2,000 SMS.")
    expect(web.field("token").locator("input")).to_have_value("")
    web.see("A token is stored")
    assert office.token not in web.page.content()
    web.field("sender_id").locator("input").click()
    web.page.get_by_role("option", name="Zielony").click()
    save(web)
    expect(reopen(web)).to_contain_text("SMS are sent through SMSAPI, from Zielony.")

    group = Round(office, 1, ("sms",))
    group.fall_due()
    group.wait_for(1, state="sent")
    [sms] = [sms for sms in gateway.messages if group.is_own(sms.number)]
    assert sms.sender == "Zielony"


def test_r03_limits_and_test_mode_in_the_browser(make_office, gateway, open_set_up):
    office = make_office()
    web = open_set_up(office)
    web.fill("parts", "99")
    web.click("Save")
    web.see("Parts of an SMS: a number from 0 to 10.")
    web.page.locator(".modal").last.get_by_role("button", name="Close").last.click()
    web.fill("parts", "3")
    web.check("foreign", False)
    web.check("is_test")
    web.see("SMS are marked as sent, and nobody gets them.")
    save(web)
    status = reopen(web)
    expect(status).to_contain_text("Test mode is on: SMSAPI sends none of the SMS.")

    group = Round(office, 1, ("sms",))
    group.fall_due()
    group.wait_for(1, state="sent")
    assert numbers_of(group, gateway) == [], "test mode"
    told = gateway.calls[-1]
    assert (told["max_parts"], told["skip_foreign"], told["test"]) == ("3", "1", "1")

    web.page.get_by_role("button", name="SMS set-up").click()
    expect(web.field("parts").locator("input")).to_have_value("3")
    expect(web.field("foreign").locator("input")).not_to_be_checked()
    web.check("is_test", False)
    save(web)
    expect(reopen(web)).to_contain_text("SMS are sent through SMSAPI.")
    group = Round(office, 1, ("sms",))
    group.fall_due()
    group.wait_for(1, state="sent")
    assert len(numbers_of(group, gateway)) == 1


def test_e21_labels_of_the_set_up_have_the_room_that_is_there(make_office, open_set_up):
    web = open_set_up(make_office())
    expect(web.field("sender_id")).to_be_visible()
    labels = web.page.locator(".modal .o_inner_group .o_form_label")
    heights = labels.evaluate_all(
        "all => all.map(one => [one.innerText, one.offsetHeight])"
        ".filter(([text, height]) => text && height > 30)"
    )
    assert heights == []
