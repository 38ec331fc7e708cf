"""``make test``: all tests of the addons and of the folder tests/.

The main addon's tests and those from outside run where nothing is installed but what
that addon needs. If there are further addons in the checkout, theirs have a database in
which all addons are installed.
"""

import multiprocessing
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO

from dev.machine import chromium, project
from dev.machine.process import say
from dev.machine.project import further_addons, main_addon
from dev.office import database, environment
from dev.office.environment import Environment, RunFolder
from dev.office.server import free_port
from dev.proof import failures

# Tells `tests/conftest.py` which database its servers get copies of.
TEMPLATE_VARIABLE = "CRM_TASK_REMINDER_TEMPLATE"
NO_TESTS = 5  # pytest's exit code when there was nothing to run


def main(arguments: list[str]) -> int:
    """Run the tests and return pytest's exit code, that of the worst run.

    :param arguments: further arguments for pytest
    :raises SetupError: something is missing, or an addon does not install cleanly
    """
    chromium.ensure()
    ready = environment.ready()
    database.drop_abandoned(ready)
    with database.with_addon(ready, demo=False) as template, RunFolder() as folder:
        runs = Runs(ready, template, folder, arguments)
        codes = runs.run_chosen() if arguments else runs.run_all()
        failures.tell(folder)
    return worst(codes)


def plan() -> tuple[list[Path], list[Path], list[Path]]:
    """Return the folders of tests inside Odoo, from outside, and of further addons.

    The main addon is tested without the others: with them it could lean on what they
    bring along.
    """
    further = [addon.tests for addon in further_addons() if addon.tests]
    return [main_addon().tests], [project.ROOT / "tests"], further


def worst(codes: list[int]) -> int:
    """Return the exit code for several runs of pytest.

    A choice of tests (`-k`) may leave nothing to do in one of them.
    """
    bad = [code for code in codes if code not in (0, NO_TESTS)]
    return bad[0] if bad else min(codes)


@contextmanager
def beside(function: Callable[[], None]) -> Iterator[multiprocessing.Process]:
    """Call a function in a process of its own, and wait for it at the block's end.

    If the block fails, it is ended.
    """
    process = multiprocessing.get_context("fork").Process(target=function)
    process.start()
    try:
        yield process
        process.join()
    finally:
        process.terminate()
        process.join()


@dataclass(frozen=True)
class Runs:
    """The runs of pytest of one ``make test``.

    `template` is the database that tests from outside may copy, `folder` is for what
    the runs leave, `output` takes their words instead of the terminal.
    """

    ready: Environment
    template: str
    folder: Path
    arguments: list[str]
    output: IO | int | None = None

    def run_all(self) -> list[int]:
        """Run all tests, those from outside beside the others: each takes long.

        :return: exit codes
        """
        inside, outside, further = plan()
        say("the tests inside Odoo run meanwhile; their results come at the end")
        told = self.folder / "inside.txt"
        with open(told, "w", encoding="utf-8") as output:
            apart = replace(self, output=output)
            with beside(lambda: sys.exit(apart.run_inside(inside, further))) as others:
                codes = [self._run_main(outside)]
        print(told.read_text(encoding="utf-8"), flush=True)
        return [*codes, others.exitcode]

    def run_inside(self, inside: list[Path], further: list[Path]) -> int:
        """Run the tests of the addons.

        :return: exit code
        """
        codes = [self._run_main(inside)]
        if further:
            codes.append(self._run_further(further))
        return worst(codes)

    def run_chosen(self) -> list[int]:
        """Run the tests that the arguments choose, one after the other.

        :return: exit codes
        """
        inside, outside, further = plan()
        codes = [self._run_main(inside + outside)]
        # To collect the tests is faster than to make a database that none needs.
        if further and self._choose(further):
            codes.append(self._run_further(further))
        return codes

    def _run_main(self, folders: list[Path]) -> int:
        """Run tests where only the main addon is installed; return the exit code."""
        # Two databases: one that pytest keeps open, and one that can be copied from.
        with database.copied(self.ready, self.template) as name:
            return self._pytest(name, folders)

    def _run_further(self, folders: list[Path]) -> int:
        """Run tests where all addons are installed; return the exit code."""
        with database.with_all_addons(self.ready, self.template) as name:
            return self._pytest(name, folders)

    def _choose(self, folders: list[Path]) -> bool:
        """Return whether the arguments, such as ``-k``, choose a test in `folders`."""
        arguments = [*self.arguments, "--collect-only"]
        look = replace(self, arguments=arguments, output=subprocess.DEVNULL)
        return look._run_main(folders) != NO_TESTS

    def _pytest(self, name: str, folders: list[Path]) -> int:
        """Run pytest on the database `name` and return its exit code.

        :param folders: where the tests are
        """
        with RunFolder() as folder:
            config = self.ready.write_config(
                folder / "odoo.conf",
                gevent_port=free_port(),
                db_name=name,
                # Chromium would inherit the limit, and needs more addresses than that.
                limit_memory_hard=0,
            )
            command = [
                *(sys.executable, "-m", "pytest"),
                *("-p", "dev.proof.no_skips", "-p", "dev.proof.failures"),
                *(f"--odoo-config={config}", f"--odoo-database={name}", "--odoo-http"),
                *(str(path.relative_to(project.ROOT)) for path in folders),
                *self.arguments,
            ]
            variables = {
                **self.ready.variables(),
                TEMPLATE_VARIABLE: self.template,
                failures.VARIABLE: str(self.folder),
            }
            return subprocess.run(
                command,
                cwd=project.ROOT,
                env=variables,
                stdout=self.output,
                stderr=self.output,
                check=False,
            ).returncode
