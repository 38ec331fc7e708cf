"""Whom a reminder goes to, and one message on its way through the service."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any


@dataclass(frozen=True)
class Recipient:
    """Somebody a task's reminder goes to.

    ``partner`` is an empty recordset for an employee without a contact, ``employee``
    one where what is used to reach somebody is not of an ``hr.employee``. ``lang`` is
    the code of an installed language, ``tz`` the name of a time zone, ``country`` the
    ``res.country`` that a number without a prefix belongs to.
    """

    name: str
    partner: Any
    email: str
    phone: str
    country: Any
    lang: str
    tz: str
    employee: Any
    active: bool = True


@dataclass
class Delivery:
    """One message: a reminder, its recipient, the address used, the content."""

    reminder: Any
    recipient: Recipient
    address: str
    content: dict = field(default_factory=dict)

    @cached_property
    def task(self):
        return self.reminder.task_id

    @property
    def key(self):
        """What no two messages may share, see the ledger's unique index."""
        reminder = self.reminder
        return (
            reminder.id,
            self.task.planned_date_begin,
            reminder.channel,
            self.address,
        )
