"""A task as an entry for a calendar (RFC 5545, RFC 5546)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import vobject
from vobject.icalendar import utc

from odoo.addons.crm_task_reminder.tools.plain_text import part, squeeze

#: A deadline farther from the start is no end of an appointment.
LONGEST = timedelta(hours=24)


@dataclass(frozen=True)
class Entry:
    """What a calendar shows of an appointment; moments are naive UTC.

    ``uid`` is the same for all entries about one task, and ``sequence`` rises with each
    change. ``end`` is taken where it can be one. ``is_off``: it does not take place.
    """

    uid: str
    sequence: int
    title: str
    place: str
    start: datetime
    end: datetime | bool
    written_at: datetime
    company: str
    phone: str
    email: str
    is_off: bool

    def serialize(self):
        """Return the text of a calendar with this one entry."""
        calendar = vobject.iCalendar()
        calendar.add("method").value = "CANCEL" if self.is_off else "PUBLISH"
        event = calendar.add("vevent")
        event.add("uid").value = self.uid
        event.add("sequence").value = str(self.sequence)
        event.add("dtstamp").value = _aware(self.written_at)
        event.add("summary").value = part(self.title)
        if self.place:
            event.add("location").value = part(self.place)
        event.add("dtstart").value = _aware(self.start)
        if self.end and timedelta() < self.end - self.start <= LONGEST:
            event.add("dtend").value = _aware(self.end)
        event.add("status").value = "CANCELLED" if self.is_off else "CONFIRMED"
        contact = " · ".join(filter(None, (self.company, self.phone)))
        event.add("description").value = contact
        if self.email:
            organizer = event.add("organizer")
            organizer.value = f"mailto:{self.email}"
            organizer.params["CN"] = [squeeze(self.company).replace('"', "'")]
        return calendar.serialize()


def _aware(moment):
    return moment.replace(tzinfo=utc)
