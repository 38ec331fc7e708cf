"""A local gateway that speaks SMSAPI: SMS on ``/sms.do``, the balance on
``/user.do``, the sender's names on ``/sender.do``. The system parameter
``sms_smsapi.endpoint`` points Odoo at it.

It keeps SMSAPI's rule of the *idx*: asked to check, it refuses what it has taken
before, and the whole call with it.
"""

import json
import threading
import time
import urllib.parse
from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from itertools import count

from dev.office.local_gateway import LocalGateway

#: What joins SMSAPI to Odoo and to the reminders.
ADDONS = ("sms_smsapi", "crm_task_reminder_sms_smsapi")
ENDPOINT = "sms_smsapi.endpoint"
PRICE = 0.17  # points for a part
PART = 160
MOST = 100  # SMS in one call

BAD_TEXT, TOO_LONG, BAD_NUMBER, BAD_SENDER = 11, 12, 13, 14
WRONG_PARAMETERS, TOO_MANY, WRONG_IDX, LONG_IDX = 18, 19, 20, 27
SENT_BEFORE, LINK, UNAUTHORISED, NO_POINTS = 53, 94, 101, 103
SHORT_LINK, BAD_ADDRESS, SINGLY = 7, 70, 72

DELIVERED = 404
ANSWER_NUMBER = "48500600700"  # where customers write to
SILENCE_SECONDS = 60


@dataclass
class Account:
    """A customer of the gateway."""

    token: str
    points: float = 100.0
    names: dict[str, str] = field(default_factory=lambda: {"Test": "ACTIVE"})
    home: str = "48"  # numbers of other countries are foreign
    may_send_links: bool = False
    may_shorten: bool = True  # has the gateway make short links
    reports_singly: bool = False  # gets reports of single SMS alone
    seen: set[str] = field(default_factory=set)  # each idx that was taken


@dataclass(frozen=True)
class SmsapiSms:
    """One text message as it was accepted."""

    number: str  # in the form +48600100200
    body: str
    idx: str
    id: str
    sender: str
    report_url: str
    token: str


class GatewayError(Exception):
    """The gateway takes nothing of a call."""

    def __init__(self, code: int, text: str = "") -> None:
        super().__init__(text)
        self.answer = {"error": code, "message": text or f"Error {code}"}


class _Handler(BaseHTTPRequestHandler):
    """One request of Odoo to the gateway."""

    gateway: "SmsapiGateway"

    def do_GET(self) -> None:
        """Answer a question."""
        path, _mark, query = self.path.partition("?")
        self._answer("GET", path, query)

    def do_POST(self) -> None:
        """Answer a call that sends."""
        size = int(self.headers.get("Content-Length", 0))
        self._answer("POST", self.path, self.rfile.read(size).decode())

    def _answer(self, method: str, path: str, query: str) -> None:
        token = self.headers.get("Authorization", "").removeprefix("Bearer ")
        values = dict(urllib.parse.parse_qsl(query))
        try:
            answer = self.gateway.answer(method, path, token, values)
        except GatewayError as refusal:
            answer = refusal.answer
        time.sleep(self.gateway.pause)
        content = json.dumps(answer).encode()
        troubles = self.gateway.troubles
        trouble = troubles.pop(0) if troubles and path == "/sms.do" else ""
        if trouble == "silent":
            self.gateway.is_silent.set()
            self.gateway.answering.wait(SILENCE_SECONDS)
        if trouble in ("drop", "silent"):
            self.close_connection = True
            return
        if trouble == "nonsense":
            content = b"<html>Thank you</html>"
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_args: object) -> None:
        """Write nothing: `on_sms` is for those who want to see."""


class SmsapiGateway(LocalGateway):
    """The gateway. A context manager: started, then stopped."""

    handler = _Handler

    def __init__(self, on_sms: Callable[[SmsapiSms], None] | None = None):
        """Describe the gateway; entering it starts it.

        :param on_sms: called with each message as it arrives, in another thread
        """
        super().__init__()
        self.on_sms = on_sms
        self.accounts: dict[str, Account] = {}
        self.calls: list[dict[str, str]] = []  # of ``/sms.do``, whatever the answer was
        self._ids = count(1)
        self.clear()

    def add_account(self, token: str, **values: object) -> Account:
        """Give the gateway a customer."""
        account = Account(token, **values)
        self.accounts[token] = account
        return account

    def clear(self) -> None:
        """Forget what has arrived, and accept everything again."""
        with self._lock:
            self._messages.clear()
            self.calls.clear()
        # What is wrong: the error of every call, that of single numbers, and what
        # happens to the next calls after SMS were taken: "drop" ends the connection
        # without an answer, "nonsense" answers with something else than JSON, "silent"
        # does not answer until `answering` is set.
        self.error = 0
        self.errors: dict[str, int] = {}
        self.troubles: list[str] = []
        self.pause = 0.0  # seconds before each answer
        self.is_silent = threading.Event()
        self.answering = threading.Event()

    def report(self, *messages: SmsapiSms, status: int = DELIVERED) -> str:
        """Tell Odoo what became of messages, all in one call; return its answer.

        :raises OSError: Odoo does not take it
        """
        return self.call_back(
            messages[0].report_url,
            MsgId=",".join(sms.id for sms in messages),
            idx=",".join(sms.idx for sms in messages),
            to=",".join(sms.number.lstrip("+") for sms in messages),
            status=",".join(str(status) for _sms in messages),
        )

    def bring(self, url: str, number: str, text: str, **values: str) -> str:
        """Bring Odoo what somebody writes to the account's number; return its answer.

        :param url: the address that was entered for the number
        :param number: whose text it is, in the form +48600100200
        :raises OSError: Odoo does not take it
        """
        fields = {
            "MsgId": f"{next(self._ids):024X}",
            "sms_to": ANSWER_NUMBER,
            "sms_from": number.lstrip("+"),
            "sms_text": text,
            "sms_date": str(int(time.time())),
        }
        return self.call_back(url, **{**fields, **values})

    # ------------------------------------------------------------------
    # Calls
    # ------------------------------------------------------------------

    def answer(self, method: str, path: str, token: str, values: dict) -> object:
        """Return what a call is answered.

        :raises GatewayError: an error, as the answer has it
        """
        account = self.accounts.get(token)
        if not account:
            raise GatewayError(UNAUTHORISED, "Authorization failed")
        if (method, path) == ("GET", "/user.do") and values.get("credits"):
            parts = round(account.points / PRICE)
            return {"points": account.points, "proCount": parts, "ecoCount": parts}
        if (method, path) == ("GET", "/sender.do") and values.get("list"):
            return [
                {"sender": name, "status": status, "default": number == 0}
                for number, (name, status) in enumerate(account.names.items())
            ]
        if (method, path) == ("POST", "/sms.do"):
            with self._lock:
                self.calls.append(values)
                return self._take(account, values)
        raise GatewayError(8, "Unknown action")

    def _take(self, account: Account, values: dict[str, str]) -> dict:
        """Take the SMS of one call, all of them or none."""
        numbers, texts, ids = self._read(account, values)
        if values.get("check_idx") == "1" and account.seen & set(ids):
            raise GatewayError(SENT_BEFORE, "Not unique idx parameter")
        price = PRICE * sum(self._count_parts(text) for text in texts)
        if price > account.points:
            raise GatewayError(NO_POINTS, "No credits")
        entries = []
        is_home_only = values.get("skip_foreign") == "1"
        for number, text, idx in zip(numbers, texts, ids, strict=True):
            if is_home_only and not number.startswith(account.home):
                continue
            sms = SmsapiSms(
                number=f"+{number}",
                body=text,
                idx=idx,
                id=f"{next(self._ids):024X}",
                sender=values.get("from") or next(iter(account.names)),
                report_url=values.get("notify_url", ""),
                token=account.token,
            )
            if values.get("test") != "1":
                self._accept(account, sms)
            entries.append(self._describe_sms(sms))
        return {"count": len(entries), "list": entries}

    def _accept(self, account: Account, sms: SmsapiSms) -> None:
        account.seen.add(sms.idx)
        account.points -= PRICE * self._count_parts(sms.body)
        self._messages.append(sms)
        if self.on_sms:
            self.on_sms(sms)

    def _describe_sms(self, sms: SmsapiSms) -> dict:
        numbers = ("number", "submitted_number")
        return {
            "id": sms.id,
            "points": PRICE,
            **dict.fromkeys(numbers, sms.number.removeprefix("+")),
            "status": "QUEUE",
            "error": None,
            "idx": sms.idx,
            "parts": self._count_parts(sms.body),
        }

    def _read(
        self, account: Account, values: dict[str, str]
    ) -> tuple[list[str], list[str], list[str]]:
        """Return the numbers, texts and ids of a call.

        :raises GatewayError: something is wrong with one of them
        """
        numbers = values.get("to", "").split(",")
        ids = values["idx"].split("|") if "idx" in values else [""] * len(numbers)
        message = values.get("message", "")
        texts = [message] * len(numbers)
        if "param1" in values:
            parameters = values["param1"].split("|")
            if len(parameters) != len(numbers):
                raise GatewayError(WRONG_PARAMETERS, "Wrong number of parameters")
            texts = [message.replace("[%1%]", one) for one in parameters]
        wrong = {
            TOO_MANY: len(numbers) > MOST,
            WRONG_IDX: len(ids) != len(numbers),
            LONG_IDX: any(len(idx) > 255 for idx in ids),
            BAD_NUMBER: not all(one.isdigit() and len(one) > 8 for one in numbers),
            BAD_SENDER: account.names.get(values.get("from", ""), "ACTIVE") != "ACTIVE"
            or values.get("from", next(iter(account.names))) not in account.names,
            BAD_TEXT: not all(text.strip() for text in texts),
            TOO_LONG: any(
                self._count_parts(text) > int(values.get("max_parts", 6))
                for text in texts
            ),
            LINK: not account.may_send_links
            and any("http" in text.replace("[%idzdo:http", "") for text in texts),
            SHORT_LINK: not account.may_shorten
            and any("[%idzdo:" in text for text in texts),
            BAD_ADDRESS: not values.get("notify_url", "http").startswith("http"),
            SINGLY: account.reports_singly and len(numbers) > 1,
            self.error: bool(self.error),
        }
        single = [self.errors[f"+{one}"] for one in numbers if f"+{one}" in self.errors]
        for code in [code for code, is_so in wrong.items() if is_so] + single:
            raise GatewayError(code)
        return numbers, texts, ids

    @staticmethod
    def _count_parts(text: str) -> int:
        return -(-len(text) // PART)
