"""What came of it: what arrived, and what the log says of the rest."""

from collections import Counter

from dev.machine.process import say, wait_until
from dev.proof.crash.strikes import LOST_SERVER, Crash

END_SECONDS = 300  # how long the rest may take once nothing is killed any more
ROUNDS = 3  # how often something may be open again after the end


def finish(crash: Crash) -> None:
    """Let the server work until nothing is open, then stop it.

    A worker that has outlived its database knows what became of its messages. It says
    so some seconds later, or when it is stopped: then something may be open again.
    """
    for _round in range(ROUNDS):
        wait_until(lambda: _is_finished(crash), END_SECONDS, 1)
        if not crash.can_ask:
            _report_late(crash)
        crash.server.stop()
        if not crash.count_open():
            break


def _is_finished(crash: Crash) -> bool:
    # A killed database may take Odoo's first process along, some seconds later.
    if not crash.server.is_running():
        crash.server.start()
    # What waits for its next attempt after a fault is not to wait here.
    crash.ring()
    return not crash.count_open()


def _report_late(crash: Crash) -> None:
    """Let the gateway's receipts of SMS in doubt come, as the real one sends them.

    What it has not taken it knows nothing of.
    """
    doubtful = {one for one, state in _read_states(crash) if state == "unconfirmed"}
    for sms in crash.gateway.messages:
        if sms.number in doubtful:
            crash.gateway.report(sms)


def tally(crash: Crash) -> dict:
    """Return what arrived, and what the log says of the rest."""
    numbers = range(crash.due // 2)
    received = crash.arrivals.emails + crash.arrivals.texts
    expected = {f"customer-{number}@bench.example" for number in numbers}
    expected |= {f"+48{600000000 + number}" for number in numbers}
    rows = _read_states(crash)
    unconfirmed = [address for address, state in rows if state == "unconfirmed"]
    lost = expected - received.keys() - set(unconfirmed)
    strangers = received.keys() - expected
    doubled = [address for address, count in received.items() if count > 1]
    for address in (*sorted(lost), *strangers, *doubled):
        states = [state for known, state in rows if known == address]
        say(f"{address}: {received[address]} messages, in the log: {states}")
    counts = crash.counts
    return {
        "mode": "prefork" if crash.server.workers else "threads",
        "sms": "smsapi" if crash.can_ask else "iap",
        "kills": counts["server"],
        "worker_kills": counts["worker"],
        "postgres_kills": counts["postgres"],
        "stops": counts["stop"] + counts["keyboard"],
        "postgres_restarts": counts["restart"],
        "servers_lost": crash.server.log.read_text("utf-8").count(LOST_SERVER),
        "due": len(expected),
        "received_email": len(crash.arrivals.emails),
        "received_sms": len(crash.arrivals.texts),
        "lost": len(lost),
        "duplicates": sum(received[one] - 1 for one in doubled) + len(strangers),
        **_tally_unconfirmed(unconfirmed, received),
        "taken_unread_email": crash.mailbox.unread_count,
        "in_hand": len(crash.in_hand),
        "slowest_stop": round(crash.slowest_stop, 1),
    }


def _tally_unconfirmed(unconfirmed: list[str], received: Counter[str]) -> dict:
    """Return how many are in doubt, by form, and how many of them have arrived."""
    emails = [address for address in unconfirmed if "@" in address]
    texts = [address for address in unconfirmed if "@" not in address]
    return {
        "unconfirmed": len(unconfirmed),
        "unconfirmed_email": len(emails),
        "unconfirmed_email_arrived": sum(received[one] > 0 for one in emails),
        "unconfirmed_sms": len(texts),
        "unconfirmed_sms_arrived": sum(received[one] > 0 for one in texts),
    }


def _read_states(crash: Crash) -> list[tuple[str, str]]:
    """Return the address and the state of each message."""
    return crash.postgres.server.query(
        "SELECT address, state FROM crm_task_reminder_log WHERE address IS NOT NULL",
        database=crash.database,
    )
