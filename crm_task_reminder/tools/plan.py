"""The morning plan of one person on its way through the service."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from .delivery import Delivery, Refusal


@dataclass
class Plan(Delivery):
    """All tasks of one person on one day, in one form.

    ``reminder`` is a line in memory, about the first of the tasks; ``anchor`` the first
    start that is still to come. ``due_at`` is when the person's morning began (naive
    UTC), ``day`` the day in the person's zone.
    """

    company: Any = None
    tasks: Any = None
    day: date | None = None
    due_at: datetime | None = None

    @property
    def key(self):
        """What no two plans may share, see the ledger's unique index."""
        return self.day, self.channel._channel, self.address, None

    def fail(self, error):
        """Return what there is to note of the plan, not of one of its tasks."""
        return Refusal(self, error, self.recipient, has_failed=True)
