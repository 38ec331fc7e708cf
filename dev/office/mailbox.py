"""A local SMTP server that keeps what it receives.

Several can run at once, each on a port of its own, to see which account was used.
"""

import asyncio
import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller

from dev.machine.process import wait_until
from dev.office.server import free_port

# aiosmtpd writes down every command it is given.
logging.getLogger("mail.log").setLevel(logging.WARNING)


@dataclass(frozen=True)
class Mail:
    """One message as it arrived: the envelope, and what is in it."""

    server: str  # the name of the mailbox that received it
    envelope_from: str
    envelope_to: tuple[str, ...]
    message: EmailMessage

    @property
    def sender(self) -> str:
        """The From header."""
        return str(self.message["From"] or "")

    @property
    def subject(self) -> str:
        """The Subject header, decoded."""
        return str(self.message["Subject"] or "")

    def text(self, kind: str = "plain") -> str:
        """Return the body, decoded.

        :param kind: ``plain`` or ``html``
        :return: an empty text when the message has no such part
        """
        part = self.message.get_body((kind,))
        return part.get_content() if part else ""


class Mailbox:
    """An SMTP server. A context manager: started, then stopped."""

    def __init__(
        self, name: str = "mailbox", on_mail: Callable[[Mail], None] | None = None
    ):
        """Describe the server; `start` starts it.

        :param name: what `Mail.server` says
        :param on_mail: called with each message as it arrives, in another thread
        """
        self.name = name
        self.host = "127.0.0.1"
        self.port = free_port()
        self.on_mail = on_mail
        # Sender's address -> SMTP answer, such as "553 5.7.1 Not yours".
        self.refused_senders: dict[str, str] = {}
        # Recipient's address -> SMTP answer, such as "550 5.1.1 No such user" or
        # "451 4.3.0 Later".
        self.refused: dict[str, str] = {}
        # Addresses whose mails are taken, and then the line drops instead of an answer.
        self.dropped: set[str] = set()
        # Address -> what is answered when its mail was taken, instead of "250 OK".
        self.answers: dict[str, str] = {}
        # Addresses at which the line drops before anything of their mails was taken.
        self.hung_up: set[str] = set()
        self.delay = 0.0  # seconds that each mail takes
        # Mails that a session takes, 0: any number; then the line drops, or the next
        # sender is answered with this, such as "421 Too many".
        self.per_session = 0
        self.full = ""
        self.most_at_once = 0  # mails that sessions have sent side by side
        self.allowed_at_once = 0  # 0: any number; others are answered 421
        self._at_once = 0
        # Sessions of which nothing has come since their last mail was taken: nobody
        # knows whether its answer was read.
        self._unread: set[object] = set()
        self._mails: list[Mail] = []
        self._lock = threading.Lock()
        self._controller: Controller | None = None

    def __enter__(self) -> "Mailbox":
        self.start()
        return self

    def __exit__(self, *_exception: object) -> None:
        self.stop()

    def start(self) -> None:
        """Listen; on the same port again after a `stop`."""
        self._controller = Controller(
            self,
            hostname=self.host,
            port=self.port,
            server_hostname="localhost",  # else it asks the network for its name
            enable_SMTPUTF8=True,
        )
        self._controller.start()

    def stop(self) -> None:
        """Listen no more: connections are refused. What came in stays."""
        if self._controller:
            self._controller.stop()
            self._controller = None

    @property
    def mails(self) -> list[Mail]:
        """What has arrived so far, oldest first."""
        with self._lock:
            return list(self._mails)

    def to(self, address: str) -> list[Mail]:
        """Return the messages delivered to `address`."""
        wanted = address.lower()
        return [
            mail
            for mail in self.mails
            if wanted in (known.lower() for known in mail.envelope_to)
        ]

    def wait_for(
        self, address: str, number: int = 1, seconds: float = 90
    ) -> list[Mail]:
        """Wait until `address` has got `number` messages; return those it has."""
        wait_until(lambda: len(self.to(address)) >= number, seconds)
        return self.to(address)

    @property
    def unread_count(self) -> int:
        """How many mails were taken whose senders said nothing any more after that."""
        return len(self._unread)

    def clear(self) -> None:
        """Forget what has arrived, and accept every address again."""
        with self._lock:
            self._mails.clear()
        self._unread.clear()
        self.refused.clear()
        self.refused_senders.clear()
        self.dropped.clear()
        self.answers.clear()
        self.hung_up.clear()
        self.delay, self.per_session, self.full = 0.0, 0, ""
        self.most_at_once = self.allowed_at_once = self._at_once = 0

    # What aiosmtpd calls, in its own thread and with its own signatures.

    async def handle_MAIL(self, server, session, envelope, address, options):  # noqa: N802
        """Accept a sender, or answer with what `refused_senders` says."""
        self._unread.discard(session)
        if self.per_session and getattr(session, "count", 0) >= self.per_session:
            if not self.full:
                server.transport.abort()
            return self.full or "250 OK"
        if self.allowed_at_once and self._at_once >= self.allowed_at_once:
            return "421 4.7.0 Too many at once"
        if answer := self.refused_senders.get(address):
            return answer
        self._at_once += 1
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(self, server, _session, envelope, address, options):  # noqa: N802
        """Accept a recipient, or answer with what `refused` says."""
        if address in self.hung_up:
            server.transport.abort()
        if answer := self.refused.get(address):
            return answer
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 OK"

    async def handle_QUIT(self, _server, session, _envelope):  # noqa: N802
        """Let a session end."""
        self._unread.discard(session)
        return "221 Bye"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        """Keep a message."""
        session.count = getattr(session, "count", 0) + 1
        self.most_at_once = max(self.most_at_once, self._at_once)
        if self.delay:
            await asyncio.sleep(self.delay)
        self._at_once -= 1
        mail = Mail(
            self.name,
            envelope.mail_from,
            tuple(envelope.rcpt_tos),
            message_from_bytes(envelope.content, policy=policy.default),
        )
        self._unread.add(session)
        with self._lock:
            self._mails.append(mail)
        if self.on_mail:
            self.on_mail(mail)
        if self.dropped.intersection(envelope.rcpt_tos):
            server.transport.abort()
        return self.answers.get(envelope.rcpt_tos[0], "250 OK")
