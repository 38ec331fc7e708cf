import random
from datetime import date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import pytz

from odoo.tests import BaseCase, tagged

from ..tools import hours as tools
from ..tools import schedule
from ..tools.hours import Hours

MINUTE = timedelta(minutes=1)
#: Two years, each with both changes of clocks.
YEARS = datetime(2026, 1, 1), datetime(2028, 1, 1)
#: Minutes around a change of clocks that the plain model looks at.
WINDOW = 6 * 24 * 60
CASES = 12
SPANS = [
    (8 * 60, 20 * 60),
    (0, 24 * 60),
    (9 * 60 + 7, 9 * 60 + 8),
    # inside the hour that clocks skip or show twice
    (2 * 60 + 10, 2 * 60 + 40),
    (30, 23 * 60 + 30),
    (22 * 60, 24 * 60),
]
HOLIDAY = date(2026, 3, 30)


def is_weekday(day):
    return day.weekday() < 5 and day != HOLIDAY


class PlainModel:
    """A zone's clock, minute by minute: slow, and without any arithmetic of days."""

    def __init__(self, zone, begin):
        self.begin = begin
        moments = [begin + number * MINUTE for number in range(WINDOW)]
        self.clock = [
            moment.replace(tzinfo=timezone.utc).astimezone(zone) for moment in moments
        ]

    def find(self, hours, moment, step, *, is_end_open):
        """Return the nearest minute in which messages may leave, None if none is near.

        :param int step: 1 or -1
        """
        number = (moment - self.begin) // MINUTE
        while 0 <= number < len(self.clock):
            if self.is_open(hours, number, is_end_open=is_end_open):
                return self.begin + number * MINUTE
            number += step
        return None

    def is_open(self, hours, number, *, is_end_open):
        local = self.clock[number]
        minute = local.hour * 60 + local.minute
        if hours.is_working and not hours.is_working(local.date()):
            return False
        last = hours.last if is_end_open else hours.last - 1
        return hours.first <= minute <= last

    def find_moment(self, hours, wish, anchor):
        """Return what the rule says, None where the window is too narrow to tell."""
        later = self.find(hours, wish, 1, is_end_open=True)
        if later == wish:
            return wish
        if later and later <= anchor - timedelta(hours=1):
            return later
        if later is None and anchor > self.begin + WINDOW * MINUTE:
            return None
        return self.find(hours, wish, -1, is_end_open=False)


@tagged("post_install", "-at_install")
class TestHoursRule(BaseCase):
    """Into quiet time: to its end, or to before it began; never out of the hours."""

    def zones(self):
        """Yield the zones there are, of several names for one clock the first."""
        seen = set()
        for name in pytz.all_timezones:
            data = schedule._read_zone(name)
            if data not in seen:
                seen.add(data)
                yield name, schedule._get_zone(name)

    def changes(self, zone):
        """Return when a zone's clocks change in the two years; never is the middle."""
        day, found = YEARS[0], []
        while day < YEARS[1]:
            here, there = (
                moment.replace(tzinfo=timezone.utc).astimezone(zone).utcoffset()
                for moment in (day, day + timedelta(days=1))
            )
            if here != there:
                found.append(day)
            day += timedelta(days=1)
        return found or [datetime(2026, 12, 30)]

    def test_all_zones_over_two_years(self):
        count = 0
        for name, zone in self.zones():
            chance = random.Random(name)
            for change in self.changes(zone):
                model = PlainModel(zone, change - timedelta(days=3))
                for _case in range(CASES):
                    count += self.check(model, name, change, chance)
        self.assertGreater(count, 5_000)

    def check(self, model, name, change, chance):
        hours = Hours(*chance.choice(SPANS), chance.choice([None, None, is_weekday]))
        wish = change + chance.randrange(-36 * 60, 36 * 60) * MINUTE
        anchor = wish + chance.choice([1, 30, 61, 120, 600, 1440, 2000]) * MINUTE
        expected = model.find_moment(hours, wish, anchor)
        if not expected:
            return False  # no hour in the six days that the model sees
        moment = hours.find_moment(wish, anchor, name)
        told = (name, hours, wish, anchor)
        self.assertEqual(moment, expected, told)
        number = (moment - model.begin) // MINUTE
        self.assertTrue(model.is_open(hours, number, is_end_open=True), told)
        self.assertLess(moment, anchor, told)
        earliest = hours.get_earliest(wish, anchor)
        self.assertLessEqual(earliest or wish, moment, told)
        late = hours.find_late(wish, anchor, name)
        following = model.find(hours, wish, 1, is_end_open=True)
        self.assertEqual(late, following if following and following < anchor else None)
        return True

    # ------------------------------------------------------------------
    # The rule in examples
    # ------------------------------------------------------------------

    DAYTIME = Hours(8 * 60, 20 * 60)

    def local(self, *parts, tz="Europe/Warsaw"):
        moment = datetime(*parts, tzinfo=ZoneInfo(tz))
        return moment.astimezone(timezone.utc).replace(tzinfo=None)

    def move(self, wish, anchor, hours=None, tz="Europe/Warsaw"):
        """Return the wall-clock time that a wish of July 2026 is moved to."""
        hours = hours or self.DAYTIME
        moment = hours.find_moment(
            self.local(2026, 7, *wish), self.local(2026, 7, *anchor), tz
        )
        local = schedule.to_local(moment, tz)
        return local.day, local.hour, local.minute

    def test_to_the_end_of_the_quiet_time(self):
        self.assertEqual(self.move((14, 3), (14, 12)), (14, 8, 0))
        self.assertEqual(self.move((14, 3), (14, 9)), (14, 8, 0), "an hour before")

    def test_to_before_it_began_where_its_end_is_too_late(self):
        self.assertEqual(self.move((14, 3), (14, 8, 59)), (13, 19, 59))
        self.assertEqual(self.move((14, 22), (14, 23)), (14, 19, 59))

    def test_in_the_hours_nothing_is_moved(self):
        for wish in ((14, 8), (14, 12, 34), (14, 20)):
            expected = (*wish, 0)[:3]
            self.assertEqual(self.move(wish, (14, 20, 5)), expected)

    def test_days_without_work(self):
        hours = Hours(8 * 60, 20 * 60, lambda day: day.weekday() < 5)
        self.assertEqual(self.move((11, 10), (13, 12), hours), (13, 8, 0))
        self.assertEqual(self.move((11, 10), (12, 12), hours), (10, 19, 59))

    def test_a_calendar_without_days_leaves_the_hours(self):
        hours = Hours(8 * 60, 20 * 60, lambda _day: False)
        self.assertEqual(self.move((14, 3), (14, 12), hours), (14, 8, 0))

    def test_nothing_to_precede_waits_for_the_end(self):
        moment = self.DAYTIME.find_moment(
            self.local(2026, 7, 14, 22), None, "Europe/Warsaw"
        )
        self.assertEqual(moment, self.local(2026, 7, 15, 8))

    def test_the_ends_of_the_calendar(self):
        for moment in (datetime.min, datetime.max.replace(microsecond=0)):
            found = self.DAYTIME.find_moment(moment, moment, "Pacific/Apia")
            self.assertIsInstance(found, datetime)
            self.DAYTIME.get_earliest(moment, moment)

    def test_months_are_loaded_once(self):
        loaded = []

        def load(first, last):
            loaded.append((first, last))
            return {first}

        is_working = tools.remember_days(load)
        self.assertTrue(is_working(date(2026, 12, 1)))
        self.assertFalse(is_working(date(2026, 12, 31)))
        self.assertEqual(loaded, [(date(2026, 12, 1), date(2026, 12, 31))])

    # ------------------------------------------------------------------
    # Hours as people write them
    # ------------------------------------------------------------------

    def test_hours_that_people_write(self):
        for text, stored in (
            ("16", "16:00"),
            ("16:00", "16:00"),
            (" 7.05 ", "07:05"),
            ("4 pm", "16:00"),
            ("4:30PM", "16:30"),
            ("12 AM", "00:00"),
            ("0:00", "00:00"),
            ("23:59", "23:59"),
            (16.5, "16:30"),
            (0, "00:00"),
        ):
            minute = tools.parse_time_of_day(text)
            self.assertEqual(tools.format_time_of_day(minute), stored)
            self.assertEqual(schedule.to_time(minute), time.fromisoformat(stored))

    def test_what_is_no_hour(self):
        for text in ("25:00", "24:00", "-1", "1e9", "soon", "16:60", -1, 24, 1e9):
            with self.subTest(text=text), self.assertRaises(ValueError):
                tools.parse_time_of_day(text)
