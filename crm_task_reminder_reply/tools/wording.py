"""What a customer means who answers an SMS in words of one's own.

The words are data: a file per language in ``data/wordings``, and one for signs. What is
not clear is nothing: a person reads it. Above all nothing counts as a *yes* that has a
word in it which is not known.
"""

import json
import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
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
#: A word, a face made of signs, a break, or a sign of its own. Other punctuation means
#: nothing.
TOKEN = re.compile(r"[:;=]-?[)(dp]|\w+|[?.,;!]|[^\w\s:…\"„”“()\[\]/\\*_~<>+=&%#@–—-]")
BREAKS = ".,;!"
SIGNS_ALONE = re.compile(r"[^\w\s'’‘`´ʼ?]")
STRETCHED = re.compile(r"([^\W\d])\1{2,}")
QUESTION = "?"
UNKNOWN = "unknown"
#: Words that may stand after the keyword that ends all SMS, such as the sender's name.
STOP_WORDS = 2

#: What an answer may have beside it, by the kind of words in the data that give it.
#: ``okay`` is also said to what one has only read, ``aside`` beside a *no* alone.
CONFIRMING = {"yes", "okay", "thanks"}
REFUSING = {"no", "but", "aside", "thanks"}
#: A text of these says nothing in a language: another one may have words for it.
OPEN = {UNKNOWN, "thanks", "okay"}
#: Words that name a day: true of the appointment they say nothing new, else they are
#: an aside as any other.
DAYS = ("today", "tomorrow")
#: What may stand between the words of a phrase; of a *yes* only what asks nothing:
#: “can I make it” is not “can make it”.
BETWEEN = ("filler", "aside", "adverb", *DAYS)
BETWEEN_YES = ("yes", "adverb", *DAYS)
#: What says nothing by itself.
SILENT = ("filler", "adverb", "until")
#: In a phrase of the data: any number, and each day of the week in turn.
NUMBER, WEEKDAY = "#", "@"
#: Words of a phrase are looked for within so many.
REACH = 8


@dataclass(frozen=True)
class Context:
    """What is known of a text before it is read."""

    names: frozenset[str] = frozenset()  # words of its writer's name, in plain letters
    days: frozenset[str] = frozenset()  # those of ``DAYS`` on which the appointment is


NOTHING = Context()


def make_context(name="", days=()):
    """Return what is known of a text.

    :param str name: its writer's
    :param Iterable[str] days: those of ``DAYS`` on which the appointment is
    """
    return Context(frozenset(_split(name)), frozenset(days))


def read(text, lang="", context=NOTHING):
    """Return what a text means, or None where that is not clear.

    :param str text: as it came
    :param str lang: code of the language in which its writer was written to
    :param Context context:
    :return str | None: one of the constants above
    """
    if is_stop(text):
        return STOP
    languages = get_languages()
    own = (lang or "").partition("_")[0]
    if own in languages:
        meaning = _judge(_sort(text, own, context))
        if meaning or not _is_open(text, own):
            return meaning
    others = [one for one in languages if one != own]
    found = {_judge(_sort(text, one, context)) for one in others} - {None}
    return found.pop() if len(found) == 1 else None


def is_stop(text):
    """Tell whether somebody wants no more SMS, in any language."""
    readings = [_sort(text, lang) for lang in get_languages()]
    if any("unsubscribe" in kinds for kinds in readings):
        return True
    if any("doubt" in kinds for kinds in readings):  # “stop by any time”
        return False
    may_follow = {"stop", UNKNOWN, "thanks"}
    return any(
        kinds[:1] == ["stop"]
        and len(kinds) <= 1 + STOP_WORDS
        and set(kinds) <= may_follow
        for kinds in readings
    )


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
    elif "other" in found or _asks_for_day(kinds):
        meaning = OTHER
    elif QUESTION in kinds or not found:
        meaning = None
    elif found == {"thanks"}:
        meaning = THANKS
    elif found <= CONFIRMING:
        meaning = COMING
    elif "cannot" in found:
        is_taken_back = found & {"yes", "doubt", "weekday"} or _has_another_turn(kinds)
        meaning = None if is_taken_back else DECLINED
    elif "no" in found and found <= REFUSING:
        meaning = DECLINED
    return meaning


def _asks_for_day(kinds):
    """Tell whether a *no* is followed by a question for a day of the week."""
    refusals = [at for at, kind in enumerate(kinds) if kind in ("no", "cannot")]
    rest = kinds[refusals[0] :] if refusals else []
    return "weekday" in rest and QUESTION in rest


def _has_another_turn(kinds):
    """Tell whether a *no* goes on with a *but* and words that are not known.

    As in “I can't be there but my wife can”.
    """
    rest = kinds[kinds.index("cannot") :]
    return "but" in rest and UNKNOWN in rest[rest.index("but") :]


def _sort(text, lang, context=NOTHING):
    """Return the kinds of a text's words one after the other, without the polite ones.

    :param str lang: one of those that there are words of
    """
    tokens, place, kinds = _split(text), 0, []
    phrases = _load(lang)
    while place < len(tokens):
        if tokens[place] in BREAKS:
            place += 1
            continue
        length, found = _find(phrases, tokens, place)
        alone = phrases.words.get(tokens[place])
        is_beside = alone in ("filler", "aside")
        if is_beside and _find(phrases, tokens, place + 1)[0] >= length:
            # “wir können nicht kommen”: not “wir können nicht” and a word more
            length, found = 1, [alone]
        if found == [UNKNOWN] and tokens[place] in context.names:
            found = []
        kinds += found
        place += length
    return _keep(kinds, context.days)


def _keep(kinds, days):
    """Return the kinds of words without those that say nothing.

    :param frozenset[str] days: those of ``DAYS`` on which the appointment is
    """
    kept = []
    for before, kind in pairwise(["", *kinds]):
        if kind in days:
            # “until tomorrow” is a word of parting
            kept += ["okay"] if before == "until" else []
        elif kind not in SILENT:
            kept.append("aside" if kind in DAYS else kind)
    return kept


def _find(phrases, tokens, place):
    """Return the longest phrase that begins at a place: its length in the text, and its
    kind with the kinds of what stands between its words.
    """
    if place == len(tokens):
        return 0, []
    if tokens[place] == QUESTION:
        return 1, [QUESTION]
    for phrase, kind in phrases.by_letter[tokens[place][0]]:
        if _fits(phrase[0], tokens[place]):
            end, between = _follow(phrases.words, phrase, kind, tokens, place)
            if end:
                return end - place, [kind, *between]
    return 1, [UNKNOWN]


def _follow(words, phrase, kind, tokens, place):
    """Return where a phrase ends that may begin at a place, 0 if it does not, and the
    kinds of what stands between its words.

    :param dict[str, str] words: the kinds of those of one word
    """
    end, between = place + 1, []
    for pattern in phrase[1:]:
        while end < len(tokens) and not _fits(pattern, tokens[end]):
            known = words.get(tokens[end])
            if tokens[end] in BREAKS and kind != "doubt":
                known = "filler"  # “nie, rezygnuję” is not “nie rezygnuję”
            may = BETWEEN_YES if kind in CONFIRMING else BETWEEN
            if known not in may or end - place >= REACH:
                return 0, []
            between.append(known)
            end += 1
        if end == len(tokens):
            return 0, []
        end += 1
    return end, between


def _fits(pattern, token):
    if pattern == NUMBER:
        return token[0].isdigit()
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


@dataclass(frozen=True)
class Phrases:
    """The phrases of a language, and the signs."""

    by_letter: dict[str, list[tuple[tuple[str], str]]]  # the first; the longest first
    words: dict[str, str]  # the kinds of those of one word


@cache
def _load(lang):
    """Return the phrases of a language.

    :return Phrases:
    """
    phrases = {}
    for name in (SIGNS, lang):
        data = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
        weekdays = data.pop("weekday", [])
        phrases |= {_read_phrase(day): "weekday" for day in weekdays}
        for kind, texts in data.items():
            for text in texts:
                for day in weekdays if WEEKDAY in text else [""]:
                    whole = text.replace(WEEKDAY, day)
                    phrases[_read_phrase(whole)] = kind
                    phrases[_read_phrase(whole.lower().translate(UMLAUTS))] = kind
    by_letter = defaultdict(list)
    for phrase in sorted(phrases, key=lambda one: (-len(one), one)):
        by_letter[phrase[0][0]].append((phrase, phrases[phrase]))
    words = {phrase[0]: kind for phrase, kind in phrases.items() if len(phrase) == 1}
    return Phrases(by_letter, words)


def _read_phrase(text):
    return tuple(_split(text, wild="*"))
