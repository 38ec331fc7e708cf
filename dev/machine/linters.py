"""The linters: Python's from their own environment, prettier from npm.

Runs on the bare system Python: standard library only.
"""

import hashlib
import os
import shutil
from pathlib import Path

from dev.machine import cache, venv
from dev.machine.process import run
from dev.machine.progress import Step
from dev.machine.project import ROOT

PRETTIER = ROOT / "dev" / "prettier"  # what npm is to install, and the exact versions


def find(name: str) -> tuple[list[Path | str], dict[str, str]]:
    """Return the command of a linter and its environment variables.

    :raises SetupError: it could not be installed
    """
    programs = venv.for_linting().parent
    # Node.js and npm are there as well, from a wheel.
    path = f"{programs}{os.pathsep}{os.environ['PATH']}"
    variables = {**os.environ, "PATH": path}
    if name == "prettier":
        return _prettier(programs, variables), variables
    return [programs / name], variables


def _prettier(programs: Path, variables: dict[str, str]) -> list[Path | str]:
    """Return the command of prettier with its plug-in; install it when it is not there.

    :raises SetupError: npm could not install it
    """
    digest = hashlib.sha256((PRETTIER / "package-lock.json").read_bytes()).hexdigest()
    target = cache.folder() / f"prettier-{digest[:12]}"
    with cache.lock("prettier.lock"):
        if not target.exists():
            with Step("installing prettier"), cache.building(target) as scratch:
                for file in PRETTIER.glob("*.json"):
                    shutil.copy(file, scratch)
                run(
                    [programs / "npm", "ci", "--no-audit", "--no-fund"],
                    "Installing prettier failed. Is there a network? npm's own "
                    "settings (npm_config_registry, …) are respected.",
                    cwd=scratch,
                    env=variables,
                )
    modules = target / "node_modules"
    plugin = modules / "@prettier" / "plugin-xml" / "src" / "plugin.js"
    return [modules / ".bin" / "prettier", f"--plugin={plugin}"]
