"""The language of who reads a text."""

import re

from babel.units import format_unit

from odoo.tools import posix_to_ldml
from odoo.tools.misc import babel_locale_parse, get_lang

#: The seconds in a language's format of the time, with the sign before them.
SECONDS = re.compile(r"[:.]?%S")


def get_reader_lang(env):
    """Return the language that texts are translated to: English unless asked for.

    Odoo would take the company's for times and counts then, and mix the two.

    :param odoo.api.Environment env:
    :return res.lang:
    """
    return get_lang(env, env.lang or "en_US")


def name_language(env, code):
    """Return what a language is called in that of the reader.

    :param odoo.api.Environment env:
    :param str code: of an installed language
    """
    return babel_locale_parse(code).get_language_name(get_reader_locale(env))


def get_reader_locale(env):
    """Return the locale of the language that texts are translated to.

    :param odoo.api.Environment env:
    :return babel.Locale:
    """
    return babel_locale_parse(get_reader_lang(env).code)


def count_time(env, number, units):
    """Return a number of units of time in the reader's words, such as “2 hours”.

    Babel knows no long words where a language has the same ones as in short, as in
    Arabic, and would write its own name of the unit.

    :param odoo.api.Environment env:
    :param int number:
    :param str units: *minutes*, *hours*, *days* or *weeks*
    """
    unit, locale = f"duration-{units.removesuffix('s')}", get_reader_locale(env)
    text = format_unit(number, unit, "long", locale=locale)
    if unit not in text:
        return text
    return format_unit(number, unit, "short", locale=locale)


def get_time_style(env):
    """Return how the reader writes times of the day: as the language is set up.

    :param odoo.api.Environment env:
    :return tuple[str, babel.Locale]: the pattern, in the syntax of LDML; the locale
    """
    locale = get_reader_locale(env)
    time_format = SECONDS.sub("", get_reader_lang(env).time_format)
    return posix_to_ldml(time_format, locale=locale), locale
