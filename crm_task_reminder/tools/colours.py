"""Colours that can be read on each other (WCAG 2, contrast)."""

import re

HEX = re.compile(r"#([0-9a-f]{3}|[0-9a-f]{6})", re.IGNORECASE)
#: The contrast from which normal text can be read.
READABLE = 4.5
DARK, LIGHT = "#111827", "#ffffff"


def pick_ink(background, wanted):
    """Return a colour in which text can be read on a background.

    :param str background: in hexadecimal, such as ``#875A7B``
    :param str wanted: returned where it can be read
    """
    if not is_colour(background):
        return DARK
    inks = [wanted] if is_colour(wanted) else []
    inks += [LIGHT, DARK]
    readable = (ink for ink in inks if get_contrast(ink, background) >= READABLE)
    return next(readable, max(inks, key=lambda ink: get_contrast(ink, background)))


def is_colour(text):
    """Tell whether a text is a colour in hexadecimal, and nothing else."""
    return bool(HEX.fullmatch(text or ""))


def get_contrast(one, other):
    """Return the contrast of two colours: 1 for equal ones, 21 for black on white."""
    darker, lighter = sorted(map(_get_luminance, (one, other)))
    return (lighter + 0.05) / (darker + 0.05)


def _get_luminance(colour):
    """Return how bright a colour is, from 0 to 1."""
    digits = colour.lstrip("#")
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    parts = (int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4))
    linear = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in parts
    )
    return sum(
        weight * part
        for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True)
    )
