"""Looks whether Odoo still does what an addon counts on without calling it."""

import inspect
import re
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from odoo.tools.misc import file_open

from .seams import TableCase, find_piece

#: A private name in JavaScript, where the addons have none of their own.
PRIVATE = re.compile(r"(?<![\w$}])_(?!t\b)[a-z]\w*")
#: What is patched there.
PATCHED = re.compile(r"\bpatch\(\s*([\w.]+)")


@dataclass(frozen=True)
class Silent:
    """What the addon counts on in Odoo and would miss without any error."""

    otherwise: str  # what would happen
    place: str  # a function or module of Odoo, or a file of its web client
    says: str  # what must be in its source, spaces aside
    file: str  # of the addon, that counts on it
    word: str  # by which it does


def read_source(place):
    """Return the source of a function, class, property or file, spaces made alike."""
    if ":" not in place:
        return squeeze(read_file(place))
    piece = find_piece(place)
    # a property that is kept once it is read, and a common one
    piece = getattr(piece, "func", getattr(piece, "fget", piece))
    return squeeze(inspect.getsource(piece))


def find_web_uses(addon):
    """Yield what an addon's part of the web client uses of Odoo's private parts.

    :param str addon: its technical name
    :return Iterator[tuple[str, str]]: a file of the addon, and a name
    """
    folder = Path(import_module(f"odoo.addons.{addon}").__file__).parent
    for file in sorted(folder.glob("static/src/**/*.js")):
        text = file.read_text(encoding="utf-8")
        for name in sorted({*PRIVATE.findall(text), *PATCHED.findall(text)}):
            yield file.relative_to(folder).as_posix(), name


def has_name(text, name):
    return re.search(rf"(?<![\w$]){re.escape(name)}\b", text)


def read_file(path):
    with file_open(path) as file:
        return file.read()


def squeeze(text):
    return " ".join(text.split())


class SilentSeamsCase(TableCase):
    """What the addon counts on in Odoo is so still."""

    silent = ()

    def test_odoo_does_what_the_addon_counts_on(self):
        self.assert_none(
            [
                f"{seam.place} of Odoo does not say “{seam.says}” any more. Look "
                f"whether this is so now: {seam.otherwise}."
                for seam in self.silent
                if squeeze(seam.says) not in read_source(seam.place)
            ]
        )

    def test_table_lists_what_the_web_client_is_used_for(self):
        self.assert_none(
            [
                f"{file} uses Odoo's {name}: list it."
                for file, name in find_web_uses(self.addon)
                if not any(
                    seam.file == file
                    and has_name(seam.word, name)
                    and has_name(seam.says, name.removesuffix(".prototype"))
                    for seam in self.silent
                )
            ]
        )

    def test_addon_counts_on_it_still(self):
        self.assert_none(
            [
                f"{seam.file} does not say “{seam.word}” any more."
                for seam in self.silent
                if seam.word not in read_file(f"{self.addon}/{seam.file}")
            ]
        )
