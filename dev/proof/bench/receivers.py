"""A mail server and an SMS gateway in a process of their own: what they do is not to
count as the sender's time.

They keep of each message only where it went and when. The process reads commands from
its standard input, a line each, and answers each with a line of JSON.
"""

import asyncio
import json
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from dev.machine.project import ROOT
from dev.office.mailbox import Mailbox
from dev.office.sms_gateway import Sms, SmsGateway
from dev.office.smsapi_gateway import SmsapiGateway, SmsapiSms
from dev.office.twilio_gateway import TwilioGateway, TwilioSms
from dev.proof.bench.distance import DistantProxy, make_certificate


class Receivers:
    """The process, seen from outside. A context manager: started, then stopped."""

    def __enter__(self) -> "Receivers":
        self._process = subprocess.Popen(
            [sys.executable, "-m", "dev.proof.bench.receivers"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,  # Ctrl-C ends it through `__exit__`
        )
        answer = self._answer()
        self.certificate = answer.pop("certificate")  # of who is behind the proxy
        # "email", "far" (e-mail, too), "sms", "proxy" (to SMSAPI and Twilio) → port
        self.ports = answer
        return self

    def __exit__(self, *_exception: object) -> None:
        self._process.stdin.close()
        self._process.wait(10)

    def take(self) -> list[tuple[str, float]]:
        """Return the (address, time in seconds) of what has come since the last call.

        The clock is that of `time.monotonic`, the same for all processes.
        """
        print("take", file=self._process.stdin, flush=True)
        return [tuple(arrival) for arrival in self._answer()]

    def _answer(self):
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError("The process of the receivers has ended.")
        return json.loads(line)


#: Seconds that a mail takes at the server that is far away.
FAR_SECONDS = 0.055
#: Seconds to SMSAPI and to Twilio, each way.
DISTANCE = 0.02
#: The account at SMSAPI.
TOKEN = "bench"
POINTS = 1_000_000.0


class _Inbox(Mailbox):
    """A mailbox that takes a message without a look at what is in it."""

    arrivals: list

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802
        """Keep the addresses."""
        if self.delay:
            await asyncio.sleep(self.delay)
        now = time.monotonic()
        self.arrivals += [(address, now) for address in envelope.rcpt_tos]
        return "250 OK"


def main() -> None:
    """Receive until the standard input ends."""
    arrivals: list[tuple[str, float]] = []

    def keep(sms: Sms | SmsapiSms | TwilioSms) -> None:
        arrivals.append((sms.number, time.monotonic()))

    near, far = _Inbox(), _Inbox()
    near.arrivals = far.arrivals = arrivals
    far.delay = FAR_SECONDS
    smsapi = SmsapiGateway(keep)
    smsapi.add_account(TOKEN, points=POINTS)
    distant = {"api.smsapi.pl": smsapi, "api.twilio.com": TwilioGateway(keep)}
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        certificate = folder / "certificate.pem"
        context = make_certificate([*distant], certificate)
        for gateway in distant.values():
            gateway.tls = context
            stack.enter_context(gateway)
        ports = {host: gateway.port for host, gateway in distant.items()}
        proxy = stack.enter_context(DistantProxy(ports, DISTANCE))
        stack.enter_context(near)
        stack.enter_context(far)
        gateway = stack.enter_context(SmsGateway(keep))
        ports = {"email": near.port, "far": far.port, "sms": gateway.port}
        _tell({**ports, "proxy": proxy.port, "certificate": str(certificate)})
        for _command in sys.stdin:
            taken = arrivals[:]
            del arrivals[: len(taken)]
            _tell(taken)


def _tell(answer: object) -> None:
    print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
