"""How long the service may still work, and whether it is to stop.

Odoo runs several scheduled actions in one turn of a worker, and kills a worker whose
turn takes too long; the time that it has slept before counts as well.
"""

import signal
import threading
import time
from contextlib import contextmanager

from odoo.service import server
from odoo.tools import config

#: Seconds of a turn after which the service begins nothing more.
TURN_SECONDS = 45
#: Seconds of Odoo's limit that a worker may have slept, and that the end of what is in
#: hand may take.
SPARE_SECONDS = server.SLEEP_INTERVAL + 15
#: Seconds that must be left to begin what is not known to be quick.
BEGIN_SECONDS = 10
#: Seconds of a turn however small Odoo's limit is.
SHORTEST_TURN = 5
#: Seconds that a server which is to stop waits for what is in hand.
STOP_SECONDS = 8

_turn = threading.local()
_idle = threading.Condition()
_busy = set()


@contextmanager
def job():
    """Count the time of a job: as its own, or as a part of the worker's turn."""
    key = _get_key()
    if key is None or key != getattr(_turn, "key", None):
        _turn.key, _turn.end = key, time.monotonic() + _get_seconds()
    _turn.is_open = True
    try:
        yield
    finally:
        _turn.is_open = False


def get_time_left():
    """Return the seconds in which something may still be begun; none at a stop."""
    if is_stopping():
        return 0
    if not getattr(_turn, "is_open", False):
        return float("inf")
    return max(_turn.end - time.monotonic(), 0)


def is_over():
    """Tell whether nothing more is to be begun."""
    return not get_time_left()


def has_time(seconds=None):
    """Tell whether something may be begun that has to end within the turn.

    :param float | None seconds: that it is known to take
    """
    if not seconds:
        seconds = min(BEGIN_SECONDS, _get_seconds() / 4)
    return get_time_left() >= seconds


def is_stopping():
    """Tell whether this server or worker has been asked to stop.

    Who takes the signal knows: in a worker process the worker, else the server.
    """
    owner = getattr(signal.getsignal(signal.SIGINT), "__self__", None)
    if isinstance(owner, server.Worker):
        return not owner.alive
    return isinstance(owner, server.ThreadedServer) and owner.quit_signals_received > 0


@contextmanager
def at_work():
    """Have a server that is to stop wait for the end of this."""
    token = object()
    with _idle:
        _busy.add(token)
    try:
        yield
    finally:
        with _idle:
            _busy.remove(token)
            _idle.notify_all()


def wait_until_idle():
    """Wait for what is in hand: the server closes its connections to the database."""
    with _idle:
        _idle.wait_for(lambda: not _busy, STOP_SECONDS)


def _get_key():
    """Return what differs from turn to turn of this worker, None if nothing tells."""
    owner = getattr(signal.getsignal(signal.SIGINT), "__self__", None)
    if isinstance(owner, server.Worker):
        return owner.request_count
    return getattr(threading.current_thread(), "start_time", None)


def _get_seconds():
    """Return how long a turn may last, by the limit that Odoo has for its jobs."""
    limit = config["limit_time_real_cron"]
    if limit < 0:
        limit = config["limit_time_real"]
    if not limit:
        return TURN_SECONDS
    return max(min(TURN_SECONDS, limit - SPARE_SECONDS), SHORTEST_TURN)


server.CommonServer.on_stop(wait_until_idle)
