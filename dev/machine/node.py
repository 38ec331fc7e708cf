"""Packages of npm, as a folder of `dev/` pins them."""

import hashlib
import os
import shutil
from pathlib import Path

from dev.machine import cache, venv
from dev.machine.process import run
from dev.machine.progress import Step
from dev.machine.project import ROOT

PRETTIER = ROOT / "dev" / "prettier"
PAGE_CHECKS = ROOT / "dev" / "page_checks"


def programs() -> tuple[Path, dict[str, str]]:
    """Return the folder of Node.js and npm, and environment variables with it.

    Both are in the linters' environment, from a wheel.

    :raises SetupError: it could not be installed
    """
    folder = venv.for_linting().parent
    return folder, {**os.environ, "PATH": f"{folder}{os.pathsep}{os.environ['PATH']}"}


def modules(folder: Path) -> Path:
    """Return the folder `node_modules` with what is pinned; install it if need be.

    :param folder: with `package.json` and `package-lock.json`
    :raises SetupError: npm could not install it
    """
    name = folder.name.replace("_", "-")
    digest = hashlib.sha256((folder / "package-lock.json").read_bytes()).hexdigest()
    target = cache.folder() / f"{name}-{digest[:12]}"
    with cache.lock(f"{name}.lock"):
        if not target.exists():
            bin_folder, variables = programs()
            with Step(f"installing {name}"), cache.building(target) as scratch:
                for file in folder.glob("*.json"):
                    shutil.copy(file, scratch)
                run(
                    [bin_folder / "npm", "ci", "--no-audit", "--no-fund"],
                    f"Installing {name} failed. Is there a network? npm's own "
                    "settings (npm_config_registry, …) are respected.",
                    cwd=scratch,
                    env=variables,
                )
    return target / "node_modules"
