"""``make lint``: style and likely mistakes in Python, XML, JavaScript, the manifest.

``make lint ARGS=ruff`` runs one check, ``make lint ARGS=--fix`` formats what can be.
"""

import hashlib
import os
import shutil
import subprocess
from argparse import ArgumentParser
from pathlib import Path

from dev.machine import cache, venv
from dev.machine.process import run, say
from dev.machine.project import ADDON, ROOT

PRETTIER = ROOT / "dev" / "prettier"

XML_AND_JS = f"{ADDON}/**/*.{{js,xml}}"

# Name -> what checks, and what mends as much as it can.
CHECKS = {
    "ruff": (("ruff", "check", "."), ("ruff", "check", "--fix", ".")),
    "ruff-format": (("ruff", "format", "--check", "."), ("ruff", "format", ".")),
    "pylint-odoo": 2 * (("pylint", "--rcfile=pyproject.toml", ADDON),),
    "oca": 2 * (("oca-checks-odoo-module", ADDON),),
    "prettier": (
        ("prettier", "--log-level=warn", "--check", XML_AND_JS),
        ("prettier", "--log-level=warn", "--write", XML_AND_JS),
    ),
}


def main(arguments: list[str]) -> int:
    """Run the checks, also after one that fails; return 0 when all are clean.

    :param arguments: names of `CHECKS`, none for all; and ``--fix``
    :raises SetupError: the tools could not be installed
    """
    parser = ArgumentParser(prog="python3 -m dev lint")
    parser.add_argument("checks", nargs="*", metavar="check", help=", ".join(CHECKS))
    parser.add_argument("--fix", action="store_true", help="mend what can be")
    options = parser.parse_args(arguments)
    if unknown := set(options.checks) - set(CHECKS):
        parser.error(f"no such check: {', '.join(unknown)}")
    programs = venv.for_linting().parent
    failed = []
    for name in options.checks or CHECKS:
        say(name)
        if not _check(name, programs, fix=options.fix):
            failed.append(name)
    if failed:
        say(f"not clean: {', '.join(failed)} (make lint ARGS=--fix mends what it can)")
    return int(bool(failed))


def _check(name: str, programs: Path, *, fix: bool) -> bool:
    """Run one check and return whether it is clean.

    :param programs: the folder of the linters' programs
    """
    program, *arguments = CHECKS[name][fix]
    start = [programs / program] if program != "prettier" else _prettier(programs)
    done = subprocess.run(
        [*map(str, start), *arguments],
        cwd=ROOT,
        env=_variables(programs),
        check=False,
    )
    return not done.returncode


def _variables(programs: Path) -> dict[str, str]:
    """Return the environment in which `programs` come first."""
    return {**os.environ, "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}"}


def _prettier(programs: Path) -> list[str | Path]:
    """Return the command of prettier with its plug-in; install it when it is not there.

    :raises SetupError: npm could not install it
    """
    digest = hashlib.sha256((PRETTIER / "package-lock.json").read_bytes()).hexdigest()
    target = cache.folder() / f"prettier-{digest[:12]}"
    with cache.lock("prettier.lock"):
        if not target.exists():
            say("installing prettier")
            with cache.building(target) as scratch:
                for file in PRETTIER.glob("*.json"):
                    shutil.copy(file, scratch)
                run(
                    [programs / "npm", "ci", "--no-audit", "--no-fund"],
                    "Installing prettier failed. Is there a network? npm's own "
                    "settings (npm_config_registry, …) are respected.",
                    cwd=scratch,
                    env=_variables(programs),
                )
    modules = target / "node_modules"
    plugin = modules / "@prettier" / "plugin-xml" / "src" / "plugin.js"
    return [modules / ".bin" / "prettier", f"--plugin={plugin}"]
