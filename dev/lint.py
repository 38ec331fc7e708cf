"""``make lint``: style and likely mistakes, in Python, XML and the manifest."""

import subprocess

from dev import venv
from dev.process import say
from dev.project import ADDON, ROOT

CHECKS = (
    ("ruff", "check", "."),
    ("ruff", "format", "--check", "."),
    ("pylint", "--rcfile=pyproject.toml", ADDON),
    ("oca-checks-odoo-module", ADDON),
)


def main(_arguments: list[str]) -> int:
    """Run all checks, also after one that fails; return 0 when all are clean."""
    programs = venv.for_linting().parent
    failed = []
    for name, *arguments in CHECKS:
        say(" ".join([name, *arguments]))
        command = [str(programs / name), *arguments]
        if subprocess.run(command, cwd=ROOT, check=False).returncode:
            failed.append(name)
    if failed:
        say(f"not clean: {', '.join(failed)}")
    return int(bool(failed))
