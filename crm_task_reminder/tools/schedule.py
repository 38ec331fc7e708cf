"""When a reminder is due. All datetimes are naive UTC unless said otherwise."""

from datetime import datetime, time, timedelta, timezone
from functools import cache
from io import BytesIO
from zoneinfo import ZoneInfo

import pytz

#: Longest time before or after a date of a task that a reminder may be set to.
MAX_TIME_BEFORE = timedelta(days=366)

#: The zone of who has none.
DEFAULT_ZONE = "UTC"
#: The last moment that there is, to the second.
END_OF_CALENDAR = datetime.max.replace(microsecond=0)

#: Units that are absolute spans of time: an hour is an hour, clocks changed or not.
ABSOLUTE_UNITS = {"minutes", "hours"}


def get_due_at(start, duration, unit, tz, minute=None):
    """Return the moment that lies ``duration`` units before ``start``, or after it.

    Minutes and hours are absolute. Days and weeks are counted on the calendar of the
    zone, so that 9:00 stays 9:00 across a change of clocks; a wall-clock time that the
    change skips becomes the same moment counted with the offset before the change.

    :param datetime start: naive UTC
    :param int duration: number of units; negative for a time after ``start``
    :param str unit: ``minutes``, ``hours``, ``days`` or ``weeks``
    :param str tz: name of the zone in which days are counted, e.g. ``Europe/Warsaw``
    :param int | None minute: minute of the day at which it is due, by the clock of that
        zone; only where days or weeks are counted. As the start has it unless given
    :return datetime: naive UTC; the first or last moment there is for what lies outside
        of the calendar
    """
    try:
        span = timedelta(**{unit: duration})
        if unit in ABSOLUTE_UNITS or (not duration and minute is None):
            return start - span
        local = to_local(start, tz) - span
        if minute is not None:
            local = local.combine(local.date(), to_time(minute), local.tzinfo)
        return to_utc(local)
    except OverflowError:
        return END_OF_CALENDAR if duration < 0 else datetime.min


def add_on_calendar(moment, delta, tz):
    """Return ``moment`` moved by ``delta`` with its wall-clock time in ``tz`` kept.

    :param datetime moment: naive UTC
    :param dateutil.relativedelta.relativedelta delta: days, weeks, months or years
    :param str tz: name of a time zone
    :return datetime: naive UTC; the last moment there is for what lies after it
    """
    try:
        return to_utc(to_local(moment, tz) + delta)
    except (OverflowError, ValueError):
        return END_OF_CALENDAR


def shift(moment, span):
    """Return ``moment`` moved by a span of time, no further than the calendar goes.

    :param datetime moment: naive
    :param timedelta span: negative for what lies before
    """
    try:
        return moment + span
    except OverflowError:
        return END_OF_CALENDAR if span > timedelta() else datetime.min


def to_local(moment, tz):
    """Return the naive UTC ``moment`` as an aware datetime in the zone ``tz``.

    In UTC where the zone's clock would show a day before or after the calendar.
    """
    aware = moment.replace(tzinfo=timezone.utc)
    try:
        return aware.astimezone(_get_zone(tz))
    except OverflowError:
        return aware


def to_time(minute):
    """Return a minute of the day, 0 to 1439, as a ``time`` (naive)."""
    return time(*divmod(minute, 60))


def pick_zone(*names):
    """Return the first of the names that is a time zone, else ``DEFAULT_ZONE``.

    A database may hold names that are none any more, such as US/Pacific-New.

    :param names: strings, or False
    """
    return find_zone(*names) or DEFAULT_ZONE


def find_zone(*names):
    """Return the first of the names that is a time zone, None if none is.

    :param names: strings, or False
    """
    return next((name for name in names if name and _is_zone(name)), None)


@cache
def is_zone_of_country(name, code):
    """Tell whether a zone is one of a country's, by whatever name.

    :param str name: of a zone, such as Asia/Calcutta
    :param str code: of the country (ISO 3166-1), such as IN; may be empty
    :return bool: True also for a country whose zones are not known
    """
    zones = pytz.country_timezones.get(code or "")
    # an old name of a zone has the same data
    return not zones or _read_zone(name) in map(_read_zone, zones)


@cache
def _is_zone(name):
    try:
        _get_zone(name)
    except pytz.UnknownTimeZoneError:
        return False
    return True


@cache
def _get_zone(name):
    """Return a zone by one of the names that Odoo knows, which are those of pytz.

    The machine may know fewer: Debian 13 has left out the old ones, some of which
    browsers still report, such as Asia/Calcutta.

    :raise pytz.UnknownTimeZoneError: there is no such zone
    """
    return ZoneInfo.from_file(BytesIO(_read_zone(name)), key=name)


@cache
def _read_zone(name):
    with pytz.open_resource(pytz.timezone(name).zone) as file:
        return file.read()


def to_utc(local):
    """Return the aware datetime ``local`` as naive UTC."""
    return local.replace(fold=0).astimezone(timezone.utc).replace(tzinfo=None)


def fits_maximum(duration, unit):
    """Tell whether ``duration`` units are no longer than ``MAX_TIME_BEFORE``."""
    try:
        return timedelta(**{unit: duration}) <= MAX_TIME_BEFORE
    except OverflowError:
        return False
