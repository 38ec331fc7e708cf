"""A text that has come in, whichever provider has brought it."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class IncomingText:
    """One SMS of a customer.

    ``provider`` and ``ident`` are who has brought it and by what name: brought once
    more, it has the same. ``number``, ``body`` and ``receiver``, the number that was
    written to, are as they came. ``sent_at`` is naive UTC. None, or empty, is what was
    not told.
    """

    provider: str
    ident: str
    number: str
    body: str
    sent_at: datetime | None = None
    receiver: str = ""
