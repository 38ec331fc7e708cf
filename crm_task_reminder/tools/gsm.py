"""The alphabet of SMS: how many characters a message may have before it costs twice.

Source: 3GPP TS 23.038, section 6.2.1 (GSM 7 bit default alphabet and its extension).
"""

import unicodedata
from bisect import bisect_right

BASIC = set(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
#: Characters that take two places each.
EXTENSION = set("^{}\\[~]|€\f")
ALPHABET = BASIC | EXTENSION

#: Letters and signs that Unicode does not decompose into a plain one and an accent.
PLAIN = str.maketrans(
    {
        "ł": "l",
        "Ł": "L",
        "đ": "d",
        "Đ": "D",
        "ı": "i",
        "\u00a0": " ",
        "\u202f": " ",
        "\u2009": " ",
        "„": '"',
        "“": '"',
        "”": '"',
        "«": '"',
        "»": '"',
        "‘": "'",
        "’": "'",
        "–": "-",
        "—": "-",
        "…": "...",
    }
)


def count_parts(text):
    """Return how many SMS a text takes, each of which is paid for.

    :param str text:
    :return int: 0 for an empty text
    """
    is_narrow = set(text) <= ALPHABET
    length = len(text) + sum(character in EXTENSION for character in text)
    if not is_narrow:
        # characters beyond the basic plane take two places
        length = len(text.encode("utf-16-le")) // 2
    single, part = (160, 153) if is_narrow else (70, 67)
    return -(-length // part) if length > single else int(length > 0)


def to_plain(text):
    """Return ``text`` without the accents that would make an SMS cost twice.

    Letters of the GSM alphabet stay as they are (ä, ö, ü, é). A text that holds a
    letter with no plain counterpart, such as one in Cyrillic, is returned unchanged:
    it needs the wide alphabet anyway.

    :param str text:
    :return str:
    """
    if set(text) <= ALPHABET:
        return text
    plain = "".join(_to_plain_character(character) for character in text)
    return plain if set(plain) <= ALPHABET else text


def fit(text, title, limit, alphabet=str):
    """Return ``text`` in at most ``limit`` SMS, cut where ``title`` stands in it.

    The rest of the text stays whole, also where it alone is longer.

    :param str text:
    :param str title: what may be cut; may be empty
    :param int limit: number of SMS; 0 for any number
    :param alphabet: function that writes a text in the alphabet it is to be sent in
    :return str: in that alphabet
    """
    whole = alphabet(text)
    if not limit or count_parts(whole) <= limit or not title or title not in text:
        return whole

    def cut(length):
        return alphabet(text.replace(title, title[:length].rstrip() + "..."))

    # the longest title that fits, else none of it
    lengths = range(len(title))
    room = bisect_right(lengths, limit, key=lambda n: count_parts(cut(n)))
    return cut(max(room - 1, 0))


def _to_plain_character(character):
    if character in ALPHABET:
        return character
    decomposed = unicodedata.normalize("NFKD", character.translate(PLAIN))
    return "".join(c for c in decomposed if not unicodedata.combining(c))
