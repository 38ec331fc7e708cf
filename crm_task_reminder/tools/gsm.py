"""The alphabet of SMS: how many characters a message may have before it costs twice.

Sources: 3GPP TS 23.038, section 6.2.1 (GSM 7 bit default alphabet and its extension),
and 3GPP TS 23.040, section 9.2.3.24.1 (parts of a long message).

What a character's plain form is, Unicode's own tables say: its decompositions, its
categories and, for letters such as ł that are in no decomposition, its names. A library
that transliterates (Unidecode, anyascii) would turn Cyrillic or Chinese into Latin
letters as well, which their readers do not read, and be one more dependency; the first
of them is under the GPL besides.
"""

import re
import unicodedata
from bisect import bisect_right
from functools import lru_cache

from . import ascii_address
from .gsm_signs import NAMES, SIGNS
from .seen_characters import find_end

BASIC = set(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
#: Characters that take two places each.
EXTENSION = set("^{}\\[~]|€\f")
ALPHABET = BASIC | EXTENSION

#: Places in a message alone, and in each part of a long one, by whether it is narrow.
ROOM = {True: (160, 153), False: (70, 67)}

#: Titles of at most so many characters are never cut: little would be won, and words of
#: the text that happen to be the same would be cut with them.
SHORT_TITLE = 40

CATEGORIES = {"Zs": " ", "Pd": "-"}

#: What may be the last sign of a number, and signs of which one may begin with.
NUMERIC = set("0123456789.,")
RAISED_SIGNS = set("⁺⁻₊₋")

#: The name of a letter that only a stroke, a hook or a frame sets apart from a plain
#: one, or that is written as two. Turned and reversed ones are other letters.
LATIN = re.compile(
    r"(?:(?:COMBINING|SQUARED|(?:NEGATIVE )?CIRCLED|NEGATIVE SQUARED) )?"
    r"LATIN (?P<case>SMALL|CAPITAL|LETTER SMALL CAPITAL)(?: LETTER| LIGATURE)? "
    r"(?:(?:AFRICAN|BARRED|DOTLESS|INSULAR|LONG|OPEN|SCRIPT) )?"
    r"(?P<letter>[A-Z]{1,2}|ALPHA|ENG|ESH|ETH|EZH|GAMMA|IOTA|KRA|OLD POLISH O"
    r"|REVERSED E|SCHWA|SHARP S|THORN|TURNED E|UPSILON)"
    r"(?: BAR| DIGRAPH)?(?: WITH .*)?"
)
LETTERS = {
    "ALPHA": "A",
    "ENG": "N",
    "ESH": "S",
    "ETH": "D",
    "EZH": "Z",
    "GAMMA": "G",
    "IOTA": "I",
    "KRA": "K",
    "OLD POLISH O": "O",
    "REVERSED E": "E",
    "SCHWA": "E",
    "SHARP S": "SS",
    "THORN": "Th",
    "TURNED E": "E",
    "UPSILON": "U",
}

#: Two of these make a flag, such as P and L.
FLAG_LETTER = "REGIONAL INDICATOR SYMBOL LETTER "

#: Letters of Hangul that stand for none.
FILLERS = {
    "HALFWIDTH HANGUL FILLER",
    "HANGUL CHOSEONG FILLER",
    "HANGUL FILLER",
    "HANGUL JUNGSEONG FILLER",
}
#: Formatting characters that are seen all the same, such as the Arabic number sign.
VISIBLE = set(
    "\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2"
    "\U000110bd\U000110cd"
)
#: What is not seen and does nothing for the characters beside it, in any script.
#: Joiners, directions and selectors stay: emoji, Persian and Hebrew need them.
IDLE = re.compile("[\u00ad\u200b\u2060\ufeff]")


def count_parts(text):
    """Return how many SMS a text takes, each of which is paid for.

    A character that takes two places is never cut in two: it begins the next part.

    :param str text:
    :return int: 0 for an empty text
    """
    characters = set(text)
    is_narrow = characters <= ALPHABET
    single, room = ROOM[is_narrow]
    double = characters & EXTENSION if is_narrow else set(filter(_is_pair, characters))
    if len(text) + sum(map(text.count, double)) <= single:
        return int(bool(text))
    parts, left = 1, room
    for character in text:
        size = 2 if character in double else 1
        if size > left:
            parts, left = parts + 1, room
        left -= size
    return parts


def _is_pair(character):
    """Tell whether UTF-16, the wide alphabet, writes a character as a pair."""
    return ord(character) > 0xFFFF


def to_plain(text):
    """Return ``text`` without what would make an SMS cost twice.

    Letters of the GSM alphabet stay as they are (ä, ö, ü, é). A text that holds a
    character with no plain form, such as a letter of Cyrillic or an emoji, keeps all
    the others too: it needs the wide alphabet anyway. It only gets shorter where nobody
    sees it. Addresses are encoded: without their accents they would be others.

    :param str text:
    :return str:
    """
    if set(text) <= ALPHABET:
        return text
    text = IDLE.sub("", unicodedata.normalize("NFC", text))
    plain = _write_plainly(ascii_address.encode_all(text))
    return text if plain is None else plain


def to_seen(text):
    """Return ``text`` as it is seen, without what only makes an SMS cost twice.

    That is: composed, without what is invisible, and with plain spaces where the text
    fits into the GSM alphabet by that.
    """
    if set(text) <= ALPHABET:
        return text
    text = unicodedata.normalize("NFC", text)
    bare = "".join(map(_bare, text))
    return bare if set(bare) <= ALPHABET else IDLE.sub("", text)


def _bare(character):
    """Return a plain space for one of any width, nothing for what is invisible."""
    if character in ALPHABET:
        return character
    if unicodedata.category(character) == "Zs":
        return " "
    return "" if _is_invisible(character) else character


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
    # a short one that is there more than once may be a word of the text as well
    is_word = len(title) <= SHORT_TITLE and text.count(title) > 1
    if not limit or count_parts(whole) <= limit or is_word or title not in text:
        return whole

    def cut(length):
        length = ascii_address.find_end(title, find_end(title, length))
        kept = title[:length].rstrip()
        return alphabet(text.replace(title, f"{kept}..."))

    # the longest title that fits, else none of it
    lengths = range(len(title))
    room = bisect_right(lengths, limit, key=lambda n: count_parts(cut(n)))
    return cut(max(room - 1, 0))


def _write_plainly(text):
    """Return ``text`` in the GSM alphabet, None where it can't be written in it.

    :param str text: composed, with its addresses in ASCII where that can be
    """
    if any(set(one) - ALPHABET for one in ascii_address.find_all(text)):
        return None  # an address that can't be encoded would be another one
    result, before = "", ""
    for character in text:
        plain = _get_plain(character)
        if plain is None:
            return None
        is_numeric = plain[:1].isdigit() or character in RAISED_SIGNS
        if is_numeric and result[-1:] in NUMERIC:
            result += _get_number_separator(before, character)
        for part in plain:
            result = _append(result, part)
        if plain:
            before = character
    return result


def _append(text, part):
    """Return ``text`` with a character or an accent, which may change the last letter.

    An accent is kept where the alphabet has the letter with it.
    """
    if part in ALPHABET:
        return text + part
    letter = unicodedata.normalize("NFC", text[-1:] + part)
    return text[:-1] + letter if letter in ALPHABET else text


def _get_number_separator(before, character):
    """Return what keeps two characters from being read as one number.

    Such as 10², 10⁻³ and 2½: none is 102, 10-3 or 21/2.
    """
    pair = before, character
    kinds = [unicodedata.decomposition(one).split(" ")[0] for one in pair]
    raised = {"<super>": "^", "<sub>": "_"}
    if kinds[1] in raised:
        return "" if kinds[0] == kinds[1] else raised[kinds[1]]
    return " " if "No" in map(unicodedata.category, pair) else ""


@lru_cache(maxsize=4096)
def _get_plain(character):
    """Return what to write for a character: of the GSM alphabet, or accents.

    :return str | None: None for a character with no plain form
    """
    if character in ALPHABET or character in SIGNS:
        return SIGNS.get(character, character)
    parts = unicodedata.normalize("NFKD", character)
    if parts[0] == " ":
        parts = character  # an accent by itself: a space is not all that it says
    forms = [_look_up(part) for part in parts]
    return None if None in forms else "".join(forms)


def _look_up(character):
    """Return the plain form of what is not decomposed, None if there is none."""
    if character in ALPHABET or _is_accent(character):
        return character
    if character in SIGNS:
        return SIGNS[character]
    if _is_invisible(character):
        return ""
    digit = unicodedata.digit(character, None)
    if digit is not None:
        return str(digit)
    name = unicodedata.name(character, "")
    if "CIRCLED" in name and unicodedata.category(character) == "No":
        return f"{unicodedata.numeric(character):.0f}"
    return _look_up_name(name) or CATEGORIES.get(unicodedata.category(character))


def _look_up_name(name):
    if "QUOTATION MARK" in name:
        return "'" if "SINGLE" in name else '"'
    if name.startswith(FLAG_LETTER):
        return name.removeprefix(FLAG_LETTER)
    for plain, pattern in NAMES.items():
        if re.fullmatch(pattern, name):
            return plain
    latin = LATIN.fullmatch(name)
    if not latin:
        return None
    letter = LETTERS.get(latin["letter"], latin["letter"])
    return letter.lower() if latin["case"] == "SMALL" else letter


def _is_accent(character):
    """Tell whether it is an accent above or below a letter, no stroke through it."""
    name = unicodedata.name(character, "")
    is_beside = unicodedata.combining(character) >= 200
    return is_beside and name.startswith("COMBINING ") and not LATIN.fullmatch(name)


def _is_invisible(character):
    name = unicodedata.name(character, "")
    if "VARIATION SELECTOR" in name or name in FILLERS:
        return True
    is_format = unicodedata.category(character) in ("Cc", "Cf")
    return is_format and character not in VISIBLE
