"""``make crash``: kills the server and PostgreSQL at random moments while reminders are
sent, and counts what arrived.
"""

import argparse
import json
import random
from contextlib import ExitStack, contextmanager
from dataclasses import replace

from dev.machine.process import say
from dev.office import database, environment
from dev.office.environment import Environment, RunFolder
from dev.office.mailbox import Mailbox
from dev.office.server import OdooServer
from dev.office.sms_gateway import SmsGateway
from dev.office.smsapi_gateway import ADDONS, SmsapiGateway
from dev.proof.crash import report
from dev.proof.crash.arrivals import Arrivals
from dev.proof.crash.postgres import MortalPostgres
from dev.proof.crash.strikes import (
    REACH,
    SESSIONS,
    STOP_SECONDS,
    WORKERS,
    Crash,
)

#: Odoo's modes, with the number of worker processes.
MODES = {"prefork": 1, "threads": 0}
#: What strikes, and in which modes it can: one worker alone has no process in threads.
KILLS = {"server": MODES, "worker": ("prefork",), "postgres": MODES}
STOPS = ("stop", "keyboard", "restart")
#: Who takes the SMS: Odoo's own service, which can't be asked after a crash what it has
#: taken, and SMSAPI, which can.
GATEWAYS = {"iap": SmsGateway, "smsapi": SmsapiGateway}


def is_good(result: dict) -> bool:
    """Return whether nothing was lost or doubled, and nothing in doubt but by nature.

    That is a mail for each session at each kill, and the SMS of a call of the gateway
    until their receipts come; none of a gateway that can be asked. A stop leaves
    nothing in doubt, and does not take long. In prefork mode Odoo's first process ends
    if it looks at the database while that is restarted, and kills its workers, with
    the answers that they have read and can't note as long as it is away.
    """
    kills = result["kills"] + result["worker_kills"] + result["postgres_kills"]
    in_transit = WORKERS * SESSIONS * result["servers_lost"]
    # answers that a worker had read, and took with it before PostgreSQL was back
    forgotten = REACH * result["postgres_kills"]
    by_nature = WORKERS * kills + forgotten + in_transit
    return (
        not result["lost"]
        and not result["duplicates"]
        and result["unconfirmed_email"] <= by_nature
        and result["unconfirmed_email_arrived"]
        <= result["taken_unread_email"] + forgotten + in_transit
        and not (result["sms"] == "smsapi" and result["unconfirmed_sms"])
        and result["unconfirmed"] <= (result["in_hand"] if kills else in_transit)
        and result["slowest_stop"] <= STOP_SECONDS
    )


@contextmanager
def prepared(
    ready: Environment,
    source: str,
    due: int,
    mode: str = "prefork",
    sms: str = "iap",
):
    """Give a `Crash` on a PostgreSQL server of its own, with a copy of a database.

    :param source: the database, with the addon in it, and what `sms` needs
    :param mode: one of `MODES`
    :param sms: one of `GATEWAYS`
    """
    arrivals = Arrivals()
    with (
        RunFolder() as folder,
        MortalPostgres(folder) as postgres,
        Mailbox(on_mail=arrivals.on_mail) as mailbox,
        GATEWAYS[sms](arrivals.on_sms) as gateway,
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


def plan(options: argparse.Namespace) -> list[tuple[str, str, dict[str, int]]]:
    """Return what is done one after the other: a mode, a gateway, how often who."""
    counts = {
        "server": options.kills,
        "worker": options.worker_kills,
        "postgres": options.postgres_kills,
    }
    each, more = divmod(options.stops, len(STOPS))
    stops = {kind: each + (number < more) for number, kind in enumerate(STOPS)}
    rounds = []
    for mode in MODES:
        kills = {victim: counts[victim] for victim in KILLS if mode in KILLS[victim]}
        rounds.append((mode, "iap", kills))
        if mode == "prefork":
            rounds.append((mode, "smsapi", kills))
    rounds += [(mode, "iap", stops) for mode in MODES]
    return [one for one in rounds if one[1] in options.sms and any(one[2].values())]


@contextmanager
def with_gateways(ready: Environment, rounds: list):
    """Give a database for each gateway that rounds of `plan` need.

    :return: by the names of `GATEWAYS`
    """
    with ExitStack() as stack:
        name = stack.enter_context(database.with_addon(ready, demo=False))
        databases = {"iap": name}
        if any(sms == "smsapi" for _mode, sms, _victims in rounds):
            name = stack.enter_context(database.copied(ready, name))
            database.install(ready, name, ADDONS, demo=False)
            databases["smsapi"] = name
        yield databases


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
    parser.add_argument(
        "--sms", nargs="+", default=[*GATEWAYS], choices=GATEWAYS, help="who takes them"
    )
    parser.add_argument("--seed", type=int, default=None, help="for the same moments")
    options = parser.parse_args(arguments)
    seed = random.randrange(10**6) if options.seed is None else options.seed
    random.seed(seed)
    say(f"seed {seed}")
    ready = environment.ready()
    database.drop_abandoned(ready)
    results = []
    rounds = plan(options)
    with with_gateways(ready, rounds) as databases:
        for mode, sms, victims in rounds:
            say(f"{mode}, SMS by {sms}: {victims}")
            with prepared(ready, databases[sms], options.due, mode, sms) as crash:
                results.append(perform(crash, victims))
            print(json.dumps(results[-1]), flush=True)
    return 0 if all(map(is_good, results)) else 1
