"""Finds what an addon uses of Odoo that Odoo does not promise to keep.

The test of an addon, a `SeamsCase`, has the list of these pieces; the main addon's are
in `seams_*.py`. What would be missed without an error, and what the web client is used
for, is in `silent_seams`. Of names that are only strings those in a table `SPARED` are
found: methods that are left out unless another addon has a part in them.
"""

import inspect
from collections import defaultdict
from dataclasses import dataclass
from importlib import import_module

from odoo.tests import TransactionCase

from .scan import Scan


@dataclass(frozen=True)
class Seam:
    """A private piece of Odoo that the addon calls, overrides or reads.

    Public methods that the addon overrides are here too: when Odoo has no such method
    any more, nothing calls the addon's, and nobody notices.
    """

    what: str  # it does for the addon
    place: str  # where Odoo has it, as ``module:Class.name``
    signature: str  # as ``inspect.signature`` prints it, else what kind it is
    files: set[str]  # of the addon, that use it


def find_piece(path):
    """Return a piece of Odoo by its path, such as a method.

    :param str path: ``module:name`` or ``module:Class.name``
    :raise AttributeError, ImportError, KeyError: it is gone
    """
    module, _colon, names = path.partition(":")
    owner, _dot, name = names.rpartition(".")
    piece = import_module(module)
    if not owner:
        return getattr(piece, name)
    # what the class itself has, not what it inherits
    own = vars(getattr(piece, owner))
    return own[name] if name in own else own["__annotations__"][name]


def describe(piece):
    """Return the signature of a function, else what kind of thing the piece is."""
    if isinstance(piece, (classmethod, staticmethod)):
        piece = piece.__func__
    if inspect.isfunction(piece):
        return str(inspect.signature(piece))
    return "property" if isinstance(piece, property) else "attribute"


class TableCase(TransactionCase):
    """A test that compares a table with what is so, and says all that differs."""

    addon = None  # the name of the addon whose table it is

    def assert_none(self, sentences):
        """Fail with all of the sentences, if there are any."""
        self.assertFalse(sentences, "\n" + "\n".join(sentences))


class SeamsCase(TableCase):
    """What the addon calls, overrides or reads is where it was, and listed."""

    seams = ()
    #: What the names of all that the addon adds to Odoo's models contain.
    word = "reminder"

    def test_pieces_are_where_they_were(self):
        moved = []
        for seam in self.seams:
            try:
                found = describe(find_piece(seam.place))
            except (AttributeError, ImportError, KeyError):
                moved.append(f"Odoo has no {seam.place} any more. It {seam.what}.")
                continue
            if found != seam.signature:
                moved.append(
                    f"Odoo's {seam.place} is {found} now, not {seam.signature}. It "
                    f"{seam.what}."
                )
        self.assert_none(moved)

    def test_table_lists_what_the_addon_uses(self):
        listed = defaultdict(set)
        for seam in self.seams:
            listed[seam.place.rpartition(".")[2]] |= seam.files
        used = Scan(self.env, self.addon).find_uses()
        wrong = []
        for name in sorted(used.keys() | listed.keys()):
            for file in sorted(used.get(name, set()) - listed[name]):
                wrong.append(f"{file} uses Odoo's {name}: list it.")
            for file in sorted(listed[name] - used.get(name, set())):
                wrong.append(
                    f"{file} does not use Odoo's {name}: take it off the list."
                )
        self.assert_none(wrong)

    def test_methods_added_to_odoos_models_say_whose_they_are(self):
        """Else an addon that the user has, or Odoo's next version, may mean its own."""
        added = set(Scan(self.env, self.addon).find_added_methods())
        self.assert_none(
            [
                f"{model} has {name}, a name that does not say *{self.word}*."
                for model, name in sorted(added)
                if self.word not in name
            ]
        )
