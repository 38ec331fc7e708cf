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


def split(text, wild=""):
    """Return the words and signs of a text in plain small letters.

    :param str wild: a further character that is a part of words
    """
    text = APOSTROPHES.sub("", LOOKS.sub("", text.lower().translate(LETTERS)))
    decomposed = unicodedata.normalize("NFKD", text)
    plain = "".join(one for one in decomposed if not unicodedata.combining(one))
    plain = WRITTEN_OUT.sub(r"\1", STRETCHED.sub(r"\1", plain))
    if wild:
        return re.findall(rf"[\w{re.escape(wild)}]+|\S+", plain)
    return TOKEN.findall(plain)


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


def cut_signature(tokens, names):
    """Return a text's words without what its writer has signed it with, if not in full.

    Such as “A. Nowak” or “A.N.” behind a break; a single letter is an answer.

    :param Collection[str] names: the words of its writer's name
    """
    letters = {name[0] for name in names}
    place, signs = len(tokens), 0
    while place and (
        tokens[place - 1] in BREAKS or tokens[place - 1] in names | letters
    ):
        place -= 1
        signs += tokens[place] in names | letters
    while place < len(tokens) and tokens[place] not in BREAKS:
        signs -= 1
        place += 1
    return tokens[:place] if place and signs > 1 else tokens
