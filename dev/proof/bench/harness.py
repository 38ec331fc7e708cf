"""Runs the jobs of a benchmark inside Odoo and keeps what they found.

What several measures need is measured once.
"""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from functools import cached_property

from dev.machine.errors import SetupError
from dev.machine.process import say, wait_until
from dev.office import database
from dev.office.environment import Environment
from dev.office.odoo_shell import run_inside
from dev.office.smsapi_gateway import ADDONS
from dev.proof.bench import page
from dev.proof.bench.receivers import Receivers

SCRIPT = """
from dev.proof.bench import jobs
result.update(getattr(jobs, values.pop("job"))(env, **values))
"""

#: The advisory lock behind which workers wait for their common start.
START_LOCK = 0x62656E63
CLAIMED = 1_000
#: E-mails, or SMS, to a server that is far away.
FAR = 200
STAGES = ["queued", "sent"]
FIFTHS = 5


class Bench:
    """A database for the benchmark, and how often and how much is measured."""

    def __init__(
        self,
        environment: Environment,
        database: str,
        receivers: Receivers,
        stages: list[tuple[str, str]],
        *,
        size: float = 1,
        rounds: int = 5,
    ):
        """Prepare the database.

        :param stages: the pairs (scenario, stage) that will be asked for, so that all
            are taken in turns
        :param size: a factor for all numbers of records; 1 is what the issue asks for
        """
        self.environment = environment
        self.database = database
        self.receivers = receivers
        self.stages = stages
        self.size = size
        self.rounds = rounds
        self.job(
            "set_up",
            smtp_port=receivers.ports["email"],
            far_port=receivers.ports["far"],
            sms_port=receivers.ports["sms"],
            customers=self.scaled(50_000),
        )

    def scaled(self, number: int) -> int:
        """Return how many records are taken for `number`."""
        return max(10, round(number * self.size))

    def job(self, name: str, **values: object) -> dict:
        """Run a function of `jobs` inside Odoo and return its result."""
        return run_inside(self.environment, self.database, SCRIPT, job=name, **values)

    def _received(self, expected: int, distinct: bool) -> list[float]:
        """Check what the receivers got and return when, in seconds.

        :param distinct: whether each address may have got one message only
        """
        arrivals = self.receivers.take()
        counts = Counter(address for address, _time in arrivals)
        if len(arrivals) != expected or (distinct and len(counts) != expected):
            raise SetupError(
                f"{expected} messages should have arrived, it were {len(arrivals)} at "
                f"{len(counts)} addresses."
            )
        return sorted(time for _address, time in arrivals)

    # ------------------------------------------------------------------
    # What the measures ask for
    # ------------------------------------------------------------------

    def samples(self, scenario: str, stage: str) -> list[float]:
        """Return the milliseconds per reminder of a scenario up to a stage."""
        return self._comparison[scenario][stage]

    @cached_property
    def _comparison(self) -> dict:
        scenarios = {}
        for stage in ("queued", "sent"):  # the order in which they follow each other
            for name, wanted in self.stages:
                if wanted == stage and stage not in scenarios.setdefault(name, []):
                    scenarios[name].append(stage)
        say(f"comparing {', '.join(scenarios)}, {self.rounds} rounds")
        return self.job(
            "compare", scenarios=scenarios, count=self.scaled(1_000), rounds=self.rounds
        )

    @cached_property
    def far(self) -> dict:
        """The milliseconds per e-mail to a server that is far away."""
        say("sending to a mail server that is far away")
        scenarios = {"own_email_far": ["sent"], "calendar_email_far": STAGES}
        return self.job(
            "compare",
            scenarios=scenarios,
            count=self.scaled(FAR),
            rounds=min(self.rounds, 3),
        )

    @cached_property
    def far_sms(self) -> dict:
        """The milliseconds per SMS through gateways that are far away."""
        say("sending SMS through SMSAPI and Twilio, far away")
        scenarios = {"own_sms_smsapi": ["sent"], "event_sms_twilio": STAGES}
        count, rounds = self.scaled(FAR), min(self.rounds, 3)
        self.receivers.take()
        with database.copied(self.environment, self.database) as name:
            database.install(self.environment, name, ADDONS, demo=False)
            times = run_inside(
                self.environment,
                name,
                SCRIPT,
                job="compare_far_sms",
                proxy=self.receivers.ports["proxy"],
                certificate=self.receivers.certificate,
                scenarios=scenarios,
                count=count,
                rounds=rounds,
            )
        # the first round, which is not timed, sends as well
        if len(self.receivers.take()) <= len(scenarios) * rounds * count:
            raise SetupError("SMS are missing at the gateways that are far away.")
        return times

    @cached_property
    def marks(self) -> dict:
        """The milliseconds per e-mail with and without a mark for each."""
        say("sending with and without marks")
        scenarios = {"own_email": ["sent"], "own_email_unmarked": ["sent"]}
        count = self.scaled(1_000)
        return self.job("compare", scenarios=scenarios, count=count, rounds=self.rounds)

    def workers(self, number: int, count: int) -> float:
        """Return the milliseconds per reminder when so many workers share `count`."""
        count = self.scaled(count)
        self.job("create", scenario="own_both", count=count)
        self.receivers.take()
        with (
            closing(self.environment.postgres.connect(self.database)) as connection,
            ThreadPoolExecutor(number) as pool,
        ):
            cursor = connection.cursor()
            cursor.execute("SELECT pg_advisory_lock(%s)", [START_LOCK])
            work = [
                pool.submit(self.job, "work", scenario="own_both", lock=START_LOCK)
                for _worker in range(number)
            ]
            wait_until(lambda: _count_waiting(cursor) == number, 120)
            cursor.execute("SELECT pg_advisory_unlock(%s)", [START_LOCK])
            results = [one.result() for one in work]
        self._received(count, distinct=True)
        start = min(result["start"] for result in results)
        return 1000 * (max(result["end"] for result in results) - start) / count

    @cached_property
    def backlog(self) -> dict:
        """The milliseconds per reminder and "mb".

        "ms" has one figure for each fifth of a great backlog. "few_ms" has those of
        small backlogs, taken just before and after it: in half an hour the speed of a
        machine changes more than what is measured.
        """
        few_before = self._send_few()
        count = self.scaled(100_000)
        say(f"sending {count} reminders")
        self.receivers.take()
        result = self.job("drain", scenario="own_both", count=count)
        times = [result["start"], *self._received(count, distinct=True)]
        part = count // FIFTHS
        ends = times[::part]
        milliseconds = [
            1000 * (end - start) / part
            for start, end in zip(ends, ends[1:], strict=False)
        ]
        few = few_before + self._send_few()
        return {"ms": milliseconds, "few_ms": few, "mb": result["mb"]}

    def _send_few(self) -> list[float]:
        """Return the milliseconds per reminder when 1,000 are due, for each round."""
        count, scenarios = self.scaled(1_000), {"own_both": ["sent"]}
        times = self.job(
            "compare", scenarios=scenarios, count=count, rounds=self.rounds
        )
        return times["own_both"]["sent"]

    @cached_property
    def few_lines(self) -> dict:
        """The milliseconds of "claim" and "idle" among 20,000 lines."""
        return self._claim(20_000)

    @cached_property
    def many_lines(self) -> dict:
        """The milliseconds of "claim" and "idle" among 2,000,000 lines."""
        return self._claim(2_000_000)

    def _claim(self, lines: int) -> dict:
        lines = self.scaled(lines)
        say(f"claiming among {lines} reminders")
        return self.job(
            "claim", count=self.scaled(CLAIMED), lines=lines, rounds=10 * self.rounds
        )

    @cached_property
    def screens(self) -> dict:
        """The milliseconds of "form" and "list", "with" the addon and "without"."""
        say("opening tasks with the addon and without")
        base = database.base(self.environment, demo=False)
        with database.copied(self.environment, base) as plain:
            # both with as many customers: Odoo itself reads some of them
            customers = self.scaled(50_000)
            run_inside(self.environment, plain, SCRIPT, job="fill", customers=customers)
            return self.job("open_screens", plain=plain, rounds=4 * self.rounds)

    @cached_property
    def answer_page(self) -> list[float]:
        """The milliseconds until a customer has the page for the answer."""
        say("opening the page for answers")
        return page.open_page(self.environment, self.database, 20 * self.rounds)

    @cached_property
    def short_log(self) -> dict:
        """The milliseconds of "portion" and "filter" with 20,000 rows of the log."""
        return self._work_with_log(20_000)

    @cached_property
    def full_log(self) -> dict:
        """The milliseconds of "portion" and "filter" with 2,000,000 rows of the log."""
        return self._work_with_log(2_000_000)

    def _work_with_log(self, rows: int) -> dict:
        rows = self.scaled(rows)
        say(f"working with a log of {rows} rows")
        return self.job("work_with_full_log", rows=rows, rounds=4 * self.rounds)

    @cached_property
    def idle_companies(self) -> list[float]:
        """The milliseconds of a run with nothing due in any of 500 companies."""
        rows = self.scaled(2_000_000)
        say(f"looking at 500 companies, with a log of {rows} rows")
        times = self.job("run_idle_companies", rows=rows, rounds=4 * self.rounds)
        return times["idle"]

    @cached_property
    def task_writes(self) -> dict:
        """The milliseconds per task "with" and "without" reminders."""
        say("saving tasks")
        return self.job("write_tasks", count=self.scaled(1_000), rounds=self.rounds)


def _count_waiting(cursor) -> int:
    """Return how many workers wait for the start."""
    cursor.execute(
        "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted "
        "AND objid = %s",
        [START_LOCK],
    )
    return cursor.fetchone()[0]
