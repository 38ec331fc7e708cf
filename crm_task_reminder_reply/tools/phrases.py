"""The phrases of a language, as they are in its file in ``data/wordings``."""

import json
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from .moment import OWN, Clock, make_clock
from .plain import split

FOLDER = Path(__file__).parent.parent / "data" / "wordings"
SIGNS = "signs"
UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
#: In a phrase of the data: any number, and each day of the week in turn.
NUMBER, WEEKDAY = "#", "@"


@cache
def get_languages():
    """Return the languages that there are words of."""
    return tuple(sorted({file.stem for file in FOLDER.glob("*.json")} - {SIGNS}))


@dataclass(frozen=True)
class Phrases:
    """The phrases of a language, and the signs."""

    by_word: dict[str, list[tuple[tuple[str], str]]]  # of the first
    by_letter: dict[str, list[tuple[tuple[str], str]]]  # of a beginning
    words: dict[str, str]  # the kinds of those of one word
    typed: frozenset[str]  # those of which a slip of a finger makes no other word
    clock: Clock

    def get(self, word):
        """Return those that may begin with a word, each with its kind."""
        return self.by_word.get(word, []) + self.by_letter.get(word[0], [])


@cache
def load(lang):
    """Return the phrases of a language.

    :return Phrases:
    """
    phrases = {}
    for name in (SIGNS, lang):
        data = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
        by_weekday = data.pop("weekday", [])
        weekdays = [day for names in by_weekday for day in names]
        clock, typed = data.pop("clock", {}), data.pop("typed", [])
        phrases |= {_read_phrase(day): "weekday" for day in weekdays}
        for kind, texts in data.items():
            for text in texts:
                for day in weekdays if WEEKDAY in text else [""]:
                    whole = text.replace(WEEKDAY, day)
                    phrases[_read_phrase(whole)] = kind
                    phrases[_read_phrase(whole.lower().translate(UMLAUTS))] = kind
    by_word, by_letter = defaultdict(list), defaultdict(list)
    for phrase in sorted(phrases, key=_get_rank):
        first = phrase[0]
        place = by_letter[first[0]] if first.endswith("*") else by_word[first]
        place.append((phrase, phrases[phrase]))
    words = {phrase[0]: kind for phrase, kind in phrases.items() if len(phrase) == 1}
    by_word[OWN].append(((OWN,), OWN))
    words[OWN] = OWN
    clock = make_clock(clock, by_weekday, data.get("until", []))
    return Phrases(
        dict(by_word), dict(by_letter), words, frozenset(map(_plain, typed)), clock
    )


def _get_rank(phrase):
    """Rank longer phrases before shorter ones, and those without endings first."""
    return -len(phrase), any("*" in word for word in phrase), phrase


def _plain(word):
    return split(word)[0]


def _read_phrase(text):
    return tuple(split(text, wild="*"))


def fits(pattern, token):
    """Tell whether a word is what a phrase has in a place."""
    if pattern == NUMBER:
        return token[0].isdigit()
    if pattern[:1] == "*":
        return token.endswith(pattern[1:])
    if pattern.endswith("*"):
        return token.startswith(pattern[:-1])
    return token == pattern
