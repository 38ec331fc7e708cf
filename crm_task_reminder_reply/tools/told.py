"""What a message has told its reader of a task."""

import unicodedata

from odoo.addons.crm_task_reminder.tools import gsm
from odoo.addons.crm_task_reminder.tools.plain_text import squeeze

#: What stands behind a title of which the end is missing.
CUT = "..."


def find(text, words, alphabet=str):
    """Return ``words`` as far as a text says them: all, the beginning, or nothing.

    :param str text: as its reader has got it
    :param str words: such as the title of a task; may be empty
    :param function alphabet: writes a text with the letters that this one has
    :return str: an empty text if it does not say them
    """
    said = _fold(text)

    def is_said(part):
        # one sign without a plain form, and all others of the text are kept as well
        forms = (_fold(part).strip(), _fold(alphabet(part)).strip())
        return any(form and form in said for form in forms)

    if is_said(words):
        return words
    # all that is cut has dots behind it, and none of it is longer than the text
    longest = min(len(words) - 1, len(said)) if CUT in said else 0
    for length in range(longest, 0, -1):
        part = words[:length].rstrip() + CUT
        if is_said(part):
            return part
    return ""


def _fold(text):
    """Return a text with each sign in its plain form, where it has one."""
    if not text.isascii():
        text = "".join(map(gsm.to_plain, unicodedata.normalize("NFC", text)))
    return squeeze(text)
