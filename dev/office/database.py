"""Databases: one with everything but the addon is built once and kept; each run works
on a copy of it, into which the addon's present source is installed. The other addons
of the checkout come on top of that, in a database of their own.
"""

import hashlib
import os
import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import psutil

from dev.machine import cache
from dev.machine.errors import SetupError
from dev.machine.process import tail
from dev.machine.progress import Step, modules_in
from dev.machine.project import ADDON, base_modules, further_addons
from dev.office.environment import Environment
from dev.office.odoo_log import problems

PREFIX = "ctr"
# The languages of the customers in the demo data: each customer's messages are in its
# own. The administrator gets the first one.
DEMO_LANGUAGES = ("en_US", "pl_PL", "de_DE")
_numbers = count(1)


def base(environment: Environment, *, demo: bool) -> str:
    """Return the name of the database with the modules below the main addon.

    It is built when there is none for this Odoo and these modules.

    :param demo: whether Odoo's demo data is in it
    :raises SetupError: Odoo could not install them
    """
    modules = base_modules()
    kind = ("demo", DEMO_LANGUAGES) if demo else ()
    key = f"{environment.odoo.version} {environment.data} {modules} {kind}"
    name = f"{PREFIX}_base_{hashlib.sha256(key.encode()).hexdigest()[:10]}"
    with cache.lock("base.lock"):
        # A cache that was deleted has lost the files of a database on another server.
        complete = name in environment.postgres.databases()
        if not (complete and environment.filestore(name).exists()):
            _build(environment, name, modules, demo=demo)
    return name


def _build(
    environment: Environment, name: str, modules: tuple[str, ...], *, demo: bool
) -> None:
    """Build the base database under another name, then rename it."""
    scratch = f"{name}_building"
    for database in (name, scratch):
        drop(environment, database)
    try:
        install(environment, scratch, modules, demo=demo)
        environment.filestore(scratch).mkdir(parents=True, exist_ok=True)
        environment.filestore(scratch).rename(environment.filestore(name))
        environment.postgres.rename(scratch, name)
    finally:
        drop(environment, scratch)


def install(
    environment: Environment,
    database: str,
    modules: tuple[str, ...],
    *,
    demo: bool,
    update: bool = False,
) -> list[str]:
    """Install modules into `database`, which is made if it is not there.

    :param update: update what is installed instead
    :return: the warnings and errors that Odoo logged meanwhile
    :raises SetupError: it failed; the text holds the end of the log
    """
    folder = cache.folder("runs")
    log, config = folder / f"{database}.log", folder / f"{database}.conf"
    environment.write_config(config, with_demo=demo)
    option = "-u" if update else "-i"
    command = environment.command("-c", config, "-d", database)
    command += [option, ",".join(modules)]
    if demo:
        command += ["--load-language", ",".join(DEMO_LANGUAGES)]
    what = f"{'updating' if update else 'installing'} {', '.join(modules)}"
    with (
        open(log, "w", encoding="utf-8") as output,
        Step(f"{what} {'with' if demo else 'without'} demo data", modules_in(log)),
    ):
        code = environment.run([*command, "--no-http"], output)
    found = problems(log)
    missing = [] if code else _not_installed(environment, database, modules)
    if code or missing:
        text = "\n".join(found) or tail(log.read_text(encoding="utf-8"))
        names = ", ".join(missing or modules)
        raise SetupError(f"Odoo could not install {names} (log: {log}):\n{text}")
    log.unlink()
    config.unlink()
    return found


def _not_installed(
    environment: Environment, database: str, modules: tuple[str, ...]
) -> list[str]:
    """Return those of `modules` that are not installed in `database`."""
    rows = environment.postgres.query(
        "SELECT name FROM ir_module_module WHERE state = 'installed'", database=database
    )
    return sorted(set(modules) - {name for (name,) in rows})


@contextmanager
def with_addon(environment: Environment, *, demo: bool) -> Iterator[str]:
    """Give a fresh database with the main addon's present source; drop it at the end.

    :raises SetupError: the installation failed, or logged as much as a warning
    """
    with copied(environment, base(environment, demo=demo)) as name:
        _install_cleanly(environment, name, (ADDON,), demo=demo)
        yield name


@contextmanager
def with_all_addons(environment: Environment, source: str) -> Iterator[str]:
    """Give a copy of a database, with all addons of the checkout; drop it at the end.

    The modules of Odoo that they need come along.

    :param source: the database, with the main addon in it and without demo data
    :raises SetupError: the installation failed, or logged as much as a warning
    """
    further = tuple(addon.name for addon in further_addons())
    with copied(environment, source) as name:
        # One with `auto_install` may be installed already.
        if missing := _not_installed(environment, name, further):
            _install_cleanly(environment, name, tuple(missing), demo=False)
        yield name


def _install_cleanly(
    environment: Environment, database: str, modules: tuple[str, ...], *, demo: bool
) -> None:
    """Install modules, and take a warning for a failure.

    :raises SetupError: it failed, or Odoo logged as much as a warning
    """
    if warnings := install(environment, database, modules, demo=demo):
        names, text = ", ".join(modules), "\n".join(warnings)
        raise SetupError(f"Installing {names} is not clean, Odoo warns:\n{text}")


@contextmanager
def empty(environment: Environment) -> Iterator[str]:
    """Give the name of a database that Odoo is to make; drop it at the end."""
    name = _run_name()
    drop(environment, name)
    try:
        yield name
    finally:
        drop(environment, name)


@contextmanager
def copied(environment: Environment, source: str) -> Iterator[str]:
    """Give a copy of the database `source` and its files; drop it at the end."""
    name = _run_name()
    with cache.lock("copy.lock"):  # PostgreSQL copies one database at a time
        drop(environment, name)
        environment.postgres.copy(source, name)
    try:
        _copy_files(environment.filestore(source), environment.filestore(name))
        yield name
    finally:
        drop(environment, name)


def _run_name() -> str:
    """Return a name by which `drop_abandoned` knows whose database it is."""
    return f"{PREFIX}_run_{_host()}_{os.getpid()}_{next(_numbers)}"


def _copy_files(source: Path, target: Path) -> None:
    """Copy a file store. Its files never change, so links are as good as copies."""
    shutil.rmtree(target, ignore_errors=True)
    if source.exists():
        shutil.copytree(source, target, copy_function=os.link)


def drop(environment: Environment, database: str) -> None:
    """Delete a database and its files, if they are there."""
    environment.postgres.drop(database)
    shutil.rmtree(environment.filestore(database), ignore_errors=True)


def drop_abandoned(environment: Environment) -> None:
    """Delete the copies that processes of this machine left when they were killed."""
    mine = f"{PREFIX}_run_{_host()}_"
    for name in environment.postgres.databases():
        if name.startswith(mine):
            pid = name.removeprefix(mine).split("_")[0]
            if pid.isdigit() and not psutil.pid_exists(int(pid)):
                drop(environment, name)


def _host() -> str:
    """Return a short mark of this machine: a server may be shared by several."""
    return hashlib.sha256(socket.gethostname().encode()).hexdigest()[:6]
