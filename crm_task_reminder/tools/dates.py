"""Moments in words: short enough for an SMS, and with the weekday."""

import re

from babel import Locale
from babel.dates import format_datetime

#: A day with its month as a number, which nobody takes for a month with its day.
DAY_FIRST = re.compile(r"d+\. ?M")
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
    source = Locale("en", "GB") if locale.language == "en" else locale
    patterns = source.datetime_skeletons
    is_number_clear = DAY_FIRST.match(patterns["Md"].pattern)
    names = BY_NUMBER if is_number_clear else BY_NAME
    day_pattern = patterns[names[moment.year != this_year]].pattern
    day_pattern = re.sub(r"^(E+),", r"\1", day_pattern)
    return format_datetime(moment, f"{day_pattern}, {time_pattern}", locale=locale)
