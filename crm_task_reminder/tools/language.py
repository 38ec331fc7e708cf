"""The language of who reads a text."""

from odoo.tools.misc import babel_locale_parse, get_lang


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
