"""Where a text may be cut, so that nothing that is seen as one character is in two."""

import unicodedata

JOINER = "\N{ZERO WIDTH JOINER}"
#: Two of them are a flag.
FLAG_LETTERS = "".join(map(chr, range(0x1F1E6, 0x1F200)))


def find_end(text, length):
    """Return how many characters to keep, at most ``length``.

    Kept together are letters and their marks, emoji that are joined or have a colour of
    skin, and the two letters of a flag (a simple form of the clusters of UAX #29).

    :param str text:
    :param int length: at most that of the text
    :return int:
    """
    while 0 < length < len(text) and _belong_together(text[:length], text[length]):
        length -= 1
    return length


def _belong_together(before, character):
    """Tell whether a character is seen as one with what is before it."""
    if before[-1] == JOINER or character == JOINER or _changes_another(character):
        return True
    letters = len(before) - len(before.rstrip(FLAG_LETTERS))
    return character in FLAG_LETTERS and letters % 2 == 1


def _changes_another(character):
    """Tell whether it is a mark or a colour, which belongs to what is before it."""
    is_mark = unicodedata.category(character).startswith("M")
    return is_mark or "\U0001f3fb" <= character <= "\U0001f3ff"
