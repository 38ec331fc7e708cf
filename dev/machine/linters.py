"""The linters: Python's from their own environment, prettier from npm.

Runs on the bare system Python: standard library only.
"""

from pathlib import Path

from dev.machine import node


def find(name: str) -> tuple[list[Path | str], dict[str, str]]:
    """Return the command of a linter and its environment variables.

    :raises SetupError: it could not be installed
    """
    programs, variables = node.programs()
    if name == "prettier":
        return _prettier(), variables
    return [programs / name], variables


def _prettier() -> list[Path | str]:
    """Return the command of prettier with its plug-in; install it when it is not there.

    :raises SetupError: npm could not install it
    """
    modules = node.modules(node.PRETTIER)
    plugin = modules / "@prettier" / "plugin-xml" / "src" / "plugin.js"
    return [modules / ".bin" / "prettier", f"--plugin={plugin}"]
