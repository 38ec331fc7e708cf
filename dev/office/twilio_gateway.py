"""A local gateway that speaks Twilio, as far as Odoo's client for it goes: one SMS per
call of ``/2010-04-01/Accounts/…/Messages.json``. What somebody writes to a number it
brings with Twilio's signature.
"""

import base64
import hashlib
import hmac
import json
import urllib.parse
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from itertools import count

from dev.office.local_gateway import LocalGateway

ANSWER_NUMBER = "+48221234567"  # where customers write to


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

    def __init__(self, on_sms: Callable[[TwilioSms], None] | None = None):
        """Describe the gateway; entering it starts it.

        :param on_sms: called with each message as it arrives, in another thread
        """
        super().__init__()
        self.on_sms = on_sms
        self._texts = count(1)

    def take(self, values: dict[str, str]) -> dict:
        """Take an SMS and return the answer."""
        sms = TwilioSms(values["To"], values["Body"], values["From"])
        with self._lock:
            self._messages.append(sms)
            sid = f"SM{len(self._messages):032x}"
        if self.on_sms:
            self.on_sms(sms)
        return {"sid": sid, "status": "queued", "error_code": None}

    def bring(self, url: str, token: str, number: str, text: str, **values: str) -> str:
        """Bring Odoo what somebody writes, signed; return its answer.

        :param url: the webhook that was entered for the number
        :param token: the account's secret
        :param number: whose text it is, in the form +48600100200
        :raises OSError: Odoo does not take it
        """
        sid = f"SM{next(self._texts):032d}"
        fields = {
            "ToCountry": "PL",
            "MessageSid": sid,
            "SmsMessageSid": sid,
            "NumSegments": "1",
            "NumMedia": "0",
            "From": number,
            "To": ANSWER_NUMBER,
            "Body": text,
            "ApiVersion": "2010-04-01",
            **values,
        }
        headers = {"X-Twilio-Signature": sign(token, url, fields)}
        return self.call_back(url, headers, **fields)


def sign(token: str, url: str, fields: dict[str, str]) -> str:
    """Return the signature of a call by POST, as Twilio's documents have it."""
    signed = hmac.new(token.encode(), url.encode(), hashlib.sha1)
    for name, value in sorted(fields.items()):
        signed.update(f"{name}{value}".encode())
    return base64.b64encode(signed.digest()).decode()
