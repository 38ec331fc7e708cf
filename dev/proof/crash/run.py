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
from dev.proof.crash.arrivals import Arrivals
from dev.proof.crash.postgres import MortalPostgres
from dev.proof.crash.strikes import WORKERS, Crash


def is_good(result: dict) -> bool:
    """Return whether nothing was lost or doubled, and little is in doubt."""
    return (
        not result["lost"]
        and not result["duplicates"]
        and result["unconfirmed"] <= result["in_hand"]
    )


@contextmanager
def prepared(ready: Environment, source: str, due: int):
    """Give a `Crash` on a PostgreSQL server of its own, with a copy of a database.

    :param source: the database, with the addon in it
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
        server = OdooServer(mortal, source, folder, cron_threads=WORKERS, workers=1)
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
    crash.finish()
    return crash.tally()


def main(arguments: list[str]) -> int:
    """Crash, print what came of it, and return 1 if something was lost or doubled."""
    parser = argparse.ArgumentParser(prog="make crash ARGS=…")
    parser.add_argument("--due", type=int, default=2000, help="reminders")
    parser.add_argument("--kills", type=int, default=30, help="of the server")
    parser.add_argument("--worker-kills", type=int, default=6, help="of one worker")
    parser.add_argument("--postgres-kills", type=int, default=3)
    parser.add_argument("--seed", type=int, default=None, help="for the same moments")
    options = parser.parse_args(arguments)
    seed = random.randrange(10**6) if options.seed is None else options.seed
    random.seed(seed)
    say(f"seed {seed}")
    ready = environment.ready()
    database.drop_abandoned(ready)
    victims = {
        "server": options.kills,
        "worker": options.worker_kills,
        "postgres": options.postgres_kills,
    }
    with (
        database.with_addon(ready, demo=False) as name,
        prepared(ready, name, options.due) as crash,
    ):
        result = perform(crash, victims)
    print(json.dumps(result), flush=True)
    return 0 if is_good(result) else 1
