"""What a customer means who answers an SMS in words of one's own.

The words are data: a file per language in ``data/wordings``, and one for signs. What is
not clear is nothing: a person reads it. Above all nothing counts as a *yes* that has a
word in it which is not known.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from .finder import (
    CONFIRMING,
    DECLINING,
    NEGATIVE,
    PART,
    UNBROKEN,
    UNKNOWN,
    asks,
    find,
    hides_doubt,
    is_of_one,
)
from .moment import OWN, is_part, mark_own
from .phrases import DAYS, get_languages, load
from .plain import BREAKS, QUESTION, cut_signature, replace_accented, split

COMING, DECLINED, OTHER = "coming", "declined", "other"
STOP, THANKS = "stop", "thanks"

SIGNS_ALONE = re.compile(r"[^\w\s'’‘`´ʼ?]")
#: Behind the first word of a text, a break that is no word of its own.
BREAK = re.compile(r"\W*(\w+)(?:\s+[-–—]\s|\s*:\s)")
#: Between the parts of a text.
PARTS = re.compile(r"[.,;!?:\n]|\s[-–—]\s")
FIGURE = "figure"
#: Words that may stand after the keyword that ends all SMS, such as the sender's name.
STOP_WORDS = 2

#: What a *no* may have beside it; ``aside`` stands beside a *no* alone.
REFUSING = {"no", "but", "aside", "thanks"}
#: Beside one of these they may make another answer of it: “not at 8, at 10 I can”.
TAKING_BACK = {"yes", "doubt", "turned", "weekday", FIGURE}
#: A text of these says nothing in a language: another one may have words for it.
OPEN = {UNKNOWN, FIGURE, "thanks", "okay"}
#: What says nothing by itself.
SILENT = ("filler", "who", "adverb", "until", PART, UNBROKEN)


@dataclass(frozen=True)
class Context:
    """What is known of a text before it is read."""

    names: frozenset[str] = frozenset()  # words of its writer's name, in plain letters
    days: frozenset[str] = frozenset()  # those of ``DAYS`` on which the appointment is
    start: datetime | None = None  # when it begins, by its writer's clock
    weekday: int | None = None  # that of an appointment within a week; 0 is Monday


NOTHING = Context()


def make_context(name="", days=(), start=None, weekday=None):
    """Return what is known of a text.

    :param str name: its writer's
    :param Iterable[str] days: those of ``DAYS`` on which the appointment is
    :param datetime start: when it begins, by its writer's clock
    :param int weekday: that of an appointment within a week, from 0 for Monday
    """
    return Context(frozenset(split(name)), frozenset(days), start, weekday)


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
        return not _is_of_one(text)
    if any("doubt" in kinds for kinds in readings):  # “stop by any time”
        return False
    may_follow = {"stop", UNKNOWN, FIGURE, "thanks"}
    return any(
        kinds[:1] == ["stop"]
        and len(kinds) <= 1 + STOP_WORDS
        and set(kinds) <= may_follow
        for kinds in readings
    )


def _is_of_one(text):
    """Tell whether a text wants no more for one appointment only.

    It says so in the part that says the rest: “no texts, this visit is not mine”. One
    that names the day alone belongs to that: “off the list, for tomorrow”.
    """
    found, parts = [], PARTS.split(text)
    for lang in get_languages():
        days = [part for part in parts if _sort(part, lang) == ["aside"]]
        found += [
            is_of_one(load(lang), load(lang).spell(split(" ".join([part, *days]))))
            for part in parts
            if "unsubscribe" in _sort(part, lang)
        ]
    return bool(found) and all(found)


def _is_open(text, lang):
    """Tell whether the words of a text say nothing in a language; signs have none."""
    words = SIGNS_ALONE.sub(" ", unicodedata.normalize("NFC", text))
    kinds = set(_sort(words, lang))
    is_asked = QUESTION in kinds and QUESTION not in text  # by its beginning
    return not is_asked and kinds - {QUESTION} <= OPEN


def _judge(kinds):
    """Return what words of these kinds mean together, or None."""
    found = set(kinds) - {QUESTION}
    meaning = None
    if "person" in found:  # such as a phone that answers by itself
        meaning = None
    elif "other" in found or _asks_for_day(kinds):
        meaning = OTHER
    elif "asked" in found:  # “I can't come earlier”; with a question mark, can I?
        meaning = OTHER if QUESTION in kinds else None
    elif QUESTION not in kinds and found:
        meaning = _judge_statement(kinds, found)
    return meaning


def _judge_statement(kinds, found):
    """As ``_judge``, of what is neither a question nor asks for anything.

    :param set[str] found: the kinds
    """
    if found == {"thanks"}:
        return THANKS
    if found <= CONFIRMING:
        return COMING
    if found & DECLINING:
        is_taken_back = found & TAKING_BACK or _has_another_turn(kinds)
        return None if is_taken_back else DECLINED
    return DECLINED if "no" in found and found <= REFUSING else None


def _asks_for_day(kinds):
    """Tell whether a *no* is followed by a question for a day or a time: “9:30?”."""
    turn = next((at for at, kind in enumerate(kinds) if kind in NEGATIVE), len(kinds))
    rest = kinds[turn:]
    if QUESTION not in rest or "yes" in kinds[:turn]:
        return False
    return "weekday" in rest or (FIGURE, QUESTION) in pairwise(rest)


def _has_another_turn(kinds):
    """Tell whether a *no* is turned by what is around it.

    As in “I can't be there but my wife can” or “I have not cancelled”. A *yes* right
    before it says that what was asked for is to be cancelled, or it contradicts.
    """
    turn = next(at for at, kind in enumerate(kinds) if kind in DECLINING)
    before, rest = kinds[:turn], kinds[turn:]
    contradicts = before[-1:] == ["nod"] and rest[0] == "cannot"
    goes_on = "but" in rest and UNKNOWN in rest[rest.index("but") :]
    return contradicts or goes_on or "not" in before or "nod" in rest


def _sort(text, lang, context=NOTHING):
    """Return the kinds of a text's words one after the other, without the polite ones.

    :param str lang: one of those that there are words of
    """
    phrases = load(lang)
    own = frozenset().union(*(phrases.days[day] for day in context.days))
    words = split(_mark_break(replace_accented(text, phrases.accented), phrases))
    tokens = phrases.spell(cut_signature(words, context.names, phrases.vocabulary))
    tokens, place, kinds = mark_own(tokens, phrases.clock, context), 0, []
    if asks(phrases, tokens, own):
        tokens = [*tokens, QUESTION]
    while place < len(tokens):
        if tokens[place] in BREAKS:
            place += 1
            continue
        length, found = find(phrases, tokens, place, own)
        alone = phrases.words.get(tokens[place])
        is_beside = alone in ("filler", "who", "aside", "adverb")
        if is_beside and find(phrases, tokens, place + 1, own)[0] >= length:
            # “wir können nicht kommen”: not “wir können nicht” and a word more
            length, found = 1, [alone]
        if hides_doubt(phrases, tokens, place, length, found, own):
            found = [*found, "doubt"]
        if found == [PART]:
            greets = place == 0 and length == 1  # “evening works” is longer
            is_own = is_part(tokens[place], phrases.clock, context.start)
            length, found = 1, [] if greets or is_own else ["aside"]
        if found == [UNKNOWN]:
            is_name = tokens[place] in context.names
            found = [] if is_name else [_read_unknown(tokens[place])]
        kinds += found
        place += length
    return _keep(kinds, context.days)


def _mark_break(text, phrases):
    """Return a text with a comma for another break behind a *no*: “nie - będę o 8”."""
    found = BREAK.match(text)
    words = phrases.spell(split(found[1])) if found else []
    is_no = len(words) == 1 and phrases.words.get(words[0]) == "no"
    return f"{found[1]}, {text[found.end() :]}" if is_no else text


def _read_unknown(token):
    return FIGURE if token[0].isdigit() else UNKNOWN


def _keep(kinds, days):
    """Return the kinds of words without those that say nothing.

    :param frozenset[str] days: those of ``DAYS`` on which the appointment is
    """
    kept = []
    for before, kind in pairwise(["", *kinds]):
        if kind in days or kind == OWN:
            # “until tomorrow” is a word of parting
            kept += ["okay"] if before == "until" else []
        elif kind not in SILENT:
            kept.append("aside" if kind in DAYS else kind)
    return kept
