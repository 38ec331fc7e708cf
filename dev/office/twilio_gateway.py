"""A local gateway that speaks Twilio, as far as Odoo's client for it goes: one SMS per
call of ``/2010-04-01/Accounts/…/Messages.json``.
"""

import json
import urllib.parse
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler

from dev.office.local_gateway import LocalGateway


@dataclass(frozen=True)
class TwilioSms:
    """One text message as it was accepted."""

    number: str  # in the form +48600100200
    body: str
    sender: str


class _Handler(BaseHTTPRequestHandler):
    """One connection of Odoo to the gateway; it is kept open, as Twilio's is."""

    protocol_version = "HTTP/1.1"
    gateway: "TwilioGateway"

    def do_POST(self) -> None:
        """Take an SMS."""
        size = int(self.headers.get("Content-Length", 0))
        values = dict(urllib.parse.parse_qsl(self.rfile.read(size).decode()))
        answer = self.gateway.take(values)
        content = json.dumps(answer).encode()
        self.send_response(HTTPStatus.CREATED)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_args: object) -> None:
        """Write nothing: `on_sms` is for those who want to see."""


class TwilioGateway(LocalGateway):
    """The gateway. A context manager: started, then stopped."""

    handler = _Handler

    def __init__(self, on_sms: Callable[[TwilioSms], None]):
        """Describe the gateway; entering it starts it.

        :param on_sms: called with each message as it arrives, in another thread
        """
        super().__init__()
        self.on_sms = on_sms

    def take(self, values: dict[str, str]) -> dict:
        """Take an SMS and return the answer."""
        sms = TwilioSms(values["To"], values["Body"], values["From"])
        with self._lock:
            self._messages.append(sms)
            sid = f"SM{len(self._messages):032x}"
        self.on_sms(sms)
        return {"sid": sid, "status": "queued", "error_code": None}
