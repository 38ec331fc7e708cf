"""Answers that are none of SMSAPI's: cut, empty, of another kind, made to break.

Whatever comes, the SMS is accepted, refused or in doubt, and no error says what was
sent.
"""

import pytest

from odoo.addons.sms_smsapi.tools import account as account_module
from odoo.addons.sms_smsapi.tools.account import Account, NoAnswerError, SmsapiError
from odoo.addons.sms_smsapi.tools.batch import (
    ACCEPTED,
    NOT_REACHED,
    REFUSED,
    UNCONFIRMED,
    Batch,
    Text,
)

from dev.office import smsapi_gateway
from dev.office.smsapi_gateway import SmsapiGateway

TOKEN = "secret-token"
UUID = f"{1:032x}"
MANY = "9" * 5000


def make_list(values):
    """Return an answer about one SMS with further values, as JSON."""
    return f'{{"count": 1, "list": [{{"idx": "{UUID}", {values}}}]}}'


@pytest.fixture
def account(monkeypatch):
    monkeypatch.setattr(account_module, "TIMEOUT", 2)
    with SmsapiGateway() as gateway:
        yield Account(TOKEN, f"{gateway.url}/")


def answer_all(monkeypatch, status, body, length=None):
    """Have the gateway answer all calls in one way."""

    def answer(self, *_arguments):
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        content = body if isinstance(body, bytes) else body.encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(length or len(content)))
        self.end_headers()
        self.wfile.write(content)

    for method in ("do_GET", "do_POST"):
        monkeypatch.setattr(smsapi_gateway._Handler, method, answer)


def send(account):
    text = Text(UUID, UUID, "48600100200", "Hello")
    return Batch(account).send([text])[UUID]


@pytest.mark.parametrize(
    "body",
    [
        "",
        "null",
        "[]",
        "[1, 2]",
        "true",
        "<html>Thank you</html>",
        b"\xff\xfe\x00",
        '{"count": 1, "li',
        '{"count": 1, "list": null}',
        '{"count": 1, "list": [null]}',
        '{"count": 1, "list": "abc"}',
        '{"count": 1, "list": [{}]}',
        "[" * 5000,
        '{"error": null, "message": "x"}',
        '{"error": "\u00b2", "message": "x"}',
        '{"error": 1e999, "message": "x"}',
        f'{{"error": "{MANY}", "message": "x"}}',
        f'{{"error": {MANY}, "message": "x"}}',
    ],
)
def test_what_is_no_answer_leaves_it_in_doubt(account, monkeypatch, body):
    answer_all(monkeypatch, 200, body)
    assert send(account).kind == UNCONFIRMED
    with pytest.raises(NoAnswerError) as error:
        account.get_balance()
    assert TOKEN not in repr(error.value)


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        ('"error": null, "id": {"a": 1}', ACCEPTED),
        ('"error": null, "number": ["x"]', ACCEPTED),
        ('"error": null, "number": "\u00b2"', UNCONFIRMED),
        ('"error": "\u00b2"', REFUSED),
        (f'"error": "{MANY}"', REFUSED),
        ('"error": 98765', REFUSED),
    ],
)
def test_odd_values_of_one_sms(account, monkeypatch, values, kind):
    answer_all(monkeypatch, 200, make_list(values))
    assert send(account).kind == kind


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (500, "", UNCONFIRMED),
        (500, "<html>", UNCONFIRMED),
        (500, '{"error": 201}', REFUSED),
        (502, "[" * 5000, UNCONFIRMED),
        (503, "", NOT_REACHED),
        (400, "null", NOT_REACHED),
        (404, '"error"', NOT_REACHED),
        (301, "", NOT_REACHED),
        (204, "", UNCONFIRMED),
    ],
)
def test_odd_answers_of_http(account, monkeypatch, status, body, kind):
    answer_all(monkeypatch, status, body)
    assert send(account).kind == kind


def test_answer_that_is_cut_in_the_middle(account, monkeypatch):
    answer_all(monkeypatch, 200, make_list('"error": null'), length=9000)
    assert send(account).kind == UNCONFIRMED


@pytest.mark.parametrize(
    "body",
    [
        '{"points": "inf", "proCount": 1}',
        '{"points": 1e999, "proCount": 1}',
        '{"points": 5, "proCount": "Infinity"}',
        '{"points": NaN, "proCount": 1}',
        '{"points": {}, "proCount": []}',
    ],
)
def test_odd_balances_are_not_known(account, monkeypatch, body):
    answer_all(monkeypatch, 200, body)
    with pytest.raises(NoAnswerError):
        account.get_balance()


@pytest.mark.parametrize(
    "body", ['[{"sender": ["x"], "status": "ACTIVE"}]', '[{"sender": 5}]', "[[]]"]
)
def test_odd_names_are_none(account, monkeypatch, body):
    answer_all(monkeypatch, 200, body)
    try:
        assert account.get_names() == []
    except SmsapiError as error:
        assert TOKEN not in repr(error)
