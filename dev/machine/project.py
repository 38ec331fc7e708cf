"""Where things are in this checkout, and what the addon's manifest says."""

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
ADDON = "crm_task_reminder"
ADDON_FOLDER = ROOT / ADDON

# What every database of the tests holds before the addon comes: the applications the
# addon extends, and the two that join them automatically when they meet.
BASE_MODULES = ("crm", "project", "project_sms", "sms", "hr")


def manifest() -> dict:
    """Return the addon's manifest as a dictionary.

    :raises OSError: the manifest is not there
    """
    text = (ADDON_FOLDER / "__manifest__.py").read_text(encoding="utf-8")
    return ast.literal_eval(text)


def base_modules() -> tuple[str, ...]:
    """Return the modules of the base database: `BASE_MODULES` and the dependencies."""
    try:
        depends = manifest().get("depends", [])
    except OSError:
        depends = []
    return tuple(sorted({*BASE_MODULES, *depends}))
