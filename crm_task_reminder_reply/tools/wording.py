"""What a customer means who answers an SMS in words of one's own.

The words are data: a file per language in ``data/wordings``, and one for signs. What is
not clear is nothing: a person reads it. Above all nothing counts as a *yes* that has a
word in it which is not known.
"""

import json
import re
import unicodedata
from collections import defaultdict
from functools import cache
from pathlib import Path

COMING, DECLINED, OTHER = "coming", "declined", "other"
STOP, THANKS = "stop", "thanks"

FOLDER = Path(__file__).parent.parent / "data" / "wordings"
SIGNS = "signs"
#: Letters that have no accent to take off.
LETTERS = str.maketrans({"ł": "l", "ß": "ss", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe"})
UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
#: What only changes the look of a sign: its colour, its kind, whether it has a picture.
LOOKS = re.compile("[\ufe0e\ufe0f\u200b-\u200d\u2060\u2640\u2642\U0001f3fb-\U0001f3ff]")
APOSTROPHES = re.compile("['’‘`´ʼ]")
#: A word, a face made of signs, or a sign of its own. Other punctuation means nothing.
TOKEN = re.compile(r"[:;=]-?[)(dp]|\w+|\?|[^\w\s.,;:!…\"„”“()\[\]/\\*_~<>+=&%#@–—-]")
SIGNS_ALONE = re.compile(r"[^\w\s'’‘`´ʼ?]")
STRETCHED = re.compile(r"([^\W\d])\1{2,}")
QUESTION = "?"
UNKNOWN = "unknown"
#: Words that may stand after the keyword that ends all SMS, such as the sender's name.
STOP_WORDS = 2

#: What an answer may have beside it, by the kind of words in the data that give it.
#: ``okay`` is also said to what one has only read, ``aside`` beside a *no* alone.
CONFIRMING = {"yes", "okay", "thanks"}
REFUSING = {"no", "aside", "thanks"}
#: A text of these says nothing in a language: another one may have words for it.
OPEN = {UNKNOWN, "thanks", "okay"}


def read(text, lang=""):
    """Return what a text means, or None where that is not clear.

    :param str text: as it came
    :param str lang: code of the language in which its writer was written to
    :return str | None: one of the constants above
    """
    if is_stop(text):
        return STOP
    languages = get_languages()
    own = (lang or "").partition("_")[0]
    if own in languages:
        meaning = _judge(_sort(text, own))
        if meaning or not _is_open(text, own):
            return meaning
    found = {_judge(_sort(text, one)) for one in languages if one != own} - {None}
    return found.pop() if len(found) == 1 else None


def is_stop(text):
    """Tell whether somebody wants no more SMS, in any language."""
    for lang in get_languages():
        kinds = _sort(text, lang)
        if "unsubscribe" in kinds:
            return True
        rest = kinds[1:]
        is_short = len(rest) <= STOP_WORDS and set(rest) <= {"stop", UNKNOWN, "thanks"}
        if kinds[:1] == ["stop"] and is_short:
            return True
    return False


@cache
def get_languages():
    """Return the languages that there are words of."""
    return tuple(sorted({file.stem for file in FOLDER.glob("*.json")} - {SIGNS}))


def _is_open(text, lang):
    """Tell whether the words of a text say nothing in a language; signs have none."""
    words = SIGNS_ALONE.sub(" ", unicodedata.normalize("NFC", text))
    return set(_sort(words, lang)) - {QUESTION} <= OPEN


def _judge(kinds):
    """Return what words of these kinds mean together, or None."""
    found = set(kinds) - {QUESTION}
    meaning = None
    if "busy" in found:  # a phone that answers by itself
        meaning = None
    elif "other" in found:
        meaning = OTHER
    elif QUESTION in kinds or not found:
        meaning = None
    elif found == {"thanks"}:
        meaning = THANKS
    elif found <= CONFIRMING:
        meaning = COMING
    elif "cannot" in found:
        meaning = None if "yes" in found else DECLINED
    elif "no" in found and found <= REFUSING:
        meaning = DECLINED
    return meaning


def _sort(text, lang):
    """Return the kinds of a text's words one after the other, without the polite ones.

    :param str lang: one of those that there are words of
    """
    tokens, place, kinds = _split(text), 0, []
    phrases = _load(lang)
    while place < len(tokens):
        length, kind = _find(phrases, tokens, place)
        if kind != "filler":
            kinds.append(kind)
        place += length
    return kinds


def _find(phrases, tokens, place):
    """Return the longest phrase that begins at a place: its length and its kind."""
    if tokens[place] == QUESTION:
        return 1, QUESTION
    for phrase, kind in phrases[tokens[place][0]]:
        part = tokens[place : place + len(phrase)]
        if len(part) == len(phrase) and all(map(_fits, phrase, part)):
            return len(phrase), kind
    return 1, UNKNOWN


def _fits(pattern, token):
    if pattern.endswith("*"):
        return token.startswith(pattern[:-1])
    return token == pattern


def _split(text, wild=""):
    """Return the words and signs of a text in plain small letters.

    :param str wild: a further character that is a part of words
    """
    text = APOSTROPHES.sub("", LOOKS.sub("", text.lower().translate(LETTERS)))
    decomposed = unicodedata.normalize("NFKD", text)
    plain = "".join(one for one in decomposed if not unicodedata.combining(one))
    plain = STRETCHED.sub(r"\1", plain)
    if wild:
        return re.findall(rf"[\w{re.escape(wild)}]+|\S+", plain)
    return TOKEN.findall(plain)


@cache
def _load(lang):
    """Return the phrases of a language and the signs by their first letter.

    :return dict[str, list[tuple[tuple[str], str]]]: the longest first
    """
    phrases = {}
    for name in (SIGNS, lang):
        data = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
        for kind, texts in data.items():
            for text in texts:
                for spelling in {text, text.lower().translate(UMLAUTS)}:
                    phrases[tuple(_split(spelling, wild="*"))] = kind
    grouped = defaultdict(list)
    for phrase in sorted(phrases, key=lambda one: (-len(one), one)):
        grouped[phrase[0][0]].append((phrase, phrases[phrase]))
    return grouped
