"""Moments in words: short enough for an SMS, and with the weekday."""

import re
from copy import deepcopy
from functools import lru_cache

from babel import Locale
from babel.dates import format_date, format_time

#: A day with its month as a number, which nobody takes for a month with its day.
DAY_FIRST = re.compile(r"d+\. ?M")
#: Of “p.m.”, not of “16.30”: a sentence that ends with it would have two full stops.
ABBREVIATION = re.compile(r"\.(?!\s?\d)\s?")
#: Names of the patterns of Unicode's locale data, without and with the year.
BY_NUMBER = ("MEd", "yMEd")
BY_NAME = ("MMMEd", "yMMMEd")


def format_day_and_time(moment, time_pattern, locale, this_year):
    """Return a moment such as “Thu 26 Nov, 12:39 AM” or “czw. 26.11, 00:39”.

    Weekday and month are written as the language has it. English has the day first and
    the month by name, for 11/12 is another day on the other side of the ocean.

    :param datetime moment: naive, in the reader's zone
    :param str time_pattern: of the time of day, in the syntax of LDML
    :param babel.Locale locale: the reader's
    :param int this_year: the year that goes without saying
    """
    day = _write_day(moment.date(), locale, moment.year == this_year)
    return f"{day}, {write_time(moment.time(), time_pattern, locale)}"


def split_day_and_time(moment, time_pattern, locale, this_year):
    """Return the parts of a moment in full words, for a headline.

    :param datetime moment: naive, in the reader's zone
    :param str time_pattern: of the time of day, in the syntax of LDML
    :param babel.Locale locale: the reader's
    :param int this_year: the year that goes without saying
    :return dict[str, str]: ``weekday`` such as “Thursday”, ``day`` such as “26
        November”, ``time`` such as “12:39 AM”
    """
    weekday, day = _name_day(moment.date(), locale, moment.year == this_year)
    time = write_time(moment.time(), time_pattern, locale)
    return {"weekday": weekday, "day": day, "time": time}


# Many moments share their day or their time, and to write one anew takes long.


@lru_cache(maxsize=1500)
def write_time(time, pattern, locale):
    """Return a time of day, written by a pattern, with “pm” for “p.m.”."""
    return ABBREVIATION.sub("", format_time(time, pattern, locale=locale))


@lru_cache(maxsize=1000)
def _write_day(day, locale, is_this_year):
    """Return a weekday and the date in short."""
    patterns = _get_source(locale).datetime_skeletons
    is_number_clear = DAY_FIRST.match(patterns["Md"].pattern)
    names = BY_NUMBER if is_number_clear else BY_NAME
    pattern = patterns[names[not is_this_year]].pattern
    return format_date(day, re.sub(r"^(E+),", r"\1", pattern), locale=locale)


@lru_cache(maxsize=1000)
def _name_day(day, locale, is_this_year):
    """Return a weekday and the date in full words."""
    source = _get_source(locale)
    pattern = (
        source.datetime_skeletons["MMMMd"]
        if is_this_year
        else source.date_formats["long"]
    ).pattern
    weekday = _list_weekdays(locale)[day.weekday()]
    # not `upper`: Georgian has capitals that begin no word
    return weekday[:1].title() + weekday[1:], format_date(day, pattern, locale=locale)


@lru_cache(maxsize=100)
def _list_weekdays(locale):
    """Return what the days from Monday on are called where they stand alone.

    Babel notes what a language takes from elsewhere where others read it as well: the
    first weekday in Swahili made those of nearly all languages Swahili. So from a copy.
    """
    return deepcopy(locale.days)["stand-alone"]["wide"]


def _get_source(locale):
    """Return the locale that tells in which order a date is written."""
    return Locale("en", "GB") if locale.language == "en" else locale
