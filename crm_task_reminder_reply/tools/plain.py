"""The words and signs of a text that somebody has typed on a phone."""

import re
import unicodedata

#: Letters that have no accent to take off.
LETTERS = str.maketrans({"ł": "l", "ß": "ss", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe"})
#: What only changes the look of a sign: its colour, its kind, whether it has a picture.
LOOKS = re.compile("[\ufe0e\ufe0f\u200b-\u200d\u2060\u2640\u2642\U0001f3fb-\U0001f3ff]")
APOSTROPHES = re.compile("['’‘`´ʼ]")
#: A word, a face made of signs, a break, or a sign of its own. Other punctuation means
#: nothing.
TOKEN = re.compile(r"[:;=]-?[)(dp]|\w+|[?.,;!]|[^\w\s:…\"„”“()\[\]/\\*_~<>+=&#@–—-]")
BREAKS = ".,;!"
QUESTION = "?"
#: “fuer” for “für”; that another language's words lose a letter by it changes nothing.
WRITTEN_OUT = re.compile("([aou])e")
STRETCHED = re.compile(r"([^\W\d])\1{2,}")
#: “N I E” for “NIE”.
SPACED = re.compile(r"\b(?:[^\W\d_] ){2,}[^\W\d_]\b")
INITIALS = 4


def split(text, wild=""):
    """Return the words and signs of a text in plain small letters.

    :param str wild: a further character that is a part of words
    """
    text = APOSTROPHES.sub("", LOOKS.sub("", text.lower().translate(LETTERS)))
    if not text.isascii():
        decomposed = unicodedata.normalize("NFKD", text)
        text = "".join(one for one in decomposed if not unicodedata.combining(one))
    plain = WRITTEN_OUT.sub(r"\1", STRETCHED.sub(r"\1", text))
    if wild:
        return re.findall(rf"[\w{re.escape(wild)}]+|\S+", plain)
    return TOKEN.findall(SPACED.sub(lambda word: word[0].replace(" ", ""), plain))


def replace_accented(text, meant):
    """Return a text with what is another word with its accents than without them.

    :param dict[str, str] meant: what stands for each, as “pasuję” is not “pasuje”
    """
    text = unicodedata.normalize("NFC", text.lower())
    for word, other in meant.items():
        text = re.sub(rf"\b{word}\b", other, text)
    return text


def is_slip(word, meant):
    """Tell whether a word is another one with a slip of a finger.

    Two letters that have changed places, or one that is wrong, missing or too much. The
    first and the last letter are right, as endings are what makes other words.
    """
    if word[0] != meant[0] or abs(len(word) - len(meant)) > 1:
        return False
    start = 0
    while start < min(len(word), len(meant)) and word[start] == meant[start]:
        start += 1
    rest, other = word[start:], meant[start:]
    if len(rest) > 1 and rest[1::-1] + rest[2:] == other:
        return True
    if word[-1] != meant[-1]:
        return False
    return rest[1:] == other[1:] or rest == other[1:] or rest[1:] == other


def cut_signature(tokens, names, words):
    """Return a text's words without what its writer has signed it with, if not in full.

    Such as “A. Nowak”, “A.N.” or “AN” behind a break, and “MfG A. Nowak” without one; a
    single letter is an answer.

    :param Collection[str] names: the words of its writer's name
    :param Collection[str] words: those that mean something
    """
    letters = {name[0] for name in names}

    def is_signed(token):
        are_initials = token not in words and 1 < len(token) <= INITIALS
        return token in names | letters or are_initials and letters.issuperset(token)

    place, signs = len(tokens), 0
    while place and (tokens[place - 1] in BREAKS or is_signed(tokens[place - 1])):
        place -= 1
        signs += len(tokens[place]) if is_signed(tokens[place]) else 0
    is_letter = len(tokens[place : place + 1]) == 1 and tokens[place] in letters
    following = [one for one in tokens[place + 1 : place + 3] if one not in BREAKS]
    if not (is_letter and following and following[0] in names):
        while place < len(tokens) and tokens[place] not in BREAKS:
            signs -= len(tokens[place])
            place += 1
    return tokens[:place] if place and signs > 1 else tokens
