"""Where things are in this checkout, and the addons in it.

An addon is found by its manifest: a new one needs no change here.
"""

import ast
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
# The addon on which all others of the checkout build. Whoever needs its folder takes it
# from here.
ADDON = "crm_task_reminder"
ADDON_FOLDER = ROOT / ADDON


@dataclass(frozen=True)
class Addon:
    """An addon of this checkout."""

    folder: Path

    @property
    def name(self) -> str:
        """The technical name."""
        return self.folder.name

    @cached_property
    def manifest(self) -> dict:
        """What the addon's manifest says."""
        text = (self.folder / "__manifest__.py").read_text(encoding="utf-8")
        return ast.literal_eval(text)

    @property
    def tests(self) -> Path | None:
        """The folder of its tests inside Odoo, None when there is none."""
        tests = self.folder / "tests"
        return tests if tests.is_dir() else None


def main_addon() -> Addon:
    """Return the addon on which all others build."""
    return Addon(ADDON_FOLDER)


def further_addons() -> list[Addon]:
    """Return the other addons of this checkout, sorted by name.

    They may need modules that the main addon is to work without, and they may join it
    by themselves (`auto_install`): they are installed and tested in a second step.
    """
    folders = sorted(manifest.parent for manifest in ROOT.glob("*/__manifest__.py"))
    return [Addon(folder) for folder in folders if folder != ADDON_FOLDER]


def addons() -> list[Addon]:
    """Return all addons of this checkout, the main one first."""
    return [main_addon(), *further_addons()]


def base_modules() -> tuple[str, ...]:
    """Return the modules of Odoo on which the main addon depends, sorted."""
    depends = set(main_addon().manifest.get("depends", []))
    return tuple(sorted(depends - {addon.name for addon in addons()}))
