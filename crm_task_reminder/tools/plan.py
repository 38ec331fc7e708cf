"""The morning plan of one person on its way through the service."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from .delivery import Delivery


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

    @property
    def moments(self):
        """What was told: pairs of a task's id and its start."""
        return get_moments(self.tasks)


def get_moments(tasks):
    """Return tasks with their starts, as the ledger keeps them.

    :param project.task tasks:
    :return list[list]: pairs of an id and a moment (naive UTC, ISO 8601)
    """
    return [[task.id, task.planned_date_begin.isoformat()] for task in tasks]
