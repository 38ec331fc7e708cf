"""What the local SMS gateways have in common: a server, and what came in."""

import ssl
import threading
import urllib.parse
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from dev.machine.process import wait_until
from dev.office.server import free_port


class LocalGateway:
    """A gateway on this machine. A context manager: started, then stopped.

    Its messages have a `number` in the form +48600100200.
    """

    handler: type[BaseHTTPRequestHandler]  # gets the gateway as its attribute `gateway`

    def __init__(self):
        """Choose a port; `start` starts it."""
        self.port = free_port()
        self.tls: ssl.SSLContext | None = None  # as which it serves, if not plainly
        self._messages: list = []
        # reentrant: one message may be looked up while another is taken
        self._lock = threading.RLock()
        self._server: ThreadingHTTPServer | None = None

    @property
    def url(self) -> str:
        """The address for the system parameter that points Odoo at it."""
        return f"http://127.0.0.1:{self.port}"

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_exception: object) -> None:
        self.stop()

    def start(self) -> None:
        """Listen; on the same port again after a `stop`."""
        handler = type("Handler", (self.handler,), {"gateway": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", self.port), handler)
        if self.tls:
            # The handshake is made by the thread of its connection, at the first byte.
            self._server.socket = self.tls.wrap_socket(
                self._server.socket, server_side=True, do_handshake_on_connect=False
            )
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        """Listen no more: connections are refused. What came in stays."""
        if self._server:
            self._server.shutdown()
            self._server.server_close()
            self._server = None

    @property
    def messages(self) -> list:
        """What has been accepted so far, oldest first."""
        with self._lock:
            return list(self._messages)

    def to(self, number: str) -> list:
        """Return the messages to `number` (in the form +48600100200)."""
        return [sms for sms in self.messages if sms.number == number]

    def wait_for(self, number: str, count: int = 1, seconds: float = 90) -> list:
        """Wait until `number` has got `count` messages; return those it has."""
        wait_until(lambda: len(self.to(number)) >= count, seconds)
        return self.to(number)

    @staticmethod
    def call_back(
        url: str, headers: dict[str, str] | None = None, **values: str
    ) -> str:
        """Call an address as the gateway does, by POST; return the answer.

        :raises OSError: the answer is an error
        """
        data = urllib.parse.urlencode(values).encode()
        call = urllib.request.Request(url, data, headers or {})
        with urllib.request.urlopen(call, timeout=30) as answer:
            return answer.read().decode()
