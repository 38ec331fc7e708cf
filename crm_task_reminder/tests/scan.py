"""Reads an addon's source for what it uses of Odoo's private names."""

import ast
import inspect
import sys
from collections import defaultdict
from importlib import import_module
from pathlib import Path

#: What the addons that build on the main one have their names begin with, as it has.
PROJECT = "crm_task_reminder"
#: Methods of every model that Odoo documents for addons to override.
DOCUMENTED = {"create", "write", "unlink"}
#: The name of a table of Odoo's methods that are only named: model → names.
SPARED = "SPARED"
#: Variables that hold records of the addon's own, wherever they are used.
OWN_VARIABLES = {"answer", "channel", "line", "queue", "reminder", "row"}


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


class Scan:
    """What the Python files of an addon use of Odoo's private names.

    A name is Odoo's if one of the modules that the addon depends on has it. It counts
    as used where it is an attribute of anything, where it is imported or named in a
    table ``SPARED``, and where a model defines a method that Odoo's part of the same
    model has, private or not, or another class one of Odoo's class that it extends.
    """

    def __init__(self, env, addon):
        """Read the addon.

        :param odoo.api.Environment env:
        :param str addon: its technical name
        """
        self.addon = addon
        self.registry = env.registry
        # An addon that works without the others does not share their names.
        own = PROJECT if addon.startswith(PROJECT) else addon
        #: The classes that Odoo makes of all definitions of a model.
        self.put_together = set(env.registry.values())
        module = env["ir.module.module"].search([("name", "=", addon)])
        below = module.upstream_dependencies(exclude_states=("uninstallable",))
        self.modules = {"base"} | {
            name for name in below.mapped("name") if not name.startswith(own)
        }
        self.trees = {
            path: ast.parse(file.read_text(encoding="utf-8"))
            for path, file in get_source_files(addon).items()
        }
        self.own_names = set()
        for name in self.registry:
            for definition in self._get_definitions(name, own):
                self.own_names |= vars(definition).keys()
        self.odoo_names = self._list_odoo_names()

    def find_uses(self):
        """Return in which files each of Odoo's names is used.

        :return dict[str, set[str]]:
        """
        uses = defaultdict(set)
        for path, tree in self.trees.items():
            reader = _Reader(self, path)
            reader.visit(tree)
            for name in reader.found:
                uses[name].add(path)
        return dict(uses)

    def find_added_methods(self):
        """Yield what the addon adds to Odoo's models: the model and a method's name."""
        for model in self.registry:
            definitions = self._get_definitions(model)
            if any(vars(one).get("_name") == model for one in definitions):
                for definition in self._get_definitions(model, f"{self.addon}."):
                    for name, value in vars(definition).items():
                        is_method = inspect.isroutine(value) and name[:2] != "__"
                        if is_method and not self.is_of_odoo(model, name):
                            yield model, name

    def is_of_odoo(self, model, name):
        """Tell whether Odoo's part of a model has something of this name."""
        return model in self.registry and any(
            name in vars(definition) for definition in self._get_definitions(model)
        )

    def get_bases(self, path, name):
        """Return the classes of Odoo that a class of the addon extends.

        :param str path: of the file that has the class
        :param str name: the class's
        """
        place = path.removesuffix(".py").replace("/", ".")
        module = sys.modules.get(f"odoo.addons.{self.addon}.{place}")
        found = getattr(module, name, object)
        return [base for base in found.__mro__ if self._is_from(base.__module__)]

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

    def __init__(self, scan, path):
        self.scan = scan
        self.path = path
        self.models = []
        self.bases = None  # of a class that is no model
        self.found = set()

    def visit_ImportFrom(self, node):  # noqa: N802
        if (node.module or "").startswith("odoo"):
            self.found |= {
                alias.name
                for alias in node.names
                if alias.name.startswith("_") and alias.name != "_"
            }

    def visit_ClassDef(self, node):  # noqa: N802
        outer = self.models, self.bases
        self.models, self.bases = self._list_models(node), None
        if not self.models:
            self.bases = self.scan.get_bases(self.path, node.name)
        for name in self._list_defined(node):
            self._note_if_inherited(name)
        self.generic_visit(node)
        self.models, self.bases = outer

    def visit_Assign(self, node):  # noqa: N802
        if ast.unparse(node.targets[0]) == SPARED:
            for names in ast.literal_eval(node.value).values():
                self.found |= set(names)
        self.generic_visit(node)

    def visit_Attribute(self, node):  # noqa: N802
        name = node.attr
        is_private = name.startswith("_") and name != "_" and name[:2] != "__"
        if is_private and name in self.scan.odoo_names:
            self._note(node)
        self.generic_visit(node)

    def _note(self, node):
        """Note an attribute, unless its owner is known to be of the addon's own."""
        name, owner = node.attr, ast.unparse(node.value)
        is_inside = owner in ("self", "super()")
        if is_inside and self.bases is not None:
            self._note_if_inherited(name)
        elif name not in self.scan.own_names:
            self.found.add(name)
        elif is_inside:
            self._note_if_inherited(name)
        elif owner.startswith(("env['", "self.env['")) and owner.endswith("']"):
            if self.scan.is_of_odoo(owner.split("'")[1], name):
                self.found.add(name)
        elif owner not in OWN_VARIABLES:
            self.found.add(name)

    def _note_if_inherited(self, name):
        if any(self.scan.is_of_odoo(model, name) for model in self.models) or any(
            name in vars(base) for base in self.bases or ()
        ):
            self.found.add(name)

    def _list_defined(self, node):
        """Yield what a class defines that Odoo's may have too.

        Of a model these are methods: fields and attributes are there to be set.
        """
        for part in node.body:
            if isinstance(part, ast.FunctionDef) and part.name[:2] != "__":
                yield from {part.name} - DOCUMENTED
            elif isinstance(part, ast.Assign) and not self.models:
                yield from (ast.unparse(target) for target in part.targets)

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
