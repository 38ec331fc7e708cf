"""What is measured, beside what, and what must be reached."""

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

from dev.proof.bench.harness import FAR, Bench

#: How a goal's limit reads.
WORDS = {
    "faster": "≥ {:g} × as fast",
    "slower": "≤ {:g} × its time",
    "ms": "≤ {:g} ms",
    "mb": "≤ {:g} MB",
}


@dataclass(frozen=True)
class Goal:
    """What must be reached; None where nothing is asked."""

    faster: float | None = None  # at least so many times as fast as the peer
    slower: float | None = None  # at most so many times the peer's time
    ms: float | None = None  # at most so many milliseconds
    mb: float | None = None  # at most so many megabytes

    def ratio(self, figures: dict) -> float | None:
        """Return how the figures compare to the peer's, None without a peer."""
        if "peer_ms" not in figures:
            return None
        if self.slower:
            return figures["ms"] / figures["peer_ms"]
        return figures["peer_ms"] / figures["ms"]

    def is_reached(self, figures: dict) -> bool:
        """Return whether the figures are good enough."""
        ratio = self.ratio(figures)
        return (
            (self.faster is None or ratio >= self.faster)
            and (self.slower is None or ratio <= self.slower)
            and (self.ms is None or figures["ms"] <= self.ms)
            and (self.mb is None or figures["mb"] <= self.mb)
        )

    def __str__(self) -> str:
        limits = {key: getattr(self, key) for key in WORDS}
        texts = [WORDS[key].format(value) for key, value in limits.items() if value]
        return ", ".join(texts) or "for comparison"


@dataclass(frozen=True)
class Measure:
    """One line of the report; `take` returns "ms" or "mb", and "peer_ms" if any."""

    name: str
    n: int
    peer: str | None
    goal: Goal
    take: Callable[[Bench], dict]
    # What it asks of `Bench.samples`, so that all of it is taken in turns.
    stages: tuple[tuple[str, str], ...] = ()


def _comparison(name: str, own: str, other: str, stage: str, goal: Goal) -> Measure:
    """Return a measure that compares a scenario of the addon with one of Odoo."""

    def take(bench: Bench) -> dict:
        ms, peer_ms = (median(bench.samples(which, stage)) for which in (own, other))
        return {"ms": ms, "peer_ms": peer_ms}

    # Odoo has no second stage without the first.
    stages = ((own, stage), (other, "queued"), (other, stage))
    return Measure(name, 1_000, other, goal, take, stages)


def _email_slow_server(bench: Bench) -> dict:
    times = bench.far
    ms = median(times["own_email_far"]["sent"])
    return {"ms": ms, "peer_ms": median(times["calendar_email_far"]["sent"])}


def _sms_smsapi(bench: Bench) -> dict:
    times = bench.far_sms
    ms = median(times["own_sms_smsapi"]["sent"])
    return {"ms": ms, "peer_ms": median(times["event_sms_twilio"]["sent"])}


def _mark(bench: Bench) -> dict:
    times = bench.marks
    ms = median(times["own_email"]["sent"])
    return {"ms": ms, "peer_ms": median(times["own_email_unmarked"]["sent"])}


def _workers_2(bench: Bench) -> dict:
    pairs = [
        (bench.workers(2, 10_000), bench.workers(1, 10_000))
        for _turn in range(bench.rounds)
    ]
    ms, peer_ms = map(median, zip(*pairs, strict=True))
    return {"ms": ms, "peer_ms": peer_ms}


def _claim(bench: Bench) -> dict:
    few, many = bench.few_lines, bench.many_lines
    return {"ms": median(many["claim"]), "peer_ms": median(few["claim"])}


def _idle(bench: Bench) -> dict:
    return {"ms": median(bench.many_lines["idle"])}


def _growth(bench: Bench) -> dict:
    times = bench.backlog
    return {"ms": median(times["ms"]), "peer_ms": median(times["few_ms"])}


def _memory(bench: Bench) -> dict:
    return {"mb": bench.backlog["mb"]}


def _task_write(bench: Bench) -> dict:
    times = bench.task_writes
    return {"ms": median(times["with"]), "peer_ms": median(times["without"])}


def _screen(name: str) -> Callable[[Bench], dict]:
    """Return what takes a screen's times with the addon and without."""

    def take(bench: Bench) -> dict:
        times = bench.screens[name]
        return {"ms": median(times["with"]), "peer_ms": median(times["without"])}

    return take


def _answer_page(bench: Bench) -> dict:
    return {"ms": median(bench.answer_page)}


def _full_log(bench: Bench) -> dict:
    few, many = bench.short_log, bench.full_log
    return {"ms": median(many["portion"]), "peer_ms": median(few["portion"])}


def _not_sent_filter(bench: Bench) -> dict:
    return {"ms": median(bench.full_log["filter"])}


def _idle_companies(bench: Bench) -> dict:
    return {"ms": median(bench.idle_companies)}


MEASURES = [
    _comparison("email_queue", "own_email", "calendar_email", "queued", Goal(24)),
    _comparison("email_queue_vs_event", "own_email", "event_email", "queued", Goal(24)),
    _comparison("sms_queue", "own_sms", "calendar_sms", "queued", Goal(18)),
    _comparison("sms_queue_vs_event", "own_sms", "event_sms", "queued", Goal(2.5)),
    _comparison(
        "email_end_to_end", "own_email_run", "calendar_email", "sent", Goal(14)
    ),
    _comparison("sms_end_to_end", "own_sms_run", "calendar_sms", "sent", Goal(13)),
    _comparison(
        "email_end_to_end_vs_event", "own_email_run", "event_email", "sent", Goal(14)
    ),
    _comparison(
        "sms_end_to_end_vs_event", "own_sms_run", "event_sms", "sent", Goal(2.2)
    ),
    Measure("email_slow_server", FAR, "calendar_email", Goal(12), _email_slow_server),
    Measure("sms_smsapi", FAR, "event_sms by Twilio", Goal(5), _sms_smsapi),
    Measure("mark", 1_000, "without marks", Goal(slower=1.05), _mark),
    Measure("workers_2", 10_000, "1 worker", Goal(faster=1.75), _workers_2),
    Measure("task_write", 1_000, "without reminders", Goal(slower=1.15), _task_write),
    Measure("task_form", 1, "without the addon", Goal(slower=1.2), _screen("form")),
    Measure("task_list", 80, "without the addon", Goal(slower=1.1), _screen("list")),
    Measure("answer_page", 1, None, Goal(ms=50), _answer_page),
    Measure("growth", 100_000, "1,000 due", Goal(slower=1.15), _growth),
    Measure("memory", 100_000, None, Goal(mb=150), _memory),
    Measure("claim", 1_000, "20,000 lines", Goal(slower=2, ms=10), _claim),
    Measure("idle", 2_000_000, None, Goal(ms=5), _idle),
    Measure("full_log", 2_000_000, "20,000 rows", Goal(slower=2), _full_log),
    Measure("not_sent_filter", 2_000_000, None, Goal(ms=50), _not_sent_filter),
    Measure("idle_companies", 2_000_000, None, Goal(ms=100), _idle_companies),
]
