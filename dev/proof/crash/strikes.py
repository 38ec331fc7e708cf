"""A server that sends, and those who kill it at random moments."""

import os
import random
import re
import signal
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
from dev.proof.crash.arrivals import Arrivals
from dev.proof.crash.postgres import MortalPostgres

WORKERS = 2
MOMENT_SECONDS = 60  # how long a moment to strike is waited for
END_SECONDS = 300  # how long the rest may take once nothing is killed any more
WORKER_LINE = re.compile(r"Worker WorkerCron \((\d+)\) alive")

CRON = f"{ADDON}.ir_cron_crm_task_reminder"

SET_UP = """
from dev.proof.bench import records
records.set_up(env, values["smtp_port"], values["sms_port"], values["due"])
records.create_due(env, values["due"] // 2, ["email", "sms"])
# One scheduled action is run by one worker at a time: as many actions as workers.
crons = env.ref(values["cron"])
while len(crons) < values["workers"]:
    crons += crons[0].copy()
crons.active = True
result["crons"] = crons.ids
"""
# What waits for its next attempt after a fault is not to wait here.
RING = """
UPDATE crm_task_reminder_log SET next_attempt_at = NULL
WHERE id IN (SELECT id FROM crm_task_reminder_log
             WHERE state = 'queued' AND next_attempt_at IS NOT NULL
             FOR NO KEY UPDATE SKIP LOCKED);
UPDATE ir_cron SET nextcall = now() AT TIME ZONE 'UTC' - interval '1 second'
WHERE id IN (SELECT id FROM ir_cron WHERE id = ANY(%s) FOR NO KEY UPDATE SKIP LOCKED)
"""
STILL_OPEN = """
SELECT (SELECT count(*) FROM crm_task_reminder WHERE state = 'scheduled')
     + (SELECT count(*) FROM crm_task_reminder_log
         WHERE state IN ('queued', 'sending', 'running'))
"""


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
        }
        self.counts: Counter[str] = Counter()

    def set_up(self, mailbox: Mailbox, gateway: SmsGateway) -> None:
        """Make the reminders that are due."""
        answer = run_inside(
            self.ready,
            self.database,
            SET_UP,
            smtp_port=mailbox.port,
            sms_port=gateway.port,
            due=self.due,
            workers=WORKERS,
            cron=CRON,
        )
        self.crons = answer["crons"]

    def strike_all(self, victims: list[str]) -> None:
        """Kill one victim after the other, each while reminders are being sent."""
        for number, victim in enumerate(victims):
            if not self.server.is_running():
                self.server.start()
            self._strike(victim, len(victims) - number)
            self.counts[victim] += 1
            say(f"{number + 1}. {victim} killed, {self._received()} have arrived")

    def _strike(self, victim: str, left: int) -> None:
        """Kill `victim` at a random moment of work.

        :param left: how many strikes are to come, this one included
        """
        strike = self.strikes[victim]
        if random.random() < 0.5:
            # While messages are handed over: before one of them is answered.
            share = max(1, self._count_open() // left)
            self.arrivals.set_fuse(random.randint(1, share), strike)
            if self._ring_until(self.arrivals.done.is_set):
                self._settle(victim)
                return
            self.arrivals.set_fuse(0, strike)
        else:
            # Anywhere: while reminders are claimed, rendered, committed, handed over.
            last = self._query("SELECT coalesce(max(id), 0) FROM crm_task_reminder_log")
            self._ring_until(lambda: self._is_at_work(last))
            time.sleep(random.uniform(0, 0.5))
        strike()
        self._settle(victim)

    def _is_at_work(self, last: int) -> bool:
        return bool(
            self._query(
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
                self._ring()
                is_idle = not self._count_open()
            except OperationalError:
                # A worker's transaction stood against it, or PostgreSQL died just now.
                return check()
            return bool(wait_until(check, 0.5, 0.01)) or is_idle

        wait_until(ring_and_check, seconds, 0)
        return check()

    def _ring(self) -> None:
        self._query(RING, self.crons)
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

    def _settle(self, victim: str) -> None:
        """Clear away after a strike and note what was in hand."""
        if victim == "server":
            self.server.kill()
            wait_until(lambda: not self._count_connections(), 10)
        elif victim == "postgres":
            self.postgres.restart()
        self._note_in_hand()
        if victim == "postgres":
            os.killpg(self.server.process.pid, signal.SIGCONT)

    def _note_in_hand(self) -> None:
        rows = self.postgres.server.query(
            "SELECT id FROM crm_task_reminder_log WHERE state = 'sending'",
            database=self.database,
        )
        self.in_hand |= {row for (row,) in rows}

    def _count_open(self) -> int:
        """Return how many reminders and runs have no outcome yet."""
        return self._query(STILL_OPEN)

    def _count_connections(self) -> int:
        return self._query(
            "SELECT count(*) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid != pg_backend_pid()"
        )

    # ------------------------------------------------------------------
    # The end
    # ------------------------------------------------------------------

    def finish(self) -> None:
        """Let the server work until nothing is open, then stop it."""
        if not self.server.is_running():
            self.server.start()

        def is_finished() -> bool:
            # What waits for its next attempt after a fault is not to wait here.
            self._ring()
            return not self._count_open()

        wait_until(is_finished, END_SECONDS, 1)
        self.server.stop()

    def tally(self) -> dict:
        """Return what arrived, and what the log says of the rest."""
        numbers = range(self.due // 2)
        received = self.arrivals.emails + self.arrivals.texts
        expected = {f"customer-{number}@bench.example" for number in numbers}
        expected |= {f"+48{600000000 + number}" for number in numbers}
        rows = self.postgres.server.query(
            "SELECT address, state FROM crm_task_reminder_log "
            "WHERE address IS NOT NULL",
            database=self.database,
        )
        unconfirmed = [address for address, state in rows if state == "unconfirmed"]
        lost = expected - received.keys() - set(unconfirmed)
        strangers = received.keys() - expected
        doubled = [address for address, count in received.items() if count > 1]
        for address in (*sorted(lost), *strangers, *doubled):
            states = [state for known, state in rows if known == address]
            say(f"{address}: {received[address]} messages, in the log: {states}")
        return {
            "kills": self.counts["server"],
            "worker_kills": self.counts["worker"],
            "postgres_kills": self.counts["postgres"],
            "due": len(expected),
            "received_email": len(self.arrivals.emails),
            "received_sms": len(self.arrivals.texts),
            "lost": len(lost),
            "duplicates": sum(received[one] - 1 for one in doubled) + len(strangers),
            "unconfirmed": len(unconfirmed),
            "in_hand": len(self.in_hand),
        }

    def _received(self) -> int:
        return len(self.arrivals.emails) + len(self.arrivals.texts)

    def _query(self, statement: str, *values: object):
        """Return the first value that a statement gives, None if it gives none."""
        rows = self.postgres.server.query(statement, values, database=self.database)
        return rows[0][0] if rows else None
