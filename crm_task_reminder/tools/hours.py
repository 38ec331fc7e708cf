"""At which hours messages may leave. All moments are naive UTC unless said otherwise.

The rule, the same everywhere: what would leave in quiet time leaves at its end, if that
is at least an hour before what it is about, else in the last minute before it began. It
is moved, never dropped.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import cache

from .schedule import to_local

#: What is held leaves at least this long before what it is about, or earlier.
LEAST_NOTICE = timedelta(hours=1)
#: How far an hour is looked for on working days alone.
REACH = timedelta(days=92)
#: How much later than planned a message may leave without being held anew: the service
#: looks once a minute, and many take their time.
PUNCTUAL = timedelta(minutes=15)
#: By how much clocks may be apart from UTC, in either direction.
WIDEST_OFFSET = timedelta(hours=15)
#: By how much clocks are put forward at once, in the zones that there are.
LONGEST_SKIP = timedelta(hours=2)
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
NEVER = 2 * REACH


@dataclass(frozen=True)
class Hours:
    """From when to when messages may leave, by the clock of whoever gets them.

    ``first`` and ``last`` are minutes of the day, 0 to 1440, the first one before the
    last. ``is_working`` tells of a day (``date``) whether it is one on which messages
    may leave; without it all are.
    """

    first: int
    last: int
    is_working: Callable[[date], bool] | None = None

    # ------------------------------------------------------------------
    # The rule
    # ------------------------------------------------------------------

    def find_moment(self, wish, anchor, tz):
        """Return when a message may leave that is wished for at a moment.

        :param datetime wish: when it would leave if there were no hours
        :param datetime | None anchor: what it has to precede; None if there is nothing
        :param str tz: the recipient's time zone
        :return datetime: ``wish`` itself where it is not in quiet time
        """
        try:
            later = self.find_next(wish, tz)
            if later and (
                later == wish or anchor is None or later <= anchor - LEAST_NOTICE
            ):
                return later
            if earlier := self.find_previous(wish, tz):
                return earlier
        except OverflowError:  # before or after the calendar: there are no hours
            return wish
        return self._forget_days().find_moment(wish, anchor, tz)

    def find_late(self, now, anchor, tz):
        """Return when a message may leave whose moment has passed.

        :param datetime | None anchor: what it has to precede; None if there is nothing
        :return datetime | None: ``now`` or the end of the quiet time; None if that is
            not before ``anchor``
        """
        moment = self.find_next(now, tz) or self._forget_days().find_next(now, tz)
        return None if anchor is not None and moment >= anchor else moment

    def is_open(self, moment, tz):
        """Tell whether messages may leave at a moment, by the clock of a zone."""
        return not self._get_wait(_read_clock(moment, tz))

    def get_earliest(self, wish, anchor):
        """Return a moment before which the message leaves in no time zone.

        It costs little, and may be hours too early: whose zone counts is not asked.

        :return datetime | None: None where the message is in no zone moved to before
            its wish
        """
        if anchor is None:
            return None
        try:
            begin, end = self._get_widest_quiet(wish)
        except OverflowError:
            return None
        return begin if end > anchor - LEAST_NOTICE else None

    def _get_widest_quiet(self, wish):
        """Return the bounds of the quiet time around a moment, the widest of any zone.

        An hour is added for a change of clocks, in which short hours may be skipped.
        """
        length = (self.last - self.first) * MINUTE
        can_be_skipped = length <= LONGEST_SKIP
        if not self.is_working:
            quiet = DAY - length + HOUR + can_be_skipped * DAY
            return wish - quiet, wish + quiet
        begin, end = wish - REACH, wish + REACH
        if can_be_skipped:
            return begin, end
        day = wish.date()
        before = self._find_day(day - DAY, -1)
        after = self._find_day(day + DAY, 1)
        if before:
            begin = _at(before, self.last) - WIDEST_OFFSET - HOUR
        if after:
            end = _at(after, self.first) + WIDEST_OFFSET + HOUR
        return begin, end

    def _forget_days(self):
        """Return the hours for a calendar that has no day within reach."""
        return replace(self, is_working=None)

    # ------------------------------------------------------------------
    # The clock
    # ------------------------------------------------------------------

    def find_next(self, moment, tz):
        """Return the first moment from ``moment`` on at which messages may leave.

        :return datetime | None: None if there is none within reach
        """
        end = moment + REACH
        while moment <= end:
            wait = self._get_wait(_read_clock(moment, tz))
            if not wait:
                return moment
            target = moment + wait
            moment = _find_change(moment, target, tz) or target
        return None

    def find_previous(self, moment, tz):
        """Return the last whole minute until ``moment`` in which messages may leave.

        It ends before the hours do.

        :return datetime | None: None if there is none within reach
        """
        moment = moment.replace(second=0, microsecond=0)
        end = moment - REACH
        while moment >= end:
            way = self._get_way_back(_read_clock(moment, tz))
            if not way:
                return moment
            target = moment - way
            change = _find_change(target, moment, tz)
            moment = change - MINUTE if change else target
        return None

    def _get_wait(self, local):
        """Return how long to wait by the clock until messages may leave.

        :param datetime local: naive, in the recipient's zone
        :return timedelta: 0 where they may leave
        """
        day = local.date()
        if self._is_working(day):
            if local < (opening := _at(day, self.first)):
                return opening - local
            if local <= _at(day, self.last):
                return timedelta()
        following = self._find_day(day, 1)
        return _at(following, self.first) - local if following else NEVER

    def _get_way_back(self, local):
        """Return how far back by the clock messages might leave the last time.

        :param datetime local: naive, in the recipient's zone
        :return timedelta: 0 where they may leave
        """
        day = local.date()
        if self._is_working(day) and local >= _at(day, self.first):
            return max(local - _at(day, self.last - 1), timedelta())
        former = self._find_day(day, -1)
        return local - _at(former, self.last - 1) if former else NEVER

    def _is_working(self, day):
        return not self.is_working or self.is_working(day)

    def _find_day(self, day, step):
        """Return the next working day after or before another one.

        :param int step: 1 or -1
        :return date | None: None if there is none within reach
        """
        for _attempt in range(REACH.days):
            day += step * DAY
            if self._is_working(day):
                return day
        return None


def remember_days(load):
    """Return a function that tells whether a day is a working day.

    :param load: takes the first and the last day of a month, returns the working days
        of it (a set of ``date``); called once for each month that is asked for
    """

    @cache
    def load_month(first):
        following = (first + 31 * DAY).replace(day=1)
        return load(first, following - DAY)

    return lambda day: day in load_month(day.replace(day=1))


def parse_time_of_day(text):
    """Return the minute of the day that a person means, such as “16”, “16:30”, “4 pm”.

    :param text: a string, or the number of hours as Odoo has times, 16.5
    :return int: 0 to 1439
    :raise ValueError: it is no time of day
    """
    if isinstance(text, bool):
        raise ValueError(text)
    if isinstance(text, int | float):
        minutes = round(text * 60) if 0 <= text < 24 else -1
    else:
        minutes = _read_time(text.strip().lower().replace(".", ":"))
    if not 0 <= minutes < DAY // MINUTE:
        raise ValueError(text)
    return minutes


def format_time_of_day(minutes):
    """Return a minute of the day as it is stored: 990 → “16:30”."""
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _read_time(text):
    for pattern in ("%H:%M", "%H", "%I:%M %p", "%I:%M%p", "%I %p", "%I%p"):
        try:
            moment = datetime.strptime(text, pattern)
        except ValueError:
            continue
        return moment.hour * 60 + moment.minute
    return -1


def _at(day, minutes):
    return datetime.combine(day, time()) + minutes * MINUTE


def _read_clock(moment, tz):
    return to_local(moment, tz).replace(tzinfo=None)


def _find_change(moment, target, tz):
    """Return when the clocks change between two moments, to the second.

    :return datetime | None: the first moment with the other offset; None where both
        have the same one
    """

    def get_offset(seconds):
        return to_local(moment + timedelta(seconds=seconds), tz).utcoffset()

    same, other = 0, int((target - moment).total_seconds())
    offset = get_offset(same)
    if get_offset(other) == offset:
        return None
    while other - same > 1:
        middle = (same + other) // 2
        if get_offset(middle) == offset:
            same = middle
        else:
            other = middle
    return moment + timedelta(seconds=other)
