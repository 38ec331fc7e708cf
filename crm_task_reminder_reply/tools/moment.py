"""The appointment's own time and day, in words of a text.

Who writes “I'll be there at 8” says no more than “I'll be there”, if that is when the
appointment begins; any other number says something that a person has to read.
"""

import re
from dataclasses import dataclass
from itertools import chain

from .plain import BREAKS, QUESTION, split

#: Stands for the appointment's own time or day among a text's words.
OWN = "<own>"
HALF_DAY = 12
#: Lists of single words in the data.
WORDS = ("at", "on", "around", "within", "after", "morning", "evening", "alone")
NUMBER = re.compile(r"(\d{1,4})([^\W\d]*)$")


@dataclass(frozen=True)
class Clock:
    """What a language says about times."""

    at: frozenset[str]  # before an hour
    on: frozenset[str]  # before a day
    around: frozenset[str]  # before an hour that is not meant exactly, or as a limit
    within: frozenset[str]  # before a time that it takes
    until: frozenset[str]  # of those around, what also parts until a day
    after: frozenset[str]  # behind an hour
    morning: frozenset[str]  # behind an hour before noon
    evening: frozenset[str]  # and after it
    hours: dict[str, int]
    alone: frozenset[str]  # of these, what means nothing but an hour
    months: dict[str, int]
    weekdays: dict[str, int]  # 0 is Monday
    early: tuple[tuple[str]]  # that it is before noon, without an hour
    late: tuple[tuple[str]]

    def get_words(self):
        """Return all of them."""
        parts = chain.from_iterable(self.early + self.late)
        return frozenset().union(
            self.at, self.on, self.around, self.after, self.morning, self.evening,
            self.hours, self.months, self.weekdays, parts,
        )  # fmt: skip


def make_clock(data, weekdays, until):
    """Return the clock of a language.

    :param dict data: as in a file of words; hours and months from one on
    :param list[list[str]] weekdays: the names of each, Monday first
    :param list[str] until: what is said before a day in parting
    """
    words = {
        name: frozenset(word for text in data.get(name, ()) for word in split(text))
        for name in WORDS
    }
    return Clock(
        **words,
        until=frozenset(split(" ".join(until))),
        hours=_number(data.get("hours", ()), 1),
        months=_number(data.get("months", ()), 1),
        weekdays=_number(weekdays, 0),
        early=tuple(tuple(split(text)) for text in data.get("early", ())),
        late=tuple(tuple(split(text)) for text in data.get("late", ())),
    )


def _number(rows, first):
    return {
        split(name)[0]: number
        for number, names in enumerate(rows, first)
        for name in names
    }


def mark_own(tokens, clock, context):
    """Return a text's words with ``OWN`` for what is the appointment's own moment.

    :param Clock clock:
    :param wording.Context context:
    """
    if not context.start and context.weekday is None:
        return tokens
    marked, place = [], 0
    while place < len(tokens):
        before = next((one for one in reversed(marked) if one not in BREAKS), "")
        length = _measure(tokens, place, before, clock, context)
        marked.append(OWN if length else tokens[place])
        place += length or 1
    return marked


def _measure(tokens, place, before, clock, context):
    """Return how many words from a place on are the own moment, 0 if they are not.

    :param str before: the word before the place
    """
    end = place
    while end < len(tokens) and tokens[end] in clock.at | clock.on:
        end += 1
    if end > place and tokens[end : end + 1] == ["."]:  # “godz. 8”
        end += 1
    rest = tokens[end:]
    if not rest:
        return 0
    is_around = before in clock.around or end == place and before in clock.within
    is_parting = before in clock.until  # “until Thursday”
    length = 0
    if clock.weekdays.get(rest[0], -1) == context.weekday and QUESTION not in tokens:
        length = 1 if is_parting or not is_around else 0
    elif context.start and not is_around and not before[:1].isdigit():
        is_hour = not clock.at.isdisjoint(tokens[place:end])
        length = _measure_date(rest, clock, context.start)
        length = length or _measure_hour(rest, clock, context.start, is_hour)
        length = length or _measure_part(rest, clock, context.start)
    return end + length - place if length else 0


def _measure_part(tokens, clock, start):
    """Return how many words in front are the part of the day of a start."""
    parts = clock.early if start.hour < HALF_DAY else clock.late
    return max(
        (len(one) for one in parts if tuple(tokens[: len(one)]) == one), default=0
    )


def is_part(word, clock, start):
    """Tell whether a word is for the part of the day of a start.

    :param datetime | None start:
    """
    if not start:
        return False
    parts = clock.early if start.hour < HALF_DAY else clock.late
    return word in chain.from_iterable(parts)


def _measure_hour(tokens, clock, start, is_hour):
    """As ``_measure_time``; of several times there is none: “8-10”, “8, 9”."""
    length = _measure_time(tokens, clock, start, is_hour)
    following = [one for one in tokens[length : length + 2] if one not in BREAKS]
    return 0 if any(one[0].isdigit() for one in following) else length


def _measure_date(tokens, clock, start):
    """Return how many words in front are the date of a start."""
    words = [(at, one) for at, one in enumerate(tokens[:6]) if one not in BREAKS]
    values = [_read_day(word, clock) for _at, word in words[:3]]
    day, month = start.day, start.month
    pairs = [(day, month), (day, -month), (-month, day)]
    if day > HALF_DAY:
        pairs.append((month, day))
    if tuple(values[:2]) not in pairs:
        return 0
    has_year = values[2:] in ([start.year], [start.year % 100])
    return words[2 if has_year else 1][0] + 1


def _read_day(word, clock):
    """Return a number, or that of a month's name below zero."""
    if word in clock.months:
        return -clock.months[word]
    found = NUMBER.match(word)
    is_number = found and found[2] in ("", "st", "nd", "rd", "th", "go")
    return int(found[1]) if is_number else None


def _measure_time(tokens, clock, start, is_hour):
    """Return how many words in front are the time of a start.

    :param bool is_hour: whether a word before them says that they are one
    """
    found = NUMBER.match(tokens[0])
    hour = int(found[1]) if found else clock.hours.get(tokens[0])
    marks = [found[2]] if found and found[2] else []
    minute, length = None, 1
    if hour is None:
        return 0
    rest = tokens[2:3] if tokens[1:2] == ["."] else tokens[1:2]
    minutes = NUMBER.match(rest[0]) if rest and not marks else None
    if minutes and len(minutes[1]) == 2:
        minute, length = int(minutes[1]), tokens.index(rest[0], 1) + 1
        marks += [minutes[2]] if minutes[2] else []
    known = clock.after | clock.morning | clock.evening
    while tokens[length : length + 1] and tokens[length] in known:
        marks.append(tokens[length])
        length += 1
    is_time = is_hour or minute is not None or marks or tokens[0] in clock.alone
    is_own = is_time and set(marks) <= known and (minute or 0) == start.minute
    return length if is_own and _is_hour(hour, set(marks), clock, start) else 0


def _is_hour(hour, marks, clock, start):
    """Tell whether an hour is that of a start, by a clock of 24 hours or of 12."""
    is_late = start.hour >= HALF_DAY
    if marks & clock.morning and is_late or marks & clock.evening and not is_late:
        return False
    if hour == HALF_DAY and marks & clock.morning:
        hour = 0
    return hour == start.hour or (
        0 < hour <= HALF_DAY and hour % HALF_DAY + HALF_DAY == start.hour
    )
