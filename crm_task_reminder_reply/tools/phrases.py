"""The phrases of a language, as they are in its file in ``data/wordings``."""

import json
import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache
from itertools import chain, compress, pairwise
from pathlib import Path
from sys import intern

from .moment import OWN, Clock, make_clock
from .plain import is_slip, split

FOLDER = Path(__file__).parent.parent / "data" / "wordings"
SIGNS = "signs"
#: In a phrase of the data: any number, any day of the week, and the appointment's own
#: time or day; a word with “*” is a beginning or an ending.
NUMBER, WEEKDAY, MOMENT = "#", "@", "="
#: In a phrase of the data: a word that is in none, such as the name after “Dear Mrs”.
NAME = "~"
SPECIAL = re.compile(r"[#@=*~]")
#: In a phrase of the data: the alternatives of that name in ``forms``.
FORM = re.compile(r"<(\w+)>")
#: Stands for a second word that is none, or is not a plain one.
ANY = ""
#: Words that name a day: true of the appointment they say nothing new, else they are
#: an aside as any other.
DAYS = ("today", "tomorrow")
#: Phrases beside the others: how a question begins, or none; what is of one visit.
BESIDE = ("asks", "tells", "one", "list", "sent")
#: What is no list of phrases.
TABLES = ("weekday", "clock", "typed", "forms", "spelled", "accented", *BESIDE)
#: Kinds of phrases of several words that may stand inside of another one.
INSIDE = ("filler", "adverb", "aside")


@cache
def get_languages():
    """Return the languages that there are words of."""
    return tuple(sorted({file.stem for file in FOLDER.glob("*.json")} - {SIGNS}))


@dataclass(frozen=True)
class Phrases:
    """The phrases of a language, and the signs."""

    # phrases with their kinds and ranks; a place of a phrase is a word or a set of them
    by_words: dict[tuple[str, str], list]  # by the first word, and the second if plain
    by_letter: dict[str, list]  # by the first letter of a beginning
    inside: dict[str, list]  # those of the kinds of ``INSIDE``, by the first word
    words: dict[str, str]  # the kinds of those of one word
    vocabulary: frozenset[str]  # all words of phrases
    spelled: dict[str, tuple[str]]  # what is written in another way than in phrases
    accented: dict[str, str]  # what is another word with its accents than without
    beside: dict[str, list[tuple]]  # the phrases of each of ``BESIDE``
    typed: frozenset[str]  # those of which a slip of a finger makes no other word
    days: dict[str, frozenset[str]]  # how the ``DAYS`` are called
    clock: Clock

    def get(self, tokens, place, reach):
        """Yield those that may begin at a place of a text, each with kind and rank.

        :param int reach: in how many words after it their second one is looked for
        """
        word = tokens[place]
        for second in {ANY, *tokens[place + 1 : place + reach]}:
            yield from self.by_words.get((word, second), ())
        yield from self.by_letter.get(word[0], ())

    def fits(self, pattern, token, own=()):
        """Tell whether a word is what a phrase has in a place, as ``fits`` does."""
        if pattern == NAME:
            return token.isalpha() and not self._knows(token)
        return fits(pattern, token, own)

    def spell(self, tokens):
        """Return a text's words as they are in phrases."""
        found = (self.spelled.get(one) or self._mend(one) for one in tokens)
        return list(chain.from_iterable(found))

    def _mend(self, token):
        """Return the word that an unknown one is with a slip of a finger."""
        if self._knows(token):
            return (token,)
        slips = (word for word in self.typed if is_slip(token, word))
        return (next(slips, token),)

    def _knows(self, token):
        """Tell whether a word is in a phrase, or begins as one does."""
        return token in self.vocabulary or any(
            fits(phrase[0], token)
            for phrase, _kind, _rank in self.by_letter.get(token[0], ())
        )


def read_file(name):
    """Return what a file of words has."""
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


def make_reader(data):
    """Return who reads the phrases of a language.

    :param dict data: what its file has
    """
    weekdays = frozenset(split(" ".join(chain.from_iterable(data["weekday"]))))
    return Reader(
        data.get("forms", {}), _read_spelled(data.get("spelled", {})), weekdays
    )


def list_phrases(reader, data):
    """Yield the phrases of what a file has, in its order, each with its kind."""
    for kind, texts in data.items():
        for text in texts if kind not in TABLES else ():
            for phrase in reader.parse(text):
                yield phrase, kind


@cache
def load(lang):
    """Return the phrases of a language.

    :return Phrases:
    """
    signs, data = map(read_file, (SIGNS, lang))
    reader = make_reader(data)
    phrases = {(reader.weekdays,): "weekday"}
    for phrase, kind in chain(*(list_phrases(reader, one) for one in (signs, data))):
        # the last kind counts, so it is the last in the order of the phrases, too
        phrases.pop(phrase, None)
        phrases[phrase] = kind
    words = {
        word: kind
        for phrase, kind in phrases.items()
        if len(phrase) == 1
        for word in _list_words(phrase)
    }
    words[OWN] = OWN
    days = {
        day: frozenset(word for word, kind in words.items() if kind == day)
        for day in DAYS
    }
    clock = make_clock(data.get("clock", {}), data["weekday"], data.get("until", []))
    known = set(chain.from_iterable(map(_list_words, phrases))) | clock.get_words()
    return Phrases(
        *_index(phrases, days),
        words,
        frozenset(known),
        reader.spelled,
        {one: word for word, ones in data.get("accented", {}).items() for one in ones},
        {name: [*chain(*map(reader.parse, data.get(name, ())))] for name in BESIDE},
        frozenset(split(word)[0] for word in data.get("typed", [])),
        days,
        clock,
    )


def _read_spelled(data):
    """Return the words by how else they are written.

    :param dict data: each by its right way
    """
    return {
        split(variant)[0]: tuple(split(right))
        for right, variants in data.items()
        for variant in variants
    }


def _list_words(phrase):
    """Return all words that a phrase has in its places."""
    places = (one if isinstance(one, frozenset) else (one,) for one in phrase)
    return [*chain.from_iterable(places)]


@dataclass(frozen=True)
class Reader:
    """Reads the phrases of the data, in which “{one|the other}” is either."""

    forms: dict[str, list[str]]
    spelled: dict[str, tuple[str]]
    weekdays: frozenset[str]
    seen: dict[str, list] = field(default_factory=dict)

    def parse(self, text):
        """Return the phrases that a text of the data stands for.

        :return list[tuple[str | frozenset[str]]]:
        """
        if text not in self.seen:  # most words are in many of them
            self.seen[text] = self._parse(text)
        return self.seen[text]

    def _parse(self, text):
        if "{" not in text and "<" not in text:
            return [self._read_words(text)]
        text = FORM.sub(lambda form: f"{{{'|'.join(self.forms[form[1]])}}}", text)
        if FORM.search(text):
            return self.parse(text)
        phrases = [()]
        for level, part in _cut(text):
            found = self._choose(part) if level else [self._read_words(part)]
            phrases = [before + one for before in phrases for one in found]
        return phrases

    def _choose(self, text):
        """Return the phrases of a choice: those of one word are one place together."""
        ends = [at for at, sign in _walk(text) if sign == "|"]
        parts = [text[a + 1 : b] for a, b in pairwise([-1, *ends, len(text)])]
        phrases = list(chain.from_iterable(map(self.parse, parts)))
        is_word = [len(one) == 1 and not _is_special(one[0]) for one in phrases]
        words = frozenset(_list_words(chain(*compress(phrases, is_word))))
        rest = [one for one, is_one in zip(phrases, is_word, strict=True) if not is_one]
        return [(words,), *rest] if words else rest

    def _read_words(self, text):
        """Return the places of a text without choices."""
        words = (self.spelled.get(one, (one,)) for one in split(text, wild="*"))
        return tuple(
            self.weekdays if word == WEEKDAY else intern(word)
            for word in chain.from_iterable(words)
        )


def _is_special(place):
    return isinstance(place, str) and SPECIAL.search(place)


def _walk(text):
    """Yield the signs of a text that are in no braces, each with its place."""
    level = 0
    for at, sign in enumerate(text):
        level -= sign == "}"
        if not level:
            yield at, sign
        level += sign == "{"


def _cut(text):
    """Yield the parts of a text in turn: outside of its braces (0) and inside (1)."""
    start = 0
    for at, sign in _walk(text):
        if sign in "{}":
            yield int(sign == "}"), text[start:at]
            start = at + 1
    yield 0, text[start:]


def _index(phrases, days):
    """Return phrases by their first words, by a first letter, and those inside others.

    :param dict[tuple, str] phrases: the kind of each
    :param dict[str, frozenset[str]] days: how the ``DAYS`` are called
    """
    by_words, by_letter, inside = (defaultdict(list) for _each in range(3))
    # of two kinds that a phrase is given, the last one comes first
    ranked = [*reversed(phrases)]
    ranked.sort(key=_get_rank)
    for rank, phrase in enumerate(ranked):
        kind, firsts = phrases[phrase], _list_words(phrase[:1])
        seconds = _list_words(phrase[1:2])
        if not seconds or SPECIAL.search(seconds[0]):
            seconds = [ANY]
        if firsts == [MOMENT]:
            firsts = [OWN, *chain.from_iterable(days.values())]
        for word in firsts:
            if word.endswith("*"):
                by_letter[word[0]].append((phrase, kind, rank))
                continue
            for second in seconds:
                by_words[word, second].append((phrase, kind, rank))
            if kind in INSIDE and len(phrase) > 1:
                inside[word].append((phrase, kind))
    by_words[OWN, ANY].append(((OWN,), OWN, len(phrases)))
    return dict(by_words), dict(by_letter), dict(inside)


def _get_rank(phrase):
    """Rank longer phrases before shorter ones, and those without endings first."""
    return -len(phrase), any("*" in word for word in _list_words(phrase))


def fits(pattern, token, own=()):
    """Tell whether a word is what a phrase has in a place.

    :param Collection[str] own: the words for the appointment's own day
    """
    if pattern == token:
        return True
    if isinstance(pattern, frozenset):
        return token in pattern
    if pattern == NUMBER:
        return token[0].isdigit()
    if pattern == MOMENT:
        return token == OWN or token in own
    if pattern[:1] == "*":
        return token.endswith(pattern[1:])
    return pattern.endswith("*") and token.startswith(pattern[:-1])
