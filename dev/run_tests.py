"""``make test``: all tests of the addons and of the folder tests/.

The main addon's tests and those from outside run where nothing is installed but what
that addon needs. If there are further addons in the checkout, theirs follow in a second
run of pytest, on a database in which all addons are installed.
"""

import subprocess
import sys
from pathlib import Path

from dev.machine import chromium, project
from dev.machine.project import further_addons, main_addon
from dev.office import database, environment
from dev.office.environment import Environment, RunFolder
from dev.office.server import free_port

# Tells `tests/conftest.py` which database its servers get copies of.
TEMPLATE_VARIABLE = "CRM_TASK_REMINDER_TEMPLATE"
NO_TESTS = 5  # pytest's exit code when there was nothing to run


def main(arguments: list[str]) -> int:
    """Run the tests and return pytest's exit code, that of the worse run.

    :param arguments: further arguments for pytest
    :raises SetupError: something is missing, or an addon does not install cleanly
    """
    chromium.ensure()
    ready = environment.ready()
    database.drop_abandoned(ready)
    first, further = plan()
    # Two databases: one that pytest keeps open, and one that can be copied from.
    with database.with_addon(ready, demo=False) as template:
        with database.copied(ready, template) as name:
            codes = [_pytest(ready, name, first, arguments, template)]
            # To collect the tests is faster than to make a database that none needs.
            if further and arguments and not _choose(ready, name, further, arguments):
                further = []
        if further:
            with database.with_all_addons(ready, template) as name:
                codes.append(_pytest(ready, name, further, arguments))
    return worst(codes)


def plan() -> tuple[list[Path], list[Path]]:
    """Return the folders of tests of the first run and, if any, of the second.

    The main addon is tested without the others: with them it could lean on what they
    bring along.
    """
    own = [main_addon().tests, project.ROOT / "tests"]
    return own, [addon.tests for addon in further_addons() if addon.tests]


def worst(codes: list[int]) -> int:
    """Return the exit code for several runs of pytest.

    A choice of tests (`-k`) may leave nothing to do in one of them.
    """
    failures = [code for code in codes if code not in (0, NO_TESTS)]
    return failures[0] if failures else min(codes)


def _choose(
    ready: Environment, name: str, folders: list[Path], arguments: list[str]
) -> bool:
    """Return whether `arguments`, such as ``-k``, choose a test in `folders`."""
    only_look = [*arguments, "--collect-only"]
    return _pytest(ready, name, folders, only_look, quiet=True) != NO_TESTS


def _pytest(
    ready: Environment,
    name: str,
    folders: list[Path],
    arguments: list[str],
    template: str = "",
    *,
    quiet: bool = False,
) -> int:
    """Run pytest on the database `name` and return its exit code.

    :param folders: where the tests are
    :param template: the database that tests from outside may copy
    :param quiet: show nothing
    """
    with RunFolder() as folder:
        config = ready.write_config(
            folder / "odoo.conf",
            gevent_port=free_port(),
            db_name=name,
            # Chromium would inherit the limit, and needs more addresses than that.
            limit_memory_hard=0,
        )
        command = [
            *(sys.executable, "-m", "pytest", "-p", "dev.proof.no_skips"),
            *(f"--odoo-config={config}", f"--odoo-database={name}", "--odoo-http"),
            *(str(path.relative_to(project.ROOT)) for path in folders),
            *arguments,
        ]
        variables = {**ready.variables(), TEMPLATE_VARIABLE: template}
        output = subprocess.DEVNULL if quiet else None
        return subprocess.run(
            command,
            cwd=project.ROOT,
            env=variables,
            stdout=output,
            stderr=output,
            check=False,
        ).returncode
