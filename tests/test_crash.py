"""The short form of ``make crash``: nothing is lost or doubled, whoever dies."""

import os

import pytest

from dev.office import database, environment
from dev.proof.crash import run as crash
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
def test_c15_c23_stops_leave_nothing_in_doubt(mode):
    ready = environment.ready()
    template = os.environ[TEMPLATE_VARIABLE]
    with (
        database.copied(ready, template) as name,
        crash.prepared(ready, name, 200, mode) as one,
    ):
        result = crash.perform(one, {"stop": 2, "keyboard": 1, "restart": 1})
    assert (result["mode"], result["stops"], result["postgres_restarts"]) == (
        mode,
        3,
        1,
    )
    assert (result["due"], result["lost"], result["duplicates"]) == (200, 0, 0)
    assert result["unconfirmed"] == 0
    assert result["slowest_stop"] <= crash.STOP_SECONDS


def test_crash_report_is_not_good_when_something_is_wrong():
    kills = {"kills": 1, "worker_kills": 0, "postgres_kills": 0}
    good = {
        **kills,
        "lost": 0,
        "duplicates": 0,
        "unconfirmed": 3,
        "unconfirmed_email": 2,
        "in_hand": 3,
        "slowest_stop": 10,
    }
    assert crash.is_good(good)
    for wrong in (
        {"lost": 1},
        {"duplicates": 1},
        {"unconfirmed": 4},
        {"unconfirmed_email": 3},
        {"slowest_stop": 11},
        {"kills": 0},
    ):
        assert not crash.is_good({**good, **wrong})
