"""What has arrived while the server was being killed."""

import threading
from collections import Counter
from collections.abc import Callable

from dev.office.mailbox import Mail
from dev.office.sms_gateway import Sms
from dev.office.smsapi_gateway import SmsapiSms


class Arrivals:
    """What has arrived, and something to do when so many more have."""

    def __init__(self):
        """Nothing has arrived, and nothing is to be done."""
        self.emails: Counter[str] = Counter()
        self.texts: Counter[str] = Counter()
        self.done = threading.Event()
        self._fuse = 0
        self._action: Callable[[], None] | None = None
        self._lock = threading.Lock()

    def set_fuse(self, count: int, action: Callable[[], None]) -> None:
        """Call `action` before the answer to the message that is the `count`-th now."""
        with self._lock:
            self.done.clear()
            self._fuse, self._action = count, action

    def on_mail(self, mail: Mail) -> None:
        """Count a mail."""
        self._count(self.emails, *mail.envelope_to)

    def on_sms(self, sms: Sms | SmsapiSms) -> None:
        """Count an SMS."""
        self._count(self.texts, sms.number)

    def _count(self, counter: Counter[str], *addresses: str) -> None:
        with self._lock:
            counter.update(addresses)
            self._fuse -= 1
            action = self._action if self._fuse == 0 else None
            if action:
                self._action = None
        if action:
            action()
            self.done.set()
