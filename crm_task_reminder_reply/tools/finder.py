"""Which phrases a text has at a place, with other words between theirs."""

from .moment import OWN
from .phrases import DAYS
from .plain import BREAKS, QUESTION

UNKNOWN = "unknown"
#: A part of the day that greets as well: “morning, yes”, but “in the morning”.
PART = "part"
#: What a *yes* may have beside it, by the kind of words in the data that give it.
#: ``okay`` is also said to what one has only read. ``nod`` is a *yes* of one word, also
#: said before what is no yes: “yes, cancel it”.
CONFIRMING = {"yes", "nod", "okay", "thanks"}
#: A *no* in so many words, whatever else is said: “I can't come”, “please cancel it”.
DECLINING = {"cannot", "cancel"}
NEGATIVE = {"no", *DECLINING}
#: What may stand between the words of a phrase; of a *yes* only what asks nothing, so
#: no word for ``who`` comes or what suits: “can I make it” is not “can make it”.
BETWEEN = ("filler", "who", "aside", "adverb", PART, OWN, *DAYS)
BETWEEN_YES = ("yes", "nod", "filler", "adverb", OWN, *DAYS)
#: A parting has nothing in between: “do zobaczenia, godzinę później” is none.
UNBROKEN = "parting"
#: Words of a phrase are looked for within so many.
REACH = 8


def find(phrases, tokens, place, own):
    """Return the longest phrase that begins at a place: its length in the text, and its
    kind with the kinds of what stands between its words.

    :param frozenset[str] own: the words for the appointment's own day
    """
    if place == len(tokens):
        return 0, []
    if tokens[place] == QUESTION:
        return 1, [QUESTION]
    longest = 1, [UNKNOWN]
    reached = 0, 0, 0
    for phrase, kind, rank in phrases.get(tokens, place, REACH):
        if phrases.fits(phrase[0], tokens[place], own):
            end, between = _follow(phrases, phrase, kind, tokens, place, own)
            if end and (end, len(phrase), -rank) > reached:
                reached = end, len(phrase), -rank
                longest = end - place, [kind, *between]
    return longest


def _follow(phrases, phrase, kind, tokens, place, own):
    """Return where a phrase ends that may begin at a place, 0 if it does not, and the
    kinds of what stands between its words.

    :param frozenset[str] own: the words for the appointment's own day
    """
    end, between = place + 1, []
    if kind in NEGATIVE and _is_answer(phrases, tokens, place):
        return (end, []) if len(phrase) == 1 else (0, [])
    for pattern in phrase[1:]:
        while end < len(tokens) and not phrases.fits(pattern, tokens[end], own):
            length, known = _find_inside(phrases, tokens, end)
            if tokens[end] in BREAKS and kind != "doubt":
                known = "filler"  # “nie, rezygnuję” is not “nie rezygnuję”
            may = BETWEEN_YES if kind in CONFIRMING else BETWEEN
            if known not in may or end - place >= REACH or kind == UNBROKEN:
                return 0, []
            between.append(known)
            end += length
        if end >= len(tokens):
            return 0, []
        end += 1
    return end, between


def _is_answer(phrases, tokens, place):
    """Tell whether a *no* at a place is the whole of one: “nie, będę o 8”."""
    is_no = phrases.words.get(tokens[place]) == "no"
    return is_no and tokens[place + 1 : place + 2] in ([","], ["."], ["!"], [";"])


def _find_inside(phrases, tokens, place):
    """Return length and kind of what may stand between the words of a phrase."""
    for phrase, kind in phrases.inside.get(tokens[place], ()):
        following = tokens[place : place + len(phrase)]
        fit = map(phrases.fits, phrase, following)
        if len(following) == len(phrase) and all(fit):
            return len(phrase), kind
    return 1, phrases.words.get(tokens[place])


def asks(phrases, tokens, own):
    """Tell whether a text begins as a question: “is that ok”, “hi, is it off”.

    What gives a reason asks nothing: “muss ich absagen, bin krank”.
    """
    words = [one for one in tokens if one not in BREAKS]
    if _begins(phrases, "tells", words, own):
        return False
    length, kinds = find(phrases, tokens, 0, own)
    greeted = tokens[length:] if kinds == ["filler"] else []
    rest = [one for one in greeted if one not in BREAKS]
    return _begins(phrases, "asks", tokens, own) or _begins(phrases, "asks", rest, own)


def is_of_one(phrases, tokens):
    """Tell whether what wants no more is about one appointment only.

    As “off the list for tomorrow”, but not “no texts for tomorrow”.
    """
    return (
        _has(phrases, "one", tokens)
        and _has(phrases, "list", tokens)
        and not _has(phrases, "sent", tokens)
    )


def _has(phrases, name, tokens):
    """Tell whether one of the phrases ``beside`` others is anywhere in a text."""
    return any(
        _begins(phrases, name, tokens[at:], ()) for at, _token in enumerate(tokens)
    )


def _begins(phrases, name, tokens, own):
    """Tell whether words begin with one of the phrases ``beside`` others."""
    return any(
        len(tokens) >= len(phrase)
        and all(map(phrases.fits, phrase, tokens, [own] * len(phrase)))
        for phrase in phrases.beside[name]
    )


def hides_doubt(phrases, tokens, place, length, kinds, own):
    """Tell whether a *yes* reaches over or into a doubt: “tomorrow, yeah right”.

    :param int length: of the *yes* in the text
    :param list[str] kinds: its own, and those of what stands between its words
    """
    if kinds[0] not in CONFIRMING or len(kinds) == 1:
        return False
    begun = (find(phrases, tokens, at, own) for at in range(place + 1, place + length))
    return any(found[0] == "doubt" for _length, found in begun)
