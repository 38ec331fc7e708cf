"""A local SMS gateway that speaks the protocol of Odoo's own SMS client: JSON-RPC 2.0
on ``/api/sms/3/send``, and on ``/iap/1/balance``, where Odoo asks for the credit. The
system parameters ``sms.endpoint`` and ``iap.endpoint`` point Odoo at it.
"""

import json
import threading
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler

from dev.office.local_gateway import LocalGateway

PATH = "/api/sms/3/send"
BALANCE_PATH = "/iap/1/balance"
CREDIT = 500
ANSWER_SECONDS = 60
ACCEPTED = "success"


@dataclass(frozen=True)
class Sms:
    """One text message as it was accepted."""

    number: str
    body: str
    uuid: str
    webhook: str  # where Odoo wants delivery reports
    account: str  # token of the account that pays


class _Handler(BaseHTTPRequestHandler):
    """One request of Odoo to the gateway."""

    gateway: "SmsGateway"

    def do_POST(self) -> None:
        """Answer a JSON-RPC call."""
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.gateway.requests += 1
        if self.gateway.down:
            self.send_error(HTTPStatus.SERVICE_UNAVAILABLE)
            return
        call = json.loads(body)
        answer = {"jsonrpc": "2.0", "id": call.get("id"), **self._outcome(call)}
        content = json.dumps(answer).encode()
        if self.gateway.trouble == "nonsense":
            content = b"<html>Thank you</html>"
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        is_cut = self.gateway.trouble == "cut"
        self.wfile.write(content[: len(content) // 2] if is_cut else content)

    def _outcome(self, call: dict) -> dict:
        """Return the `result` or the `error` of a call."""
        if self.path not in (PATH, BALANCE_PATH) or self.gateway.error:
            name = self.gateway.error or "not_found"
            data = {"name": name, "message": f"{self.path}: {name}"}
            return {"error": {"code": 200, "message": name, "data": data}}
        if self.path == BALANCE_PATH:
            return {"result": self.gateway.tell_credit(call["params"])}
        if self.gateway.is_poisoned(call["params"]):
            return {"error": {"code": 200, "message": "bad", "data": {"name": "bad"}}}
        results = self.gateway.accept(call["params"])
        return {"result": results[::2] if self.gateway.trouble == "half" else results}

    def log_message(self, *_args: object) -> None:
        """Write nothing: `on_sms` is for those who want to see."""


class SmsGateway(LocalGateway):
    """The gateway. A context manager: started, then stopped."""

    handler = _Handler

    def __init__(self, on_sms: Callable[[Sms], None] | None = None):
        """Describe the gateway; `start` starts it.

        :param on_sms: called with each message as it arrives, in another thread
        """
        super().__init__()
        self.on_sms = on_sms
        self.down = False  # answer 503 to everything
        self.error = ""  # answer with this JSON-RPC error, such as "server_error"
        # What goes wrong after the messages were accepted: "nonsense" answers with
        # something else than JSON, "half" leaves out every second message, "cut" drops
        # the line in the middle of the answer.
        self.trouble = ""
        # The state for all messages, such as "insufficient_credit", and that for single
        # numbers, such as "wrong_number_format".
        self.state = ACCEPTED
        self.states: dict[str, str] = {}
        # A call with one of these numbers is answered with an error, none of it taken.
        self.poison: set[str] = set()
        # The credit of all accounts, and that of single ones by their token.
        self.credit: float = CREDIT
        self.credits: dict[str, float] = {}
        self.answering = threading.Event()  # cleared, the credit is told when it is set
        self.answering.set()
        self.requests = 0  # how often Odoo called, whatever the answer was

    def clear(self) -> None:
        """Forget what has arrived, and accept everything again."""
        with self._lock:
            self._messages.clear()
        self.down, self.error, self.state, self.requests = False, "", ACCEPTED, 0
        self.states.clear()
        self.poison.clear()
        self.trouble = ""
        self.credit = CREDIT
        self.credits.clear()
        self.answering.set()

    def report(self, sms: Sms, status: str = "delivered") -> None:
        """Send Odoo a delivery report, as the real gateway does later on.

        :param status: ``sent``, ``delivered``, or a failure such as ``not_delivered``
        :raises OSError: Odoo does not answer
        """
        statuses = [{"sms_status": status, "uuids": [sms.uuid]}]
        call = {"jsonrpc": "2.0", "params": {"message_statuses": statuses}}
        request = urllib.request.Request(
            sms.webhook,
            json.dumps(call).encode(),
            {"Content-Type": "application/json"},
        )
        urllib.request.urlopen(request, timeout=30).close()

    def tell_credit(self, params: dict) -> float:
        """Return the credit of an account, once `answering` is set."""
        self.answering.wait(ANSWER_SECONDS)
        return self.credits.get(params["account_token"], self.credit)

    def is_poisoned(self, params: dict) -> bool:
        """Return whether a call has one of the numbers in `poison`."""
        numbers = [one for message in params["messages"] for one in message["numbers"]]
        return any(one["number"] in self.poison for one in numbers)

    def accept(self, params: dict) -> list[dict]:
        """Take the messages of one call and return what became of each."""
        results = []
        for message in params["messages"]:
            for recipient in message["numbers"]:
                results.append(self._accept_one(message, recipient, params))
        return results

    def _accept_one(self, message: dict, recipient: dict, params: dict) -> dict:
        number, uuid = recipient["number"], recipient["uuid"]
        state = self.states.get(number, self.state)
        if state == ACCEPTED:
            webhook = params.get("webhook_url") or ""
            account = params.get("account_token") or ""
            sms = Sms(number, message["content"], uuid, webhook, account)
            with self._lock:
                self._messages.append(sms)
            if self.on_sms:
                self.on_sms(sms)
        return {"uuid": uuid, "state": state, "credit": int(state == ACCEPTED)}
