"""Companies that send their SMS through Twilio, with Odoo's own module for it.

Nothing leaves this machine: the server's way to the outside is a proxy that is not
there. So Twilio can't be reached, which is all of Twilio that is tested here.
"""

import pytest
from playwright.sync_api import expect

from dev.office import wiring
from dev.office.json2 import Json2Client
from dev.office.server import free_port
from tests.office import MANAGER, Office
from tests.round import Round

SETTINGS = "crm.task.reminder.settings"
ACCOUNT = "AC" + "0123456789abcdef" * 2
TOKEN = "fedcba9876543210" * 2
WINDOW = ("CRM", "Configuration", "Automatic Reminders")


@pytest.fixture(scope="module")
def server(make_installation):
    """An installation with Odoo's module for Twilio, whose proxy does not answer."""
    proxy = f"http://127.0.0.1:{free_port()}"
    return make_installation(
        ("sms_twilio",),
        cron_threads=1,
        variables={"HTTPS_PROXY": proxy, "https_proxy": proxy},
    )


@pytest.fixture
def office(server):
    """A company that has chosen Twilio and not set it up."""
    server.sms_gateway.clear()
    office = Office(server.server, server.client, sms_provider="twilio")
    office.switch_on(office.create_user(f"twilio{office.company}", MANAGER))
    return office


def set_up(office: Office, **values: object) -> None:
    """Give the company an account at Twilio and a number."""
    number = {"number": "+48221234567", "country_id": office.ref("base.pl")}
    account = {
        "sms_twilio_account_sid": ACCOUNT,
        "sms_twilio_auth_token": TOKEN,
        "sms_twilio_number_ids": [[5], [0, 0, number]],
    }
    office.client.write("res.company", [office.company], **{**account, **values})


def ask(office: Office) -> dict:
    """Return what the window of a manager, who is no administrator, says about SMS."""
    login = f"twilio{office.company}"
    client = Json2Client(office.server.url, wiring.make_key(office.server, login))
    answer = client.call(SETTINGS, "get_sms_status")
    assert ACCOUNT not in str(answer) and TOKEN not in str(answer)
    return answer


def test_r03_window_says_what_twilio_lacks(office, server):
    assert ask(office) == {
        "is_ready": False,
        "status": "No SMS can be sent. Twilio is not set up.",
    }
    set_up(office, sms_twilio_auth_token=False)
    assert "is not set up" in ask(office)["status"]
    set_up(office, sms_twilio_number_ids=[[5]])
    assert "no number to send from" in ask(office)["status"]
    set_up(office, sms_twilio_account_sid="AC1")
    answer = ask(office)
    assert not answer["is_ready"]
    assert "Invalid Twilio Account SID" in answer["status"], "Odoo's own words"
    set_up(office)
    assert ask(office) == {"is_ready": True, "status": "SMS are sent through Twilio."}
    assert server.sms_gateway.requests == 0, "Odoo is not asked for its credit"


def test_r03_nothing_is_sent_without_a_set_up(office, server):
    group = Round(office, 2, ("sms", "email"))
    group.fall_due()
    group.wait_for(2, state="sent")
    rows = group.wait_for(2, state="skipped", reason="sms_account")
    assert {row["detail"] for row in rows} == {"Twilio is not set up."}
    assert len(group.mails_in(server.mailbox)) == 2


def test_r03_twilio_not_reached_is_tried_again(office, server):
    set_up(office)
    group = Round(office, 1, ("sms",))
    group.fall_due()
    [row] = group.wait_for(1, state="queued", reason="sms_gateway")
    assert row["attempt_count"] == 1
    group.try_again()
    group.wait_for(1, state="queued", attempt_count=2)

    # the set-up is incomplete by now: what waited is put off, and is not in doubt
    set_up(office, sms_twilio_account_sid=False)
    group.try_again()
    [row] = group.wait_for(1, state="queued", reason="sms_account")
    assert row["detail"] == "Twilio is not set up."
    assert server.sms_gateway.requests == 0, "nothing goes another way"


def test_r03_link_opens_twilios_own_dialog(office, server, browser):
    client = office.client
    [admin] = client.read("res.users", [("login", "=", "admin")], ["id"])
    client.write("res.users", [admin["id"]], company_id=office.company)
    web = browser.log_in(server.server.url, "admin", "admin")
    web.open("/odoo/crm")
    web.open_menu(*WINDOW)
    status = web.field("reminder_sms_status")
    expect(status).to_have_text("No SMS can be sent. Twilio is not set up.")
    expect(status.get_by_role("status")).to_have_class("text-danger")
    web.page.get_by_role("button", name="SMS set-up").click()
    web.see("Manage Twilio SMS")
    web.fill("sms_twilio_account_sid", ACCOUNT)
    web.fill("sms_twilio_auth_token", TOKEN)
    web.click("Update Account")
    expect(web.field("sms_twilio_account_sid")).to_have_count(0)
    number = {"number": "+48221234567", "country_id": office.ref("base.pl")}
    client.create("sms.twilio.number", company_id=office.company, **number)
    web.open("/odoo/crm")
    web.open_menu(*WINDOW)
    expect(status).to_have_text("SMS are sent through Twilio.")
    expect(status.get_by_role("status")).not_to_have_class("text-danger")
    web.close()
    assert web.errors == []
