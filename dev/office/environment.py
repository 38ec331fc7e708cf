"""Everything a command needs, put together: Odoo, PostgreSQL and a place for files."""

import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from functools import cache as once
from pathlib import Path
from typing import TextIO

from dev.machine import cache, odoo_source, postgres
from dev.machine.odoo_source import OdooSource
from dev.machine.postgres import Postgres
from dev.machine.process import say
from dev.machine.project import ROOT


@dataclass(frozen=True)
class Environment:
    """An Odoo and a PostgreSQL server that are ready, and how Odoo is run on them."""

    odoo: OdooSource
    postgres: Postgres
    data: Path  # Odoo's data folder: file stores and sessions
    addons: Path = ROOT  # where the addon lies, in its present or another version
    further: tuple[Path, ...] = ()  # where other addons lie

    def variables(self) -> dict[str, str]:
        """Return the environment variables for an Odoo process."""
        return {
            **os.environ,
            "PYTHONPATH": f"{self.odoo.python_path}{os.pathsep}{ROOT}",
            "PYTHONUNBUFFERED": "1",
            # The mailbox and the SMS gateway are on this machine, not behind a proxy.
            "NO_PROXY": "127.0.0.1,localhost",
            "no_proxy": "127.0.0.1,localhost",
        }

    def command(self, *words: str | Path) -> list[str]:
        """Return the command that runs Odoo's launcher with `words`."""
        return [sys.executable, str(self.odoo.launcher), *map(str, words)]

    def run(self, command: list[str], output: TextIO) -> int:
        """Have Odoo do what `command` says and end; return its exit code."""
        return subprocess.run(
            [*command, "--stop-after-init"],
            env=self.variables(),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            check=False,
        ).returncode

    def settings(self, **further: object) -> dict[str, object]:
        """Return the settings for an Odoo configuration file."""
        addons = (*self.odoo.addons, self.addons, *self.further)
        password = self.postgres.password
        return {
            "addons_path": ",".join(str(path) for path in addons),
            "data_dir": self.data,
            "db_host": self.postgres.host,
            "db_port": self.postgres.port,
            "db_user": self.postgres.user,
            **({"db_password": password} if password else {}),
            "admin_passwd": "admin",
            "list_db": False,
            "http_interface": "127.0.0.1",
            "max_cron_threads": 0,
            "workers": 0,
            **further,
        }

    def write_config(self, file: Path, **further: object) -> Path:
        """Write an Odoo configuration to `file` and return it."""
        lines = [f"{key} = {value}" for key, value in self.settings(**further).items()]
        file.touch(mode=0o600)
        file.write_text("[options]\n" + "\n".join(lines) + "\n", encoding="utf-8")
        return file

    def filestore(self, database: str) -> Path:
        """Return the folder of the attachments of `database`."""
        return self.data / "filestore" / database


@once
def ready() -> Environment:
    """Return the environment, with everything in it made or started.

    :raises SetupError: something is missing; the text says what to do
    """
    source = odoo_source.find()
    return Environment(source, postgres.start(), cache.folder("data"))


class RunFolder:
    """A folder for one run's configuration and logs; kept when the run fails."""

    def __init__(self) -> None:
        """Make the folder."""
        self.path = Path(tempfile.mkdtemp(prefix="run-", dir=cache.folder("runs")))

    def __enter__(self) -> Path:
        return self.path

    def __exit__(self, kind: type | None, _error: object, _traceback: object) -> None:
        if kind and not issubclass(kind, (KeyboardInterrupt, SystemExit)):
            say(f"configuration and logs of this run: {self.path}")
        else:
            shutil.rmtree(self.path, ignore_errors=True)
