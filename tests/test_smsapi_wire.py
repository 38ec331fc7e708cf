"""The addon's way of handing SMS over, by SMSAPI's own client, at the local gateway.

No Odoo is needed for that: these are the pieces below Odoo's own method.
"""

import pytest

from odoo.addons.sms_smsapi.tools import account as account_module
from odoo.addons.sms_smsapi.tools.account import (
    Account,
    NoAnswerError,
    NotReachedError,
    RefusedError,
)
from odoo.addons.sms_smsapi.tools.batch import (
    ACCEPTED,
    NOT_REACHED,
    REFUSED,
    UNCONFIRMED,
    Batch,
    Outcome,
    Text,
)

from dev.office import smsapi_gateway
from dev.office.smsapi_gateway import SmsapiGateway

TOKEN = "secret-token"


@pytest.fixture
def gateway():
    with SmsapiGateway() as gateway:
        gateway.add_account(TOKEN, names={"Zielony Dom": "ACTIVE", "New": "INACTIVE"})
        yield gateway
        gateway.answering.set()


@pytest.fixture
def account(gateway):
    return Account(TOKEN, f"{gateway.url}/", from_="Zielony Dom")


def make_texts(*bodies, plain=None):
    return [
        Text(f"{number:032x}", f"{number:032x}", f"48600100{number:03}", body, plain)
        for number, body in enumerate(bodies)
    ]


def send(account, texts):
    """Hand SMS over; return the kinds of outcomes in order, with the error if any."""
    batch = Batch(account)
    outcomes = batch.send(texts)
    return [
        (outcome.kind, outcome.code) if outcome.code else outcome.kind
        for outcome in (outcomes[text.uuid] for text in texts)
    ]


def bodies(gateway):
    return {sms.number: sms.body for sms in gateway.messages}


def test_one_text_to_many_is_one_call(gateway, account):
    texts = make_texts(*["Do zobaczenia"] * 100)
    assert send(account, texts) == [ACCEPTED] * 100
    [call] = gateway.calls
    assert call["message"] == "Do zobaczenia"
    assert call["from"] == "Zielony Dom"
    assert call["check_idx"] == "1"
    assert call["encoding"] == "utf-8"
    assert len(gateway.messages) == 100


def test_different_texts_are_one_call(gateway, account):
    texts = make_texts(*(f"Zażółć, gęślą; {one} & jaźń\n+=%" for one in range(100)))
    assert send(account, texts) == [ACCEPTED] * 100
    assert len(gateway.calls) == 1
    assert bodies(gateway) == {f"+{text.number}": text.body for text in texts}


def test_text_with_the_sign_between_texts_is_a_call_of_its_own(gateway, account):
    texts = make_texts("A", "B|C", "D", "B|C")
    assert send(account, texts) == [ACCEPTED] * 4
    assert len(gateway.calls) == 2
    assert bodies(gateway) == {f"+{text.number}": text.body for text in texts}


def test_more_than_a_call_takes_are_several(gateway, account):
    assert set(send(account, make_texts(*["A"] * 250))) == {ACCEPTED}
    assert [call["to"].count(",") + 1 for call in gateway.calls] == [100, 100, 50]


def test_fewer_at_once_where_the_gateway_says_so(gateway, account, monkeypatch):
    monkeypatch.setattr(smsapi_gateway, "MOST", 30)
    assert set(send(account, make_texts(*["A"] * 100))) == {ACCEPTED}
    assert len(gateway.messages) == 100


def test_repeated_call_sends_nothing_twice(gateway, account):
    texts = make_texts("A", "B", "C")
    send(account, texts[:2])
    assert send(account, texts) == [ACCEPTED] * 3
    assert send(account, texts) == [ACCEPTED] * 3
    assert len(gateway.messages) == 3


@pytest.mark.parametrize("trouble", ["drop", "nonsense"])
def test_sms_whose_answer_was_lost_are_asked_for(gateway, account, trouble):
    gateway.troubles = [trouble]
    assert send(account, make_texts("A", "B", "C")) == [ACCEPTED] * 3
    assert len(gateway.messages) == 3


def test_one_answer_that_does_not_come_is_enough(gateway, account):
    gateway.troubles = ["drop"] * 2
    found = send(account, make_texts("B|C", *["A"] * 20))
    assert found == [UNCONFIRMED] + [NOT_REACHED] * 20
    assert len(gateway.calls) == 2

    gateway.troubles = ["drop"] * 2
    found = send(account, make_texts(*["A"] * 20))
    assert found == [UNCONFIRMED] * 20
    assert len(gateway.calls) == 4


def test_gateway_out_of_reach_has_taken_nothing(gateway, account):
    gateway.stop()
    assert send(account, make_texts("A", "B")) == [NOT_REACHED] * 2
    with pytest.raises(NotReachedError):
        account.get_balance()


def test_one_bad_sms_keeps_no_other_one_back(gateway, account):
    gateway.errors = {"+48600100007": 13, "+48600100008": 11}
    found = send(account, make_texts(*map(str, range(20))))
    assert found[7:9] == [(REFUSED, 13), (REFUSED, 11)]
    assert found.count(ACCEPTED) == 18
    assert len(gateway.messages) == 18


@pytest.mark.parametrize(
    "code", [14, 70, 74, 98, 101, 102, 103, 105, 110, 200, 201, 202, 203, 401, 998, 999]
)
def test_what_is_wrong_with_all_is_asked_once(gateway, account, code):
    gateway.error = code
    texts = make_texts("A", "B", "C|D", "E|F")
    assert send(account, texts) == [(REFUSED, code)] * 4
    assert len(gateway.calls) == 1


def test_link_leaves_where_it_may(gateway, account):
    gateway.accounts[TOKEN].may_send_links = True
    texts = make_texts("See https://a.example/x", plain="See")
    batch = Batch(account)
    batch.send(texts)
    assert batch.is_link_accepted
    assert not batch.is_link_refused
    assert bodies(gateway) == {"+48600100000": "See https://a.example/x"}


def test_refused_link_is_left_out_once(gateway, account):
    texts = (
        make_texts("See https://a.example/x", plain="See") + make_texts("A", "B")[1:]
    )
    batch = Batch(account)
    outcomes = batch.send(texts)
    assert {outcome.kind for outcome in outcomes.values()} == {ACCEPTED}
    assert batch.is_link_refused
    assert not batch.is_link_accepted
    assert bodies(gateway) == {"+48600100000": "See", "+48600100001": "B"}
    assert len(gateway.calls) == 2


def test_refused_short_link_is_left_out_once(gateway, account):
    gateway.accounts[TOKEN].may_shorten = False
    texts = make_texts("See [%idzdo:https://a.example/x%]", plain="See")
    batch = Batch(account)
    outcomes = batch.send(texts)
    assert {outcome.kind for outcome in outcomes.values()} == {ACCEPTED}
    assert batch.is_link_refused
    assert bodies(gateway) == {"+48600100000": "See"}
    assert len(gateway.calls) == 2


def test_reports_of_single_sms_alone_are_asked_for_singly(gateway):
    gateway.accounts[TOKEN].reports_singly = True
    account = Account(TOKEN, f"{gateway.url}/", notify_url="https://a.example/report")
    assert send(account, make_texts("A", "B", "C")) == [ACCEPTED] * 3
    assert len(gateway.calls) == 1 + 3
    assert {sms.report_url for sms in gateway.messages} == {"https://a.example/report"}


def test_address_that_can_not_be_called_costs_the_reports_alone(gateway):
    account = Account(TOKEN, f"{gateway.url}/", notify_url="localhost")
    assert send(account, make_texts("A", "B|C")) == [ACCEPTED] * 2
    assert {sms.report_url for sms in gateway.messages} == {""}
    assert len(gateway.calls) == 3


def test_text_that_is_a_link_alone_is_refused(gateway, account):
    texts = make_texts("https://a.example/x", plain="")
    assert send(account, texts) == [(REFUSED, 94)]
    texts = make_texts("http", plain=None)  # looks like one to the gateway alone
    assert send(account, texts) == [(REFUSED, 94)]
    assert gateway.messages == []


def test_foreign_number_that_is_left_out_is_no_other_ones_result(gateway):
    account = Account(TOKEN, f"{gateway.url}/", skip_foreign=1)
    texts = make_texts("A", "B", "C")
    foreign = Text("f" * 32, "f" * 32, "49151234567", "D")
    found = send(account, [texts[0], foreign, *texts[1:]])
    assert found == [ACCEPTED, UNCONFIRMED, ACCEPTED, ACCEPTED]


def test_answer_about_another_number_is_no_answer(gateway, account):
    class Mixed(Account):
        def send(self, texts):
            results = super().send(texts)
            results[0].idx, results[1].idx = results[1].idx, results[0].idx
            return results

    mixed = Mixed(TOKEN, f"{gateway.url}/")
    assert send(mixed, make_texts("A", "B")) == [UNCONFIRMED] * 2


def test_test_mode_sends_nothing(gateway):
    account = Account(TOKEN, f"{gateway.url}/", test=1)
    assert send(account, make_texts("A")) == [ACCEPTED]
    assert gateway.messages == []


def test_balance_and_names(gateway, account):
    assert account.get_balance() == (100.0, 588)
    assert account.get_names() == ["Zielony Dom"]


def test_wrong_token_is_told_without_it(gateway):
    account = Account("another-secret", f"{gateway.url}/")
    with pytest.raises(RefusedError) as refusal:
        account.get_balance()
    assert refusal.value.code == 101
    assert "secret" not in repr(refusal.value)


def test_answer_that_takes_too_long_is_asked_for(gateway, account, monkeypatch):
    monkeypatch.setattr(account_module, "TIMEOUT", 0.5)
    gateway.troubles = ["silent"]
    assert send(account, make_texts("A", "B")) == [ACCEPTED] * 2
    assert len(gateway.messages) == 2


def test_error_of_http_may_have_smsapis_error_in_it(account, monkeypatch):
    def refuse(self, *_arguments):
        self.send_response(401)
        self.end_headers()
        self.wfile.write(b'{"error": 105, "message": "Wrong IP"}')

    monkeypatch.setattr(smsapi_gateway._Handler, "do_GET", refuse)
    with pytest.raises(RefusedError) as refusal:
        account.get_balance()
    assert (refusal.value.code, refusal.value.text) == (105, "Wrong IP")


@pytest.mark.parametrize(
    ("status", "error"),
    [(401, RefusedError), (404, NotReachedError), (503, NotReachedError)],
)
def test_refusal_of_http_is_certain(account, monkeypatch, status, error):
    monkeypatch.setattr(
        smsapi_gateway._Handler, "do_GET", lambda self: self.send_error(status)
    )
    with pytest.raises(error):
        account.get_balance()


def test_error_of_the_server_is_no_answer(account, monkeypatch):
    def refuse(self, *_arguments):
        self.send_error(500, "Oops")

    monkeypatch.setattr(smsapi_gateway._Handler, "do_GET", refuse)
    with pytest.raises(NoAnswerError):
        account.get_balance()


def test_outcome_says_what_smsapi_calls_the_sms(gateway, account):
    [text] = make_texts("A")
    outcomes = Batch(account).send([text])
    [sms] = gateway.messages
    assert outcomes == {text.uuid: Outcome(ACCEPTED, smsapi_id=sms.id)}
