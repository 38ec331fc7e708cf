"""Whom a reminder goes to, and one message on its way through the service."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from .errors import ReminderError
from .outcomes import get_refused_state


@dataclass(frozen=True)
class Recipient:
    """Somebody a task's reminder goes to.

    ``partner`` is an empty recordset for an employee without a contact, ``employee``
    one where what is used to reach somebody is not of an ``hr.employee``. ``lang`` is
    the code of an installed language, ``tz`` the name of a time zone, ``country`` the
    ``res.country`` that a number without a prefix belongs to. ``is_internal`` says that
    it is a colleague who signs in to Odoo.
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
    is_internal: bool = False


@dataclass
class Delivery:
    """One message: a reminder, its recipient, the form, address and text of it.

    ``channel`` is the model that sends it; ``anchor`` the date of the task that it is
    about (naive UTC), ``turn`` how often it was sent for that date before. ``content``
    has the parts of the text, which belong to this delivery alone. ``others`` are
    further recipients of the same address, who share the message. ``instead_of`` says
    why the form of the reminder itself was not possible, and ``instead_of_id`` is the
    id of the ledger's row about that. ``leave_at`` is when it may leave (naive UTC),
    False if at any hour, and ``is_early`` whether that is still to come. ``news`` is
    what a line that tells news has to tell this address: a moment and the start that it
    was told before, or False. ``row`` has values of its ledger row beside those that
    each has.
    """

    reminder: Any
    recipient: Recipient
    channel: Any
    address: str
    template: Any
    anchor: datetime | bool = False
    turn: int = 0
    content: dict = field(default_factory=dict)
    others: list[Recipient] = field(default_factory=list)
    leave_at: datetime | bool = False
    is_early: bool = False
    row: dict = field(default_factory=dict)
    instead_of: "Refusal | None" = None
    instead_of_id: int | bool = False
    news: tuple | None = None

    @cached_property
    def task(self):
        return self.reminder.task_id

    @property
    def is_moved(self):
        """Whether it leaves at another time than its reminder is due."""
        return bool(self.leave_at) and self.leave_at != self.reminder.due_at

    @property
    def key(self):
        """What no two messages may share, see the ledger's unique index."""
        place = self.reminder.id, self.anchor, self.channel._channel, self.address
        return *place, self.turn

    @property
    def person(self):
        """Who it is for, whatever the form, as the ledger's rows know somebody."""
        recipient = self.recipient
        who = recipient.partner.id, recipient.employee.id
        return self.reminder.id, self.anchor, self.turn, *who

    def fail(self, error):
        """Return what there is to note where it can't be made.

        :param ReminderError error:
        :return Refusal:
        """
        return Refusal(self.reminder, error, self.recipient, has_failed=True)


@dataclass(frozen=True)
class Refusal:
    """Why a reminder does not go to somebody.

    ``recipient`` is None where the reason holds for all of them; ``has_failed`` says
    that it was tried.
    """

    reminder: Any
    error: ReminderError
    recipient: Recipient | None = None
    address: str = ""
    has_failed: bool = False

    @property
    def state(self):
        """The state of the ledger row about it."""
        if self.has_failed:
            return "failed"
        return get_refused_state(self.error.reason)
