"""What takes the times. Each job runs inside Odoo, in a process of its own, and returns
what is fit for JSON.
"""

import gc
import os
import time
from pathlib import Path

from odoo import fields

from dev.proof.bench import full_log, records, screens
from dev.proof.bench.scenarios import SCENARIOS

open_screens = screens.open_screens
work_with_full_log = full_log.work_with_full_log
run_idle_companies = full_log.run_idle_companies

#: What the first turn takes: it loads what a worker that runs for days has loaded.
WARM_UP = 20


def set_up(env, **values):
    """Prepare the database; see `records.set_up`."""
    records.set_up(env, **values)
    return {}


def fill(env, customers):
    """Make as many customers in a database without the addon; see `records.fill`."""
    records.fill(env, customers)
    return {}


def compare(env, scenarios, count, rounds):
    """Let scenarios work in turns, so that a busy minute of the machine slows all.

    :param dict scenarios: name → stages that are timed, in their order
    :return dict: name → stage → milliseconds per reminder from the start of the first
        stage, one for each round
    """
    times = {name: {stage: [] for stage in scenarios[name]} for name in scenarios}
    for turn in range(-1, rounds):
        for name, stages in scenarios.items():
            scenario = SCENARIOS[name](env)
            laps = _time_stages(scenario, stages, count if turn >= 0 else WARM_UP)
            for stage, lap in laps.items():
                if turn >= 0:
                    times[name][stage].append(lap)
    return times


def compare_far_sms(env, proxy, certificate, **values):
    """Compare scenarios whose SMS leave through a proxy.

    :param int proxy: its port
    :param str certificate: the file with that of the gateways behind it
    """
    os.environ["HTTPS_PROXY"] = f"http://127.0.0.1:{proxy}"
    os.environ["REQUESTS_CA_BUNDLE"] = certificate
    return compare(env, **values)


def _time_stages(scenario, stages, count):
    """Return stage → milliseconds per reminder since the start of the first."""
    scenario.prepare(count)
    _forget(scenario.env)
    laps = {}
    start = time.perf_counter()
    for stage in stages:
        getattr(scenario, stage)()
        laps[stage] = 1000 * (time.perf_counter() - start) / count
        left = scenario.count_queued()
        is_queued = stage == "queued" and not scenario.sends_at_once
        if left != (count if is_queued else 0):
            name = type(scenario).__name__
            raise AssertionError(f"{name}, {stage}: {left} of {count} are in the queue")
    scenario.clean()
    return laps


def _forget(env):
    """Start like a worker that comes to new work: nothing read yet, memory tidy."""
    env.invalidate_all()
    gc.collect()


def create(env, scenario, count):
    """Make what is due, for workers in processes of their own."""
    SCENARIOS[scenario](env).clean()
    SCENARIOS[scenario](env).prepare(count)
    return {}


def work(env, scenario, lock):
    """Be one of several workers that start at the same moment.

    :param int lock: key of the advisory lock behind which they wait for it
    :return dict: start and end, seconds of the clock `time.monotonic`
    """
    worker = SCENARIOS[scenario](env)
    env.cr.execute("SELECT pg_advisory_lock_shared(%s)", [lock])
    start = time.monotonic()
    env.cr.commit()
    worker.sent()
    return {"start": start, "end": time.monotonic()}


def drain(env, scenario, count):
    """Send a great backlog; see how much memory it takes.

    :return dict: start and end as in `work`; megabytes above the idle worker
    """
    worker = SCENARIOS[scenario](env)
    worker.sent()  # with nothing due: an idle worker
    worker.clean()
    worker.prepare(count)
    _forget(env)
    idle = _get_peak_memory(reset=True)
    start = time.monotonic()
    worker.sent()
    end, peak = time.monotonic(), _get_peak_memory()
    worker.clean()
    return {"start": start, "end": end, "mb": peak - idle}


def _get_peak_memory(reset=False):
    """Return the greatest memory of this process so far, in megabytes.

    :param bool reset: count anew from here
    """
    if reset:
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    status = Path("/proc/self/status").read_text(encoding="ascii")
    [line] = [line for line in status.splitlines() if line.startswith("VmHWM:")]
    return int(line.split()[1]) / 1024


def claim(env, count, lines, rounds):
    """Claim `count` due reminders of `lines` that exist, two on each task.

    :return dict: "claim" and "idle" → milliseconds, one for each round
    """
    service = env["crm.task.reminder.service"]
    company, queue = env.company, env["crm.task.reminder.queue"]
    records.create_due(env, count // 2, ("email", "sms"), tasks=lines // 2)
    times = {"claim": [], "idle": []}
    for _turn in range(rounds):
        _forget(env)
        start = time.perf_counter()
        claimed = queue._claim(company, fields.Datetime.now(), count)
        times["claim"].append(1000 * (time.perf_counter() - start))
        env.cr.rollback()
        if len(claimed) != count:
            raise AssertionError(f"{len(claimed)} of {count} were claimed")
    env.cr.execute(
        "UPDATE crm_task_reminder SET due_at = due_at + interval '1 year' "
        "WHERE due_at < now() AT TIME ZONE 'UTC'"
    )
    env.cr.commit()
    for _turn in range(rounds):
        _forget(env)
        start = time.perf_counter()
        service._cron_run()
        times["idle"].append(1000 * (time.perf_counter() - start))
    # no office has a million open tasks: the measures that follow are to find few
    env.cr.execute(
        "UPDATE project_task SET state = '1_done' "
        "WHERE id IN (SELECT task_id FROM crm_task_reminder)"
    )
    env.cr.commit()
    return times


def write_tasks(env, count, rounds):
    """Move the start of tasks, one by one as a person saves them.

    :return dict: "with" four reminders each and "without" → milliseconds per task, one
        for each round
    """
    times = {"with": [], "without": []}
    records.create_due(env, 1, ())
    tasks = {"without": records.create_tasks(env, count)}
    tasks["with"] = records.create_tasks(env, count)
    for audience in ("customer", "operator"):
        for channel in records.TEMPLATES:
            records.create_reminders(env, tasks["with"], count, channel, audience)
    env.cr.commit()
    for turn in range(1, rounds + 1):
        for name, first in tasks.items():
            members = first.browse(range(first.id, first.id + count))
            _forget(env)
            start = time.perf_counter()
            for task_id in members.ids:
                # alone, as a request has it: not with the others it could be read with
                task = first.browse(task_id)
                later = fields.Datetime.add(task.planned_date_begin, days=turn)
                task.write({"planned_date_begin": later})
                env.cr.commit()
                env.invalidate_all()  # each is saved by a request of its own
            times[name].append(1000 * (time.perf_counter() - start) / count)
    return times
