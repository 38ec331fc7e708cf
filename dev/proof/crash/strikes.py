"""A server that sends, and those who kill it at random moments."""

import os
import random
import re
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable

import psutil
from psycopg2 import OperationalError

from dev.machine.process import say, wait_until
from dev.machine.project import ADDON
from dev.office.environment import Environment
from dev.office.mailbox import Mailbox
from dev.office.odoo_shell import run_inside
from dev.office.server import OdooServer
from dev.office.sms_gateway import SmsGateway
from dev.office.smsapi_gateway import SmsapiGateway
from dev.proof.crash.arrivals import Arrivals
from dev.proof.crash.postgres import MortalPostgres

WORKERS = 2
SESSIONS = 4  # connections to the mail server that a worker has at most
# Written by Odoo's first process when it finds no database, ends and kills its workers.
LOST_SERVER = "odoo.service.server: Stopping forcefully"
# Mails whose marks may be lost when PostgreSQL is killed: SYNC_EVERY of the addon, and
# one of each session.
REACH = 10 + SESSIONS
# What containers allow a server to take until it ends.
STOP_SECONDS = 10
MOMENT_SECONDS = 60  # how long a moment to strike is waited for
WORKER_LINE = re.compile(r"Worker WorkerCron \((\d+)\) alive")

CRON = f"{ADDON}.ir_cron_crm_task_reminder"

SET_UP = """
from dev.proof.bench import records
records.set_up(env, values["smtp_port"], values["sms_port"], values["due"])
if values["smsapi_token"]:
    records.use_smsapi(env, values["smsapi_token"], values["sms_url"])
env["ir.config_parameter"].set_param("web.base.url", values["url"])
records.create_due(env, values["due"] // 2, ["email", "sms"])
# One scheduled action is run by one worker at a time: as many actions as workers.
crons = env.ref(values["cron"])
while len(crons) < values["workers"]:
    crons += crons[0].copy()
crons.active = True
result["crons"] = crons.ids
"""
# What waits for its next attempt after a fault, or to be asked about once more, is not
# to wait here.
RING = """
UPDATE crm_task_reminder_log
   SET next_attempt_at = CASE state WHEN 'unconfirmed' THEN now() AT TIME ZONE 'UTC' END
WHERE id IN (SELECT id FROM crm_task_reminder_log
             WHERE state IN ('queued', 'unconfirmed') AND next_attempt_at IS NOT NULL
             FOR NO KEY UPDATE SKIP LOCKED);
UPDATE ir_cron SET nextcall = now() AT TIME ZONE 'UTC' - interval '1 second'
WHERE id IN (SELECT id FROM ir_cron WHERE id = ANY(%s) FOR NO KEY UPDATE SKIP LOCKED)
"""
STILL_OPEN = """
SELECT (SELECT count(*) FROM crm_task_reminder WHERE state = 'scheduled')
     + (SELECT count(*) FROM crm_task_reminder_log
         WHERE state IN ('queued', 'sending', 'running')
            OR (state = 'unconfirmed' AND next_attempt_at IS NOT NULL))
"""
# The account at SMSAPI, where that is who takes the SMS.
TOKEN = "crash"
POINTS = 1_000_000.0


class Crash:
    """A server that sends, and those who kill it."""

    def __init__(
        self,
        ready: Environment,
        database_name: str,
        postgres: MortalPostgres,
        arrivals: Arrivals,
        server: OdooServer,
        due: int,
    ):
        """Nothing is killed yet.

        :param ready: the environment with the mortal PostgreSQL
        :param due: how many reminders there are
        """
        self.ready = ready
        self.database = database_name
        self.postgres = postgres
        self.arrivals = arrivals
        self.server = server
        self.due = due
        self.crons: list[int] = []
        self.in_hand: set[int] = set()  # rows of the log, seen at the kills
        self.strikes = {
            "server": self._kill_server,
            "worker": self._kill_worker,
            "postgres": self._kill_postgres,
            "stop": self._stop_server,
            "keyboard": self._interrupt_server,
            "restart": self._restart_postgres,
        }
        self.counts: Counter[str] = Counter()
        self.slowest_stop = 0.0  # seconds until the server had ended

    def set_up(self, mailbox: Mailbox, gateway: SmsGateway | SmsapiGateway) -> None:
        """Make the reminders that are due."""
        self.mailbox = mailbox
        self.gateway = gateway
        self.can_ask = isinstance(gateway, SmsapiGateway)
        if self.can_ask:
            gateway.add_account(TOKEN, points=POINTS)
        answer = run_inside(
            self.ready,
            self.database,
            SET_UP,
            smtp_port=mailbox.port,
            sms_port=gateway.port,
            sms_url=gateway.url,
            smsapi_token=TOKEN if self.can_ask else "",
            due=self.due,
            workers=WORKERS,
            cron=CRON,
            url=self.server.url,
        )
        self.crons = answer["crons"]

    def strike_all(self, victims: list[str]) -> None:
        """Kill one victim after the other, each while reminders are being sent."""
        for number, victim in enumerate(victims):
            if not self.server.is_running():
                self.server.start()
            self._strike(victim, len(victims) - number)
            self.counts[victim] += 1
            say(f"{number + 1}. {victim}: {self.count_received()} have arrived")

    def _strike(self, victim: str, left: int) -> None:
        """Kill `victim` at a random moment of work.

        :param left: how many strikes are to come, this one included
        """
        strike = self.strikes[victim]
        if random.random() < 0.5:
            # While messages are handed over: before one of them is answered.
            share = max(1, self.count_open() // left)
            self.arrivals.set_fuse(random.randint(1, share), strike)
            if self._ring_until(self.arrivals.done.is_set):
                self._settle(victim)
                return
            self.arrivals.set_fuse(0, strike)
        else:
            # Anywhere: while reminders are claimed, rendered, committed, handed over.
            last = self.query("SELECT coalesce(max(id), 0) FROM crm_task_reminder_log")
            self._ring_until(lambda: self._is_at_work(last))
            time.sleep(random.uniform(0, 0.5))
        strike()
        self._settle(victim)

    def _is_at_work(self, last: int) -> bool:
        return bool(
            self.query(
                "SELECT count(*) FROM crm_task_reminder_log "
                "WHERE state = 'running' AND id > %s",
                last,
            )
        )

    def _ring_until(
        self, check: Callable[[], bool], seconds: float = MOMENT_SECONDS
    ) -> bool:
        """Let the scheduled actions run again and again until `check` is true.

        :return: whether it is; not when there is no work left, or no time
        """

        def ring_and_check() -> bool:
            try:
                self.ring()
                is_idle = not self.count_open()
            except OperationalError:
                # A worker's transaction stood against it, or PostgreSQL died just now.
                return check()
            return bool(wait_until(check, 0.5, 0.01)) or is_idle

        wait_until(ring_and_check, seconds, 0)
        return check()

    def ring(self) -> None:
        """Let the scheduled actions run now."""
        self.query(RING, self.crons)
        self.server.wake_cron()

    # ------------------------------------------------------------------
    # What is killed, and what was in hand at that moment
    # ------------------------------------------------------------------

    def _kill_server(self) -> None:
        os.killpg(self.server.process.pid, signal.SIGKILL)

    def _kill_worker(self) -> None:
        """Kill one of the processes that run scheduled actions; the others go on."""
        lines = self.server.log.read_text(encoding="utf-8")
        pids = [int(pid) for pid in WORKER_LINE.findall(lines)]
        alive = [pid for pid in pids if psutil.pid_exists(pid)]
        victim = random.choice(alive[-WORKERS:])
        # Another worker soon says what became of its messages: note them before.
        os.kill(victim, signal.SIGSTOP)
        self._note_in_hand()
        os.kill(victim, signal.SIGKILL)

    def _kill_postgres(self) -> None:
        # The server stands still meanwhile, so that what was in hand can be seen.
        os.killpg(self.server.process.pid, signal.SIGSTOP)
        self.postgres.kill()

    def _stop_server(self) -> None:
        """Ask the server to stop, as who stops a service or a container does."""
        self.server.ask_to_stop()

    def _interrupt_server(self) -> None:
        """Press Ctrl-C: it goes to all processes of the server."""
        os.killpg(self.server.process.pid, signal.SIGINT)

    def _restart_postgres(self) -> None:
        """Restart PostgreSQL as its administrator does; connections are cut."""
        threading.Thread(target=self.postgres.restart_fast).start()

    def _await_stop(self) -> None:
        """Wait until the server has ended by itself."""
        began = time.monotonic()
        wait_until(lambda: not self.server.is_running(), 6 * STOP_SECONDS)
        self.slowest_stop = max(self.slowest_stop, time.monotonic() - began)
        self.server.kill()

    def _settle(self, victim: str) -> None:
        """Clear away after a strike and note what was in hand."""
        if victim in ("stop", "keyboard"):
            self._await_stop()
        elif victim == "restart":
            # Odoo's threads for scheduled actions may end with their connections.
            wait_until(self._is_database_back, 60)
            time.sleep(random.uniform(1, 3))
            self.server.stop()
        if victim == "server":
            self.server.kill()
            wait_until(lambda: not self._count_connections(), 10)
        elif victim == "postgres":
            self.postgres.restart()
        self._note_in_hand()
        if victim == "postgres":
            os.killpg(self.server.process.pid, signal.SIGCONT)

    def _is_database_back(self) -> bool:
        try:
            return bool(self.query("SELECT 1"))
        except OperationalError:
            return False

    def _note_in_hand(self) -> None:
        rows = self.postgres.server.query(
            "SELECT id FROM crm_task_reminder_log WHERE state = 'sending'",
            database=self.database,
        )
        self.in_hand |= {row for (row,) in rows}

    def count_open(self) -> int:
        """Return how many reminders and runs have no outcome yet."""
        return self.query(STILL_OPEN)

    def _count_connections(self) -> int:
        return self.query(
            "SELECT count(*) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid != pg_backend_pid()"
        )

    def count_received(self) -> int:
        """Return how many messages have arrived."""
        return len(self.arrivals.emails) + len(self.arrivals.texts)

    def query(self, statement: str, *values: object):
        """Return the first value that a statement gives, None if it gives none."""
        rows = self.postgres.server.query(statement, values, database=self.database)
        return rows[0][0] if rows else None
