"""Virtual environments in the cache, one for each Python and set of requirements.

Runs on the bare system Python: standard library only.
"""

import hashlib
import os
import shutil
import sys
from pathlib import Path

from dev.machine import apt, cache
from dev.machine.errors import SetupError
from dev.machine.process import run, watch
from dev.machine.progress import Phases, Step
from dev.machine.project import ROOT

# The versions for which every pinned wheel exists. Odoo 19 itself takes 3.10 to 3.13.
OLDEST, NEWEST = (3, 11), (3, 13)

RUN_REQUIREMENTS = (ROOT / "requirements.txt", ROOT / "dev" / "constraints.txt")
LINT_REQUIREMENTS = (ROOT / "dev" / "requirements-lint.txt",)

PIP_OPTIONS = ("--no-input", "--progress-bar=off", "--disable-pip-version-check")
# What pip writes: a line for each package, and one when it has them all.
LAST_PHASE = "all are here, unpacking them"
PHASES = {"package": "Collecting ", LAST_PHASE: "Installing collected "}


def check_python() -> None:
    """Make sure that this Python can run the pinned requirements.

    :raises SetupError: it is too old or too new
    """
    if OLDEST <= sys.version_info[:2] <= NEWEST:
        return
    found = ".".join(str(part) for part in sys.version_info[:2])
    raise SetupError(
        f"This is Python {found}; Odoo 19 with the pinned requirements needs Python "
        f"{OLDEST[0]}.{OLDEST[1]} to {NEWEST[0]}.{NEWEST[1]}.\n"
        "Say which one to use: make PYTHON=python3.11 …"
    )


def for_running() -> Path:
    """Return the Python of the environment for Odoo, the addon and the tests."""
    requirements, constraints = RUN_REQUIREMENTS
    arguments = ["-r", requirements, "-c", constraints]
    pins = "".join(file.read_text(encoding="utf-8") for file in RUN_REQUIREMENTS)
    return _ensure("venv", arguments, RUN_REQUIREMENTS, total=pins.count("=="))


def for_linting() -> Path:
    """Return the Python of the linters' environment, apart from Odoo's old pins."""
    return _ensure("lint", ["-r", LINT_REQUIREMENTS[0]], LINT_REQUIREMENTS)


def _ensure(
    kind: str, arguments: list[str | Path], files: tuple[Path, ...], total: int = 0
) -> Path:
    """Return the environment's Python; make the environment if it is not there.

    :param arguments: what pip is told to install
    :param files: the files that decide whether it is still the right one
    :param total: how many packages there will be, 0 when it is not known
    :raises SetupError: no ensurepip, no network, or a package that does not install
    """
    digest = hashlib.sha256(sys.version.encode())
    for file in files:
        digest.update(file.read_bytes())
    target = cache.folder() / f"{kind}-{digest.hexdigest()[:12]}"
    python = target / "bin" / "python"
    with cache.lock(f"{kind}.lock"):
        # Written last: an environment whose making was interrupted has none.
        complete = target / "complete"
        if not complete.exists():
            shutil.rmtree(target, ignore_errors=True)
            _make(target, python, arguments, total)
            complete.touch()
    return python


def _make(target: Path, python: Path, arguments: list[str | Path], total: int) -> None:
    """Make an environment in the folder `target` and install into it."""
    _ensure_ensurepip()
    with Step(f"making the Python environment {target.name}"):
        run([sys.executable, "-m", "venv", target], "The Python environment failed.")
    phases = Phases(PHASES, total, last=LAST_PHASE)
    with Step("installing Python packages", phases):
        watch(
            [python, "-m", "pip", "install", *PIP_OPTIONS, *arguments],
            "Installing the Python requirements failed. Is there a network? pip's own "
            "settings (PIP_INDEX_URL, PIP_CERT, …) are respected.",
            phases.read,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )


def _ensure_ensurepip() -> None:
    """Debian keeps this part of Python's standard library in a package of its own."""
    try:
        import ensurepip  # noqa: F401, PLC0415 - only whether it is there
    except ImportError:
        version = ".".join(str(part) for part in sys.version_info[:2])
        apt.install([f"python{version}-venv"], "Python's venv module is missing.")
