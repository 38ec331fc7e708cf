"""Links in a text, and what SMSAPI takes for a command in it."""

import re

LINK = re.compile(r"(?:https?://|www\.)[^\s\[\]<>\"]+", re.IGNORECASE)
#: What ends a sentence rather than a link.
PUNCTUATION = ".,;:!?)'"
#: How SMSAPI's own shortener is asked for, by region.
SHORTENERS = {"pl": "idzdo"}
SHORTENER = "goto"


def protect(text):
    """Return the text without what SMSAPI would take for a command.

    It replaces ``[%1%]`` by something else and makes a short link of ``[%goto:…%]``. A
    title that a customer has written must not be able to do that.
    """
    return text.replace("[%", "[ %")


def has_link(text):
    """Tell whether there is a link in the text."""
    return bool(LINK.search(text))


def remove(text):
    """Return the text without its links."""
    text = LINK.sub(lambda found: found[0][_get_length(found[0]) :], text)
    lines = (re.sub(r"[ \t]{2,}", " ", line).strip() for line in text.splitlines())
    return "\n".join(lines).strip()


def shorten(text, region):
    """Return the text with its links wrapped, so that SMSAPI shortens them.

    :param str region: of the account
    """
    command = SHORTENERS.get(region, SHORTENER)

    def wrap(found):
        link, end = found[0], _get_length(found[0])
        return f"[%{command}:{link[:end]}%]{link[end:]}"

    return LINK.sub(wrap, text)


def _get_length(link):
    """Return the length of a link without the punctuation behind it."""
    return len(link.rstrip(PUNCTUATION))
