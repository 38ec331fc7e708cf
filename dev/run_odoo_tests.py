"""``make test-odoo``: Odoo's own suites, with the addon installed beside them."""

import re
import sys
from collections.abc import Callable
from pathlib import Path

from dev.machine import chromium
from dev.machine.errors import SetupError
from dev.machine.progress import Step, modules_in
from dev.machine.project import ADDON, base_modules
from dev.office import database, environment
from dev.office.environment import Environment, RunFolder
from dev.office.odoo_log import problems
from dev.office.server import free_port

SUITES = ("project", "project_sms", "sms", "crm")
TEST = re.compile(r": Starting \w+\.test_")
FIGURES = re.compile(r"(\d+) failed, (\d+) error\(s\) of (\d+) tests")


def main(arguments: list[str]) -> int:
    """Run Odoo's suites, print its closing figures and return the exit code.

    :param arguments: one argument, other test tags than those of `SUITES`
    :raises SetupError: something is missing, or Odoo ended without figures
    """
    tags = arguments[0] if arguments else ",".join(f"/{suite}" for suite in SUITES)
    chromium.ensure()
    ready = environment.ready()
    database.drop_abandoned(ready)
    with database.empty(ready) as name:
        return _run(ready, name, tags)


def _run(ready: Environment, name: str, tags: str) -> int:
    """Install all into the database `name` and run the tests tagged `tags`."""
    with RunFolder() as folder:
        config = ready.write_config(
            folder / "odoo.conf",
            http_port=free_port(),
            gevent_port=free_port(),
        )
        # Installed from nothing and without demo data, as Odoo 19 does it by default.
        # With demo data, tests of queries and of an import fail without the addon too.
        command = ready.command("-c", config, "-d", name, "--test-tags", tags)
        modules = ",".join([*base_modules(), ADDON])
        log = folder / "odoo.log"
        with (
            open(log, "w", encoding="utf-8") as output,
            Step(f"running Odoo's tests {tags} (about 8 minutes)", _progress(log)),
        ):
            code = ready.run([*command, "-i", modules], output)
        text = log.read_text(encoding="utf-8", errors="replace")
        return _verdict(text, code, problems(log))


def _progress(log: Path) -> Callable[[], str]:
    """Return what tells how far it is: modules at first, then tests."""
    modules = modules_in(log)

    def measure() -> str:
        tests = len(TEST.findall(log.read_text(encoding="utf-8", errors="replace")))
        return f"test {tests}" if tests else modules()

    return measure


def _verdict(text: str, code: int, found: list[str]) -> int:
    """Print what failed and Odoo's closing figures; return the exit code.

    :param text: the log
    :param code: the exit code of Odoo
    :param found: the warnings and errors in the log
    :raises SetupError: there are no figures
    """
    match = FIGURES.search(text)
    if not match:
        told = "\n".join(found)
        raise SetupError(f"Odoo ended with code {code} before its tests did:\n{told}")
    failed, errors, tests = map(int, match.groups())
    if failed or errors:
        print("\n".join(found), file=sys.stderr)
    print(match.group())
    return 1 if failed or errors or not tests else code
