"""``make bench`` measures what it says; how fast the machine is, is not tested."""

import json
import os
import time

import pytest
import requests

from dev.office import database, environment
from dev.office.smsapi_gateway import SmsapiGateway
from dev.proof.bench import run
from dev.proof.bench.distance import DistantProxy, make_certificate
from dev.proof.bench.harness import Bench
from dev.proof.bench.measures import MEASURES, Goal
from dev.proof.bench.receivers import Receivers
from dev.run_tests import TEMPLATE_VARIABLE


@pytest.mark.parametrize(
    ("goal", "figures", "is_reached"),
    [
        (Goal(faster=12), {"ms": 1, "peer_ms": 12}, True),
        (Goal(faster=12), {"ms": 1, "peer_ms": 11.9}, False),
        (Goal(slower=2), {"ms": 2, "peer_ms": 1}, True),
        (Goal(slower=2), {"ms": 2.1, "peer_ms": 1}, False),
        (Goal(slower=2, ms=10), {"ms": 11, "peer_ms": 11}, False),
        (Goal(ms=5), {"ms": 5}, True),
        (Goal(mb=150), {"mb": 151}, False),
        (Goal(), {"ms": 9, "peer_ms": 1}, True),
    ],
)
def test_goals(goal, figures, is_reached):
    assert goal.is_reached(figures) == is_reached


def test_bench_prints_a_line_per_measure_and_a_table(capsys):
    ready = environment.ready()
    names = ["workers_2", "task_write", "growth", "memory", "claim", "idle"]
    measures = [measure for measure in MEASURES if measure.name in names]
    stages = [stage for measure in measures for stage in measure.stages]
    with (
        database.copied(ready, os.environ[TEMPLATE_VARIABLE]) as name,
        Receivers() as receivers,
    ):
        bench = Bench(ready, name, receivers, stages, size=0.001, rounds=1)
        code = run.report(measures, bench)
    printed = capsys.readouterr()
    lines = [json.loads(line) for line in printed.out.splitlines()]
    assert [line["measure"] for line in lines] == names
    [workers, writes, growth, memory, claim, idle] = lines
    for line in (workers, writes, growth, claim):
        assert line["ms"] > 0
        assert line["peer_ms"] > 0
        assert line["ratio"] > 0
    assert memory["mb"] >= 0
    assert idle["n"] == 2000
    assert all(name in printed.err for name in names)
    assert code == ("MISSED" in printed.err)


def test_bench_measures_a_full_log_and_what_a_person_waits_for(capsys):
    names = ["task_form", "task_list", "answer_page", "full_log", "not_sent_filter"]
    names.append("idle_companies")
    measures = [measure for measure in MEASURES if measure.name in names]
    ready = environment.ready()
    with (
        database.copied(ready, os.environ[TEMPLATE_VARIABLE]) as name,
        Receivers() as receivers,
    ):
        bench = Bench(ready, name, receivers, [], size=0.001, rounds=1)
        run.report(measures, bench)
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["measure"] for line in lines] == names
    for line in lines:
        assert line["ms"] > 0
        assert (line["peer"] is None) == ("peer_ms" not in line)


def test_the_addons_own_scenarios_do_their_work():
    """Those that are compared with Odoo's; the peers' addons are not installed here."""
    ready = environment.ready()
    measures = [measure for measure in MEASURES if "own_" in str(measure.stages)]
    stages = [stage for one in measures for stage in one.stages if "own" in stage[0]]
    assert len(set(stages)) == 4
    with (
        database.copied(ready, os.environ[TEMPLATE_VARIABLE]) as name,
        Receivers() as receivers,
    ):
        bench = Bench(ready, name, receivers, stages, size=0.01, rounds=1)
        for scenario, stage in stages:
            [milliseconds] = bench.samples(scenario, stage)
            assert milliseconds > 0


def test_gateway_that_is_far_away(tmp_path):
    """It is reached by its own name and through TLS, and each way takes its time."""
    host, seconds = "api.smsapi.pl", 0.02
    certificate = tmp_path / "certificate.pem"
    gateway = SmsapiGateway()
    gateway.add_account("token")
    gateway.tls = make_certificate([host], certificate)
    with gateway, DistantProxy({host: gateway.port}, seconds) as proxy:
        began = time.monotonic()
        answer = requests.post(
            f"https://{host}/sms.do",
            {"to": "48600100200", "message": "Hello", "idx": "1", "check_idx": "1"},
            headers={"Authorization": "Bearer token"},
            proxies={"https": f"http://127.0.0.1:{proxy.port}"},
            verify=certificate,
            timeout=30,
        )
        took = time.monotonic() - began
    assert answer.json()["count"] == 1
    assert [sms.number for sms in gateway.messages] == ["+48600100200"]
    # to connect, to agree on keys, and for the call itself
    assert took >= 3 * 2 * seconds
