"""Reads an addon's source: who calls whom between its rooms, and what is too long.

`models/` has a folder per room, and says their order by importing them in it. A room
may use those below it, never one above. Odoo puts the parts of a model together by
name, so imports alone do not show it: a method of a higher room can be called from a
lower one without any.
"""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

# The lowest and the highest of every addon.
LOWEST, HIGHEST = "tools", "screen"
# Folders beside `models/`, and which room they belong to.
ANNEXES = {"tools": LOWEST, "wizard": HIGHEST, "controllers": HIGHEST}
MAX_FILE = 300  # lines
KINDS = (".py", ".xml", ".js", ".scss")
MAX_FUNCTION = 40
# Here the forms of sending are data: what they are called, and their texts.
DATA = ("data", "demo", "i18n", "tests", "migrations")
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


@dataclass(frozen=True)
class Source:
    """A Python file of an addon."""

    addon: Path
    path: Path

    @cached_property
    def tree(self) -> ast.Module:
        """What the file says."""
        return ast.parse(self.path.read_text(encoding="utf-8"))

    @property
    def parts(self) -> tuple[str, ...]:
        """The file's place in the addon."""
        return self.path.relative_to(self.addon).parts

    @property
    def room(self) -> str | None:
        """The room that the file is in, None when it is in none."""
        return _find_room(self.addon, self.parts)

    def __str__(self) -> str:
        return "/".join(self.parts)

    def classes(self) -> Iterator[ast.ClassDef]:
        """Yield the classes of the file."""
        yield from (node for node in self.tree.body if isinstance(node, ast.ClassDef))

    def definitions(self) -> Iterator[str]:
        """Yield the names that the file gives to the models: methods and fields.

        Not those of methods that extend what is there already, nor of fields that any
        model may have, such as `state`: on Odoo's models ours say what they are for.
        """
        for node in self.classes():
            for member in node.body:
                if isinstance(member, FUNCTIONS) and not _calls_super(member):
                    yield member.name
                elif isinstance(member, ast.Assign) and _is_field(member.value):
                    names = [target.id for target in member.targets]
                    yield from (name for name in names if "reminder" in name)

    def models(self) -> Iterator[str]:
        """Yield the names of the models that are made in the file."""
        for node in self.classes():
            facts = dict(_read_facts(node))
            inherited = facts.get("_inherit", ())
            inherited = [inherited] if isinstance(inherited, str) else inherited
            if "_name" in facts and facts["_name"] not in inherited:
                yield facts["_name"]

    def uses(self) -> Iterator[tuple[int, str]]:
        """Yield what the file uses by name, with the line: attributes and texts.

        A text may be a path of fields, as in a domain or with `depends`.
        """
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Attribute):
                yield node.lineno, node.attr
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.lineno, node.value
                if re.fullmatch(r"\w+(\.\w+)+", node.value):
                    yield from ((node.lineno, part) for part in node.value.split("."))

    def imports(self) -> Iterator[tuple[int, str]]:
        """Yield the rooms from which the file imports, with the line."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.ImportFrom) and node.level:
                base = self.parts[: -node.level]
                names = (node.module or "").split(".") if node.module else []
                for name in [alias.name for alias in node.names]:
                    if room := _find_room(self.addon, (*base, *names, name)):
                        yield node.lineno, room


@cache
def read_order(addon: Path) -> tuple[str, ...]:
    """Return the rooms of an addon, from the lowest to the highest."""
    models = Source(addon, addon / "models" / "__init__.py")
    imports = [node for node in models.tree.body if isinstance(node, ast.ImportFrom)]
    names = [alias.name for node in imports for alias in node.names]
    return (LOWEST, *(name for name in names if name != HIGHEST), HIGHEST)


def _find_room(addon: Path, parts: tuple[str, ...]) -> str | None:
    """Return the room of a place in an addon."""
    folder, *rest = parts
    if folder == "models":
        return rest[0] if len(rest) > 1 and rest[0] in read_order(addon) else None
    return ANNEXES.get(folder)


def _calls_super(method: ast.FunctionDef) -> bool:
    """Return whether a method calls the one of its name that it is put before."""
    names = {node.id for node in ast.walk(method) if isinstance(node, ast.Name)}
    used = {node.attr for node in ast.walk(method) if isinstance(node, ast.Attribute)}
    return "super" in names and method.name in used


def _is_field(value: ast.expr) -> bool:
    """Return whether a value is made by `fields.Something(…)`."""
    return (
        isinstance(value, ast.Call)
        and isinstance(value.func, ast.Attribute)
        and getattr(value.func.value, "id", "") == "fields"
    )


def _read_facts(model: ast.ClassDef) -> Iterator[tuple[str, object]]:
    """Yield the constants of a class, such as `_name`."""
    for member in model.body:
        if isinstance(member, ast.Assign):
            try:
                value = ast.literal_eval(member.value)
            except ValueError:
                continue
            yield from ((target.id, value) for target in member.targets)


def read_all(folder: Path) -> list[Source]:
    """Return the Python files of an addon, or of another folder."""
    return [Source(folder, file) for file in sorted(folder.rglob("*.py"))]


def read(addon: Path) -> list[Source]:
    """Return the Python files of an addon, its tests left out."""
    return [source for source in read_all(addon) if source.parts[0] != "tests"]


def find_upward(addon: Path, *below: Path) -> list[str]:
    """Return where a room uses what only one above it has.

    :param below: the addons that it builds upon
    """
    sources = [source for source in read(addon) if source.room]
    level_of = read_order(addon).index
    homes = defaultdict(set)
    for source in sources:
        for name in (*source.definitions(), *source.models()):
            homes[name].add(source.room)
    # What the addons below have is theirs, whichever room has such a name as well.
    for source in (source for other in below for source in read(other)):
        for name in source.definitions():
            homes.pop(name, None)
    found = []
    for source in sources:
        level = level_of(source.room)
        # A name of two rooms may be that of the lower one.
        upward = {
            (line, f"{name} of {min(homes[name], key=level_of)}")
            for line, name in source.uses()
            if name in homes and level < min(map(level_of, homes[name]))
        }
        upward |= {
            (line, f"an import of {room}")
            for line, room in source.imports()
            if level < level_of(room)
        }
        found += [f"{source}:{line}: {what}" for line, what in sorted(upward)]
    return found


def find_strays(addon: Path) -> list[str]:
    """Return the Python files in `models/` that are in no room."""
    models = [source for source in read(addon) if source.parts[0] == "models"]
    strays = [str(source) for source in models if not source.room]
    return [stray for stray in strays if stray != "models/__init__.py"]


def find_long(folder: Path) -> list[str]:
    """Return the files and functions that are too long to be read at once.

    Functions are those of Python.
    """
    found = []
    for file in sorted(file for kind in KINDS for file in folder.rglob(f"*{kind}")):
        length = len(file.read_text(encoding="utf-8").splitlines())
        if length > MAX_FILE:
            found.append(f"{file.relative_to(folder).as_posix()}: {length} lines")
    for source in read_all(folder):
        for node in ast.walk(source.tree):
            if isinstance(node, FUNCTIONS):
                length = node.end_lineno - node.lineno + 1
                if length > MAX_FUNCTION:
                    found.append(f"{source}:{node.lineno}: {node.name}, {length} lines")
    return found


def find_forms(addon: Path) -> list[str]:
    """Return where a form of sending is spelled out beside its own folder.

    A form is a folder in the room of channels that has a channel of its name. It is
    spelled out by its name, by that of its channel, and in that of a file.
    """
    room = addon / "models" / "channel"
    folders = (folder for folder in room.iterdir() if folder.is_dir())
    forms = {one.name for one in folders if any(one.glob(f"*channel_{one.name}.py"))}
    # Two backticks are those of a docstring, one is that of JavaScript.
    names = "|".join(sorted(forms))
    value = re.compile(
        rf"""(?<!`)(["'`])(crm\.task\.reminder\.channel\.)?({names})\1(?!`)"""
    )
    found = []
    for file in sorted(addon.rglob("*")):
        parts = file.relative_to(addon).parts
        is_own = file.parent != room and room in file.parents and parts[2] in forms
        is_code = file.suffix in (".py", ".js", ".xml") and parts[0] not in DATA
        if is_code and not is_own and file.name != "__manifest__.py":
            if re.search(rf"channel_({names})\.py$", file.name):
                found.append(f"{'/'.join(parts)}: its place is the form's folder")
            lines = file.read_text(encoding="utf-8").splitlines()
            found += [
                f"{'/'.join(parts)}:{number}: {line.strip()}"
                for number, line in enumerate(lines, 1)
                if value.search(line)
            ]
    return found
