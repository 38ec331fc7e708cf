"""``make test``: all tests of the addon and of this folder, in one run of pytest."""

import subprocess
import sys

from dev.machine import chromium
from dev.machine.project import ADDON, ROOT
from dev.office import database, environment
from dev.office.environment import Environment, RunFolder
from dev.office.server import free_port

# Tells `tests/conftest.py` which database its servers get copies of.
TEMPLATE_VARIABLE = "CRM_TASK_REMINDER_TEMPLATE"


def main(arguments: list[str]) -> int:
    """Run the tests and return pytest's exit code.

    :param arguments: further arguments for pytest
    :raises SetupError: something is missing, or the addon does not install cleanly
    """
    chromium.ensure()
    ready = environment.ready()
    database.drop_abandoned(ready)
    # Two databases: one that pytest keeps open, and one that can be copied from.
    with (
        database.with_addon(ready, demo=False) as template,
        database.copied(ready, template) as name,
    ):
        return _pytest(ready, name, template, arguments)


def _pytest(ready: Environment, name: str, template: str, arguments: list[str]) -> int:
    """Run pytest on the database `name` and return its exit code."""
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
            *(f"{ADDON}/tests", "tests"),
            *arguments,
        ]
        variables = {**ready.variables(), TEMPLATE_VARIABLE: template}
        return subprocess.run(command, cwd=ROOT, env=variables, check=False).returncode
