"""The short form of ``make crash``: nothing is lost or doubled, whoever dies."""

import os

import pytest

from dev.office import database, environment
from dev.office.smsapi_gateway import ADDONS
from dev.proof.crash import run as crash
from dev.proof.crash.strikes import SESSIONS, WORKERS
from dev.run_tests import TEMPLATE_VARIABLE


@pytest.mark.timeout(600)
def test_crashes_lose_and_double_nothing():
    ready = environment.ready()
    template = os.environ[TEMPLATE_VARIABLE]
    with (
        database.copied(ready, template) as name,
        crash.prepared(ready, name, due=200) as one,
    ):
        result = crash.perform(one, {"server": 5, "worker": 1, "postgres": 1})
    assert (result["kills"], result["postgres_kills"]) == (5, 1)
    assert (result["due"], result["lost"], result["duplicates"]) == (200, 0, 0)
    assert crash.is_good(result)


@pytest.mark.timeout(600)
@pytest.mark.parametrize("mode", crash.MODES)
def test_c15_stops_leave_nothing_in_doubt(mode):
    result = play(mode, {"stop": 2, "keyboard": 1})
    assert (result["mode"], result["stops"]) == (mode, 3)
    assert (result["due"], result["lost"], result["duplicates"]) == (200, 0, 0)
    assert result["unconfirmed"] == 0
    assert result["slowest_stop"] <= crash.STOP_SECONDS


@pytest.mark.timeout(600)
@pytest.mark.parametrize("mode", crash.MODES)
def test_c23_restarted_database_leaves_nothing_in_doubt(mode):
    """A restart keeps the marks, and the workers remember what they could not write.

    Unless Odoo's own first process looks at the database at that moment, ends and kills
    them: then nobody knows the answers that had just come.
    """
    result = play(mode, {"restart": 4})
    assert (result["mode"], result["postgres_restarts"]) == (mode, 4)
    assert (result["due"], result["lost"], result["duplicates"]) == (200, 0, 0)
    assert mode == "prefork" or not result["servers_lost"]
    assert result["unconfirmed_sms"] == 0
    assert result["unconfirmed"] <= WORKERS * SESSIONS * result["servers_lost"]


@pytest.mark.timeout(600)
def test_crashes_leave_no_sms_in_doubt_where_somebody_can_be_asked():
    ready = environment.ready()
    with database.copied(ready, os.environ[TEMPLATE_VARIABLE]) as name:
        database.install(ready, name, ADDONS, demo=False)
        with crash.prepared(ready, name, 200, sms="smsapi") as one:
            result = crash.perform(one, {"server": 2, "worker": 1})
    assert (result["sms"], result["kills"], result["worker_kills"]) == ("smsapi", 2, 1)
    assert (result["due"], result["lost"], result["duplicates"]) == (200, 0, 0)
    assert result["unconfirmed_sms"] == 0
    assert crash.is_good(result)


def play(mode, victims):
    """Strike at a server of its own while 200 are due; return what came of it."""
    ready = environment.ready()
    template = os.environ[TEMPLATE_VARIABLE]
    with (
        database.copied(ready, template) as name,
        crash.prepared(ready, name, 200, mode) as one,
    ):
        return crash.perform(one, victims)


def test_crash_report_is_not_good_when_something_is_wrong():
    kills = {"kills": 1, "worker_kills": 0, "postgres_kills": 0}
    good = {
        **kills,
        "lost": 0,
        "duplicates": 0,
        "unconfirmed": 3,
        "unconfirmed_email": 2,
        "unconfirmed_email_arrived": 1,
        "unconfirmed_sms": 1,
        "taken_unread_email": 1,
        "sms": "iap",
        "servers_lost": 0,
        "in_hand": 3,
        "slowest_stop": 10,
    }
    assert crash.is_good(good)
    for wrong in (
        {"lost": 1},
        {"duplicates": 1},
        {"unconfirmed": 4},
        {"unconfirmed_email": 3},
        {"unconfirmed_email_arrived": 2},
        {"sms": "smsapi"},
        {"slowest_stop": 11},
        {"kills": 0},
    ):
        assert not crash.is_good({**good, **wrong})
    # Odoo's first process has ended while PostgreSQL was restarted
    alone = {"kills": 0, "servers_lost": 1, "unconfirmed_sms": 0}
    most = WORKERS * SESSIONS
    lost = {
        **dict.fromkeys(("unconfirmed", "unconfirmed_email"), most),
        "unconfirmed_email_arrived": most,
        "taken_unread_email": 0,
    }
    assert crash.is_good({**good, **alone, **lost})
    for name in ("unconfirmed", "unconfirmed_email", "unconfirmed_email_arrived"):
        assert not crash.is_good({**good, **alone, **lost, name: most + 1})
