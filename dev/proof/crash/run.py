"""``make crash``: kills the server and PostgreSQL at random moments while reminders are
sent, and counts what arrived.
"""

import argparse
import json
import random
from contextlib import contextmanager
from dataclasses import replace

from dev.machine.process import say
from dev.office import database, environment
from dev.office.environment import Environment, RunFolder
from dev.office.mailbox import Mailbox
from dev.office.server import OdooServer
from dev.office.sms_gateway import SmsGateway
from dev.proof.crash import report
from dev.proof.crash.arrivals import Arrivals
from dev.proof.crash.postgres import MortalPostgres
from dev.proof.crash.strikes import REACH, STOP_SECONDS, WORKERS, Crash

#: Odoo's modes, with the number of worker processes.
MODES = {"prefork": 1, "threads": 0}
#: What strikes, and in which modes it can: one worker alone has no process in threads.
KILLS = {"server": MODES, "worker": ("prefork",), "postgres": MODES}
STOPS = ("stop", "keyboard", "restart")


def is_good(result: dict) -> bool:
    """Return whether nothing was lost or doubled, and nothing in doubt but by nature.

    That is a mail for each session at each kill, and the SMS of a call of the gateway
    until their receipts come. A stop leaves nothing in doubt, and does not take long.
    """
    kills = result["kills"] + result["worker_kills"] + result["postgres_kills"]
    by_nature = WORKERS * kills + REACH * result["postgres_kills"]
    return (
        not result["lost"]
        and not result["duplicates"]
        and result["unconfirmed_email"] <= by_nature
        and result["unconfirmed"] <= (result["in_hand"] if kills else 0)
        and result["slowest_stop"] <= STOP_SECONDS
    )


@contextmanager
def prepared(ready: Environment, source: str, due: int, mode: str = "prefork"):
    """Give a `Crash` on a PostgreSQL server of its own, with a copy of a database.

    :param source: the database, with the addon in it
    :param mode: one of `MODES`
    """
    arrivals = Arrivals()
    with (
        RunFolder() as folder,
        MortalPostgres(folder) as postgres,
        Mailbox(on_mail=arrivals.on_mail) as mailbox,
        SmsGateway(arrivals.on_sms) as gateway,
    ):
        postgres.take_copy(ready.postgres, source)
        mortal = replace(ready, postgres=postgres.server)
        workers = MODES[mode]
        server = OdooServer(
            mortal, source, folder, cron_threads=WORKERS, workers=workers
        )
        crash = Crash(mortal, source, postgres, arrivals, server, due)
        crash.set_up(mailbox, gateway)
        try:
            yield crash
        finally:
            server.kill()


def perform(crash: Crash, victims: dict[str, int]) -> dict:
    """Strike so often at each victim, in any order; return what came of it."""
    order = [victim for victim, count in victims.items() for _ in range(count)]
    random.shuffle(order)
    crash.strike_all(order)
    report.finish(crash)
    return report.tally(crash)


def plan(options: argparse.Namespace) -> list[tuple[str, dict[str, int]]]:
    """Return what is done one after the other: a mode, and how often who is struck."""
    counts = {
        "server": options.kills,
        "worker": options.worker_kills,
        "postgres": options.postgres_kills,
    }
    kills = [
        (mode, {victim: counts[victim] for victim in KILLS if mode in KILLS[victim]})
        for mode in MODES
    ]
    each, more = divmod(options.stops, len(STOPS))
    stops = {kind: each + (number < more) for number, kind in enumerate(STOPS)}
    rounds = [*kills, *((mode, stops) for mode in MODES)]
    return [(mode, victims) for mode, victims in rounds if any(victims.values())]


def main(arguments: list[str]) -> int:
    """Crash, print what came of it, and return 1 if something was lost or doubled."""
    parser = argparse.ArgumentParser(prog="make crash ARGS=…")
    parser.add_argument("--due", type=int, default=2000, help="reminders")
    parser.add_argument("--kills", type=int, default=30, help="of the server")
    parser.add_argument("--worker-kills", type=int, default=6, help="of one worker")
    parser.add_argument("--postgres-kills", type=int, default=3)
    parser.add_argument(
        "--stops", type=int, default=30, help="SIGTERM, Ctrl-C, PostgreSQL restarted"
    )
    parser.add_argument("--seed", type=int, default=None, help="for the same moments")
    options = parser.parse_args(arguments)
    seed = random.randrange(10**6) if options.seed is None else options.seed
    random.seed(seed)
    say(f"seed {seed}")
    ready = environment.ready()
    database.drop_abandoned(ready)
    results = []
    with database.with_addon(ready, demo=False) as name:
        for mode, victims in plan(options):
            say(f"{mode}: {victims}")
            with prepared(ready, name, options.due, mode) as crash:
                results.append(perform(crash, victims))
            print(json.dumps(results[-1]), flush=True)
    return 0 if all(map(is_good, results)) else 1
