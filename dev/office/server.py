"""A real Odoo server in a process of its own, on a free port."""

import os
import signal
import socket
import subprocess
import urllib.error
import urllib.request
from pathlib import Path

from dev.machine.errors import SetupError
from dev.machine.process import tail, wait_until
from dev.office.environment import Environment

START_SECONDS = 90
STOP_SECONDS = 30
# High ones, in seconds: a slow machine must not have a server end in the middle.
LIMITS = {"limit_time_real": 600, "limit_time_cpu": 600}


def free_port() -> int:
    """Return a TCP port of 127.0.0.1 on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class OdooServer:
    """An Odoo server for one database. A context manager: started, then stopped."""

    def __init__(
        self,
        environment: Environment,
        database: str,
        folder: Path,
        *,
        cron_threads: int = 1,
        workers: int = 0,
        variables: dict[str, str] | None = None,
        log_level: str = "info",
        **settings: object,
    ):
        """Describe the server; `start` starts it.

        :param folder: for its configuration and log files
        :param cron_threads: how many scheduled actions run at the same time
        :param workers: processes for requests; 0 for one process with threads
        :param variables: further environment variables
        :param log_level: Odoo's, such as ``debug``
        :param settings: further ones of Odoo's configuration file
        """
        self.environment = environment
        self.database = database
        self.variables = {**environment.variables(), **(variables or {})}
        self.workers = workers
        self.port = free_port()
        name = f"{database}-{self.port}"
        self.log = folder / f"{name}.log"
        own = {
            "max_cron_threads": cron_threads,
            "workers": workers,
            "log_level": log_level,
        }
        self.config = self._write_config(folder / f"{name}.conf", own | settings)
        self.process: subprocess.Popen | None = None

    def _write_config(self, path: Path, settings: dict[str, object]) -> Path:
        own = {
            **LIMITS,
            "db_name": self.database,
            "dbfilter": f"^{self.database}$",
            "http_port": self.port,
            "gevent_port": free_port(),
        }
        return self.environment.write_config(path, **(own | settings))

    @property
    def url(self) -> str:
        """The address of the server, without a slash at the end."""
        return f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> "OdooServer":
        self.start()
        return self

    def __exit__(self, *_exception: object) -> None:
        self.stop()

    def start(self) -> None:
        """Start the server and wait until it answers.

        :raises SetupError: it ended, or does not answer within `START_SECONDS`
        """
        with open(self.log, "a", encoding="utf-8") as output:
            self.process = subprocess.Popen(
                self.environment.command("-c", self.config),
                env=self.variables,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                # A group of its own: Ctrl-C is for us, and `kill` reaches its workers.
                start_new_session=True,
            )
        wait_until(lambda: self._answers() or not self.is_running(), START_SECONDS)
        if not (self.is_running() and self._answers()):
            self.kill()
            text = tail(self.log.read_text(encoding="utf-8"))
            raise SetupError(f"Odoo does not start (log: {self.log}):\n{text}")

    def wake_cron(self) -> None:
        """Let the scheduled actions that are due run now, not within a minute.

        It is the signal that Odoo's own processes send each other for this.
        """
        self.environment.postgres.query(
            "SELECT pg_notify('cron_trigger', %s)", [self.database]
        )

    def is_running(self) -> bool:
        """Return whether the server's main process is alive."""
        return self.process is not None and self.process.poll() is None

    def ask_to_stop(self) -> None:
        """Ask the server to end, as who stops a service or a container does."""
        self.process.terminate()

    def stop(self) -> None:
        """Let the server finish what it does, then end it."""
        if self.is_running():
            self.process.terminate()
            try:
                self.process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                pass
        self.kill()

    def kill(self) -> None:
        """End the server and its workers at once, as a crash would."""
        if self.process is None:
            return
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        self.process.wait()
        self.process = None

    def _answers(self) -> bool:
        """Return whether a page that needs the database comes."""
        try:
            with urllib.request.urlopen(f"{self.url}/web/login", timeout=60) as page:
                return page.status == 200
        except (OSError, urllib.error.URLError):
            return False
