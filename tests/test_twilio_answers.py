"""Customers answer by SMS through Twilio: a real server, Odoo's own client, and a local
gateway that takes SMS as Twilio does and brings what is written with its signature.
"""

import urllib.error

import pytest

from dev.machine.process import wait_until
from dev.office.twilio_gateway import ANSWER_NUMBER, TwilioGateway
from dev.proof.bench.distance import DistantProxy, make_certificate
from tests import reply

HOST = "api.twilio.com"
ACCOUNT = "AC" + "0123456789abcdef" * 2
TOKEN = "fedcba9876543210" * 2
INCOMING = "/crm_task_reminder_sms_twilio/incoming/"
#: What Twilio is answered: nothing is to be said on the spot.
ANSWER = '<?xml version="1.0" encoding="UTF-8"?><Response></Response>'
#: Forged calls in a minute before they are told that they are too many.
MOST = 60


@pytest.fixture(scope="module")
def gateway():
    return TwilioGateway()


@pytest.fixture(scope="module")
def server(make_installation, gateway, tmp_path_factory):
    """An installation that reaches the local gateway by Twilio's name."""
    certificate = tmp_path_factory.mktemp("twilio") / "certificate.pem"
    gateway.tls = make_certificate([HOST], certificate)
    with gateway, DistantProxy({HOST: gateway.port}, 0) as proxy:
        variables = {"REQUESTS_CA_BUNDLE": str(certificate)}
        for name in ("HTTPS_PROXY", "https_proxy"):
            variables[name] = f"http://127.0.0.1:{proxy.port}"
        yield make_installation(
            ("sms_twilio", reply.ADDON), cron_threads=1, variables=variables
        )


@pytest.fixture
def make_office(server):
    """A function that makes a company whose customers answer by SMS through Twilio."""

    def make(token=TOKEN):
        [poland] = server.client.read("res.country", [("code", "=", "PL")], ["id"])
        number = {"number": ANSWER_NUMBER, "country_id": poland["id"]}
        return reply.make_texting_office(
            server,
            "twilio",
            sms_twilio_account_sid=ACCOUNT,
            sms_twilio_auth_token=token,
            sms_twilio_number_ids=[[5], [0, 0, number]],
        )

    return make


def send(office, gateway):
    """Let a customer be reminded through Twilio; return the task and the SMS."""
    return reply.send_text(office, gateway.wait_for)


def refuse(gateway, *arguments, **values):
    """Bring a text that is refused; return the status."""
    with pytest.raises(urllib.error.HTTPError) as refusal:
        gateway.bring(*arguments, **values)
    return refusal.value.code


def test_a_yes_and_a_no_and_what_the_customer_is_told(make_office, gateway):
    office = make_office()
    task, sms = send(office, gateway)
    assert sms.sender == ANSWER_NUMBER
    assert "Reply YES or NO." in sms.body, "a number can just be answered"
    url = office.incoming
    assert gateway.bring(url, TOKEN, sms.number, "Tak, będę 👍") == ANSWER
    assert reply.read_answers(office, task) == [("coming", "Tak, będę 👍", "sms")]
    assert wait_until(lambda: len(gateway.to(sms.number)) == 2, 60), "Odoo's own queue"
    receipt = gateway.to(sms.number)[1]
    assert receipt.body.startswith("Thank you. You have confirmed:")
    assert gateway.bring(url, TOKEN, sms.number, "jednak nie") == ANSWER
    assert reply.read_answers(office, task) == [("declined", "jednak nie", "sms")]


def test_only_what_twilio_has_signed_is_taken_and_once(make_office, gateway, server):
    office, other = make_office(), make_office(TOKEN[::-1])
    task, sms = send(office, gateway)
    url = office.incoming
    assert refuse(gateway, url, TOKEN[::-1], sms.number, "TAK") == 404
    assert refuse(gateway, other.incoming, TOKEN, sms.number, "TAK") == 404
    assert reply.read_answers(office, task) == []
    assert gateway.bring(other.incoming, TOKEN[::-1], sms.number, "TAK") == ANSWER
    assert reply.read_answers(office, task) == [], "another company's number"
    for _time in range(3):
        gateway.bring(url, TOKEN, sms.number, "TAK", MessageSid="SM1")
    texts = [("company_id", "=", office.company)]
    assert office.client.count("crm.task.reminder.text", texts) == 1
    assert reply.read_answers(office, task) == [("coming", "TAK", "sms")]
    gateway.bring(url, TOKEN, sms.number, "STOP")
    assert office.client.count("phone.blacklist", [("number", "=", sms.number)]) == 1
    assert TOKEN not in server.server.log.read_text(encoding="utf-8")


def test_a_flood_of_forged_ones_keeps_no_real_one_out(make_office, gateway, server):
    office = make_office()
    task, sms = send(office, gateway)
    url, log = office.incoming, server.server.log
    before = len(log.read_text(encoding="utf-8"))
    codes = [
        refuse(gateway, url, "forged", sms.number, "TAK") for _number in range(3 * MOST)
    ]
    assert gateway.bring(url, TOKEN, sms.number, "NIE") == ANSWER
    assert reply.read_answers(office, task) == [("declined", "NIE", "sms")]
    # a minute may have ended meanwhile, and the count with it
    assert set(codes) == {404, 429}
    assert codes.count(404) <= 2 * MOST
    lines = log.read_text(encoding="utf-8")[before:].splitlines()
    told = [line for line in lines if "many calls with a wrong signature" in line]
    assert 1 <= len(told) <= 2
    requests = [line for line in lines if INCOMING in line]
    assert len(requests) == codes.count(404) + 1, "those, and the real one"
