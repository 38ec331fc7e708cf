"""Numbers that administrators set as system parameters."""

import logging
from functools import cache

_logger = logging.getLogger(__name__)


def get_number(env, key, default, maximum):
    """Return a system parameter that is a whole number of 0 or more.

    :param str key: of the parameter
    :param int default: what holds where none is set, or something that is no such
        number, which the server's log says once
    :param int maximum: what holds where more is set
    """
    # sudo: system parameters are the administrators'; this number is no secret
    value = env["ir.config_parameter"].sudo().get_param(key, default)
    number = _read_number(str(value))
    if number is None:
        _warn_once(key, value, default)
        number = default
    return min(number, maximum)


def _read_number(text):
    try:
        number = int(text)
    except ValueError:
        return None
    return number if number >= 0 else None


@cache
def _warn_once(key, value, default):
    """Say what is wrong: only once, or the log would be full of it."""
    _logger.warning(
        "The system parameter %s is %r, which is no number of 0 or more: %s holds.",
        key,
        value,
        default,
    )
