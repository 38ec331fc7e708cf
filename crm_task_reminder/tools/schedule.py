"""When a reminder is due. All datetimes are naive UTC unless said otherwise."""

from datetime import datetime, timedelta, timezone
from functools import cache
from zoneinfo import ZoneInfo

import pytz

#: Longest time before the start of a task that a reminder may be set to.
MAX_TIME_BEFORE = timedelta(days=366)

#: Units that are absolute spans of time: an hour is an hour, clocks changed or not.
ABSOLUTE_UNITS = {"minutes", "hours"}


def get_due_at(start, duration, unit, tz):
    """Return the moment that lies ``duration`` units before ``start``.

    Minutes and hours are absolute. Days and weeks are counted on the calendar of the
    zone, so that 9:00 stays 9:00 across a change of clocks; a wall-clock time that the
    change skips becomes the same moment counted with the offset before the change.

    :param datetime start: naive UTC
    :param int duration: number of units, 0 or more
    :param str unit: ``minutes``, ``hours``, ``days`` or ``weeks``
    :param str tz: name of the zone in which days are counted, e.g. ``Europe/Warsaw``
    :return datetime: naive UTC; ``datetime.min`` for what lies before the calendar
    """
    try:
        span = timedelta(**{unit: duration})
        if unit in ABSOLUTE_UNITS:
            return start - span
        return to_utc(to_local(start, tz) - span)
    except OverflowError:
        return datetime.min


def add_on_calendar(moment, delta, tz):
    """Return ``moment`` moved by ``delta`` with its wall-clock time in ``tz`` kept.

    :param datetime moment: naive UTC
    :param dateutil.relativedelta.relativedelta delta: days, weeks, months or years
    :param str tz: name of a time zone
    :return datetime: naive UTC
    """
    return to_utc(to_local(moment, tz) + delta)


def to_local(moment, tz):
    """Return the naive UTC ``moment`` as an aware datetime in the zone ``tz``."""
    return moment.replace(tzinfo=timezone.utc).astimezone(_get_zone(tz))


@cache
def _get_zone(name):
    """Return a zone by one of the names that Odoo knows, which are those of pytz.

    The machine may know fewer: Debian 13 has left out the old ones, some of which
    browsers still report, such as Asia/Calcutta.
    """
    with pytz.open_resource(pytz.timezone(name).zone) as file:
        return ZoneInfo.from_file(file, key=name)


def to_utc(local):
    """Return the aware datetime ``local`` as naive UTC."""
    return local.replace(fold=0).astimezone(timezone.utc).replace(tzinfo=None)


def fits_maximum(duration, unit):
    """Tell whether ``duration`` units are no longer than ``MAX_TIME_BEFORE``."""
    try:
        return timedelta(**{unit: duration}) <= MAX_TIME_BEFORE
    except OverflowError:
        return False
