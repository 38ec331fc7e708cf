"""Finds what an addon uses of Odoo that Odoo does not promise to keep.

The test of an addon, a `SeamsCase`, has the list of these pieces; the main addon's are
in `seams_*.py`. What would be missed without an error is in `silent_seams`.
"""

import ast
import inspect
import sys
from collections import defaultdict
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from odoo.tests import TransactionCase

#: What the addons of this project have their names begin with.
PROJECT = "crm_task_reminder"
#: Methods of every model that Odoo documents for addons to override.
DOCUMENTED = {"create", "write", "unlink"}
#: Variables that hold records of the addon's own, wherever they are used.
OWN_VARIABLES = {"answer", "channel", "line", "queue", "reminder", "row"}


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


def get_source_files(addon):
    """Return the addon's Python files, without its tests.

    :return dict[str, Path]: by their path in the addon
    """
    folder = Path(import_module(f"odoo.addons.{addon}").__file__).parent
    files = {file.relative_to(folder): file for file in sorted(folder.rglob("*.py"))}
    return {
        path.as_posix(): file
        for path, file in files.items()
        if path.parts[0] not in ("tests", "__manifest__.py")
    }


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


class Scan:
    """What the Python files of an addon use of Odoo's private names.

    A name is Odoo's if one of the modules that the addon depends on has it. It counts
    as used where it is an attribute of anything, where it is imported, and where a
    model defines a method that Odoo's part of the same model has, private or not.
    """

    def __init__(self, env, addon):
        """Read the addon.

        :param odoo.api.Environment env:
        :param str addon: its technical name
        """
        self.registry = env.registry
        #: The classes that Odoo makes of all definitions of a model.
        self.put_together = set(env.registry.values())
        module = env["ir.module.module"].search([("name", "=", addon)])
        below = module.upstream_dependencies(exclude_states=("uninstallable",))
        self.modules = {"base"} | {
            name for name in below.mapped("name") if not name.startswith(PROJECT)
        }
        self.trees = {
            path: ast.parse(file.read_text(encoding="utf-8"))
            for path, file in get_source_files(addon).items()
        }
        self.own_names = set()
        for name in self.registry:
            for definition in self._get_definitions(name, PROJECT):
                self.own_names |= vars(definition).keys()
        self.odoo_names = self._list_odoo_names()

    def find_uses(self):
        """Return in which files each of Odoo's names is used.

        :return dict[str, set[str]]:
        """
        uses = defaultdict(set)
        for path, tree in self.trees.items():
            reader = _Reader(self)
            reader.visit(tree)
            for name in reader.found:
                uses[name].add(path)
        return dict(uses)

    def find_added_methods(self, addon):
        """Yield what an addon adds to Odoo's models: the model and the method's name.

        :param str addon: its technical name
        """
        for model in self.registry:
            definitions = self._get_definitions(model)
            if any(vars(one).get("_name") == model for one in definitions):
                for definition in self._get_definitions(model, f"{addon}."):
                    for name, value in vars(definition).items():
                        is_method = inspect.isroutine(value) and name[:2] != "__"
                        if is_method and not self.is_of_odoo(model, name):
                            yield model, name

    def is_of_odoo(self, model, name):
        """Tell whether Odoo's part of a model has something of this name."""
        return model in self.registry and any(
            name in vars(definition) for definition in self._get_definitions(model)
        )

    def _get_definitions(self, model, addons=None):
        """Return the classes that make up a model, Odoo's or those of these addons."""
        return [
            definition
            for definition in self.registry[model].mro()
            if self._is_from(definition.__module__, addons)
            and definition not in self.put_together
        ]

    def _is_from(self, module, addons=None):
        words = module.split(".")
        if words[0] != "odoo" or "tests" in words:
            return False
        if words[1:2] != ["addons"]:
            return not addons
        addon = "".join(words[2:3])
        return f"{addon}.".startswith(addons) if addons else addon in self.modules

    def _list_odoo_names(self):
        names = set()
        for module in [*sys.modules.values()]:
            if self._is_from(getattr(module, "__name__", "")):
                for name, value in [*vars(module).items()]:
                    names.add(name)
                    if inspect.isclass(value) and self._is_from(value.__module__):
                        names |= vars(value).keys()
                        names |= vars(value).get("__annotations__", {}).keys()
        return names


class _Reader(ast.NodeVisitor):
    """Collects the names of Odoo that one file uses."""

    def __init__(self, scan):
        self.scan = scan
        self.models = []
        self.found = set()

    def visit_ImportFrom(self, node):  # noqa: N802
        if (node.module or "").startswith("odoo"):
            self.found |= {
                alias.name
                for alias in node.names
                if alias.name.startswith("_") and alias.name != "_"
            }

    def visit_ClassDef(self, node):  # noqa: N802
        outer, self.models = self.models, self._list_models(node)
        for part in node.body:
            if isinstance(part, ast.FunctionDef) and part.name not in DOCUMENTED:
                self._note_if_of_model(part.name)
        self.generic_visit(node)
        self.models = outer

    def visit_Attribute(self, node):  # noqa: N802
        name = node.attr
        is_private = name.startswith("_") and name != "_" and name[:2] != "__"
        if is_private and name in self.scan.odoo_names:
            self._note(node)
        self.generic_visit(node)

    def _note(self, node):
        """Note an attribute, unless its owner is known to be of the addon's own."""
        name, owner = node.attr, ast.unparse(node.value)
        if name not in self.scan.own_names:
            self.found.add(name)
        elif owner in ("self", "super()"):
            self._note_if_of_model(name)
        elif owner.startswith(("env['", "self.env['")) and owner.endswith("']"):
            if self.scan.is_of_odoo(owner.split("'")[1], name):
                self.found.add(name)
        elif owner not in OWN_VARIABLES:
            self.found.add(name)

    def _note_if_of_model(self, name):
        if any(self.scan.is_of_odoo(model, name) for model in self.models):
            self.found.add(name)

    @staticmethod
    def _list_models(node):
        """Return the models that a class defines or extends, none for other classes."""
        models = []
        for part in node.body:
            if isinstance(part, ast.Assign):
                [target] = part.targets
                if getattr(target, "id", "") in ("_name", "_inherit"):
                    value = ast.literal_eval(part.value)
                    models += [value] if isinstance(value, str) else value
        return models


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
        added = set(Scan(self.env, self.addon).find_added_methods(self.addon))
        self.assert_none(
            [
                f"{model} has {name}, a name that does not say *{self.word}*."
                for model, name in sorted(added)
                if self.word not in name
            ]
        )
