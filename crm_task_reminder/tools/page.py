"""Pages that differ in a few texts: rendered once, and filled for each of them."""

import logging
import re
import secrets

from markupsafe import Markup, escape

_logger = logging.getLogger(__name__)


class Slot:
    """Stands for a text in a page: it can be put there, and nothing else be done."""

    __hash__ = None

    def __init__(self, mark):
        """Take what it looks like.

        :param str mark: of letters and digits alone
        """
        self._mark = mark

    def __str__(self):
        """Return what is put into an attribute."""
        return self._mark

    def __html__(self):
        """Return what is put between tags."""
        return self._mark

    def __eq__(self, other):
        """Refuse to be compared: the page would depend on the text."""
        raise TypeError("a text of a page is compared")


class Press:
    """Prints pages, of which those with the same texts missing share a mould.

    The first page with a mould is rendered as any other, and the mould is right only if
    it makes the very same of it. Where the template does more with a text than to show
    it, or shows what is no text of the page, each page is rendered.
    """

    def __init__(self, typeset):
        """Take who makes a page.

        :param function typeset: of the page's texts, and the record it is about; of
            texts alone for a mould. Returns Markup
        """
        self._typeset = typeset
        self._firsts = {}  # texts and pages, by which texts there are
        # By which texts there are: the page in pieces, with the names of the texts
        # between them; None where it can't be taken apart.
        self._moulds = {}

    def print(self, texts, record):
        """Return a page.

        :param dict texts: by their names; in the place of a text may be a dict of texts
        :param record: whatever the page is about
        :return Markup:
        """
        named = dict(_list_texts(texts))
        shape = tuple(name for name, text in named.items() if text)
        if shape not in self._firsts:
            page = self._typeset(texts, record)
            self._firsts[shape] = texts, page
            return page
        if shape not in self._moulds:
            self._moulds[shape] = self._cast(shape, *self._firsts[shape])
        mould = self._moulds[shape]
        return _fill(mould, named) if mould else self._typeset(texts, record)

    def _cast(self, shape, texts, page):
        """Return the mould of a page, None if it has none."""
        mark = secrets.token_hex(8)
        slots = {name: Slot(f"{mark}n{at}n") for at, name in enumerate(shape)}
        try:
            page_of_slots = self._typeset(_replace(texts, slots))
        except Exception as error:
            _logger.debug("A page has no mould: %s", error)
            return None
        mould = re.split(rf"{mark}n(\d+)n", page_of_slots)
        mould[1::2] = [shape[int(at)] for at in mould[1::2]]
        return mould if _fill(mould, dict(_list_texts(texts))) == page else None


def _list_texts(texts, *group):
    """Yield texts with their full names."""
    for name, text in texts.items():
        if isinstance(text, dict):
            yield from _list_texts(text, *group, name)
        else:
            yield (*group, name), text


def _replace(texts, slots, *group):
    """Return texts of which those that have a slot are replaced by it."""
    return {
        name: _replace(text, slots, *group, name)
        if isinstance(text, dict)
        else slots.get((*group, name), text)
        for name, text in texts.items()
    }


def _fill(mould, texts):
    parts = list(mould)
    parts[1::2] = [escape(texts[name]) for name in parts[1::2]]
    return Markup("".join(parts))
