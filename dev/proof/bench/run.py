"""``make bench``: one line of JSON per measure, at the end a table."""

import argparse
import json
import sys

from dev.machine.process import say
from dev.machine.project import ADDON
from dev.office import database, environment
from dev.proof.bench.harness import Bench
from dev.proof.bench.measures import MEASURES, Goal, Measure
from dev.proof.bench.receivers import Receivers

# What Odoo has of its own for reminders, to compare with.
PEER_MODULES = ("calendar_sms", "event", "event_sms")


def main(arguments: list[str]) -> int:
    """Take the measures and print them; return 1 when one misses its goal.

    :param arguments: names of measures (without any, all), ``--size``, ``--rounds``
    :raises SetupError: something is missing, or a measure found messages missing
    """
    options = _parse(arguments)
    wanted = [one for one in MEASURES if one.name in (options.names or _names())]
    ready = environment.ready()
    database.drop_abandoned(ready)
    with database.copied(ready, database.base(ready, demo=False)) as name:
        say(f"installing {', '.join(PEER_MODULES)} and {ADDON}")
        database.install(ready, name, (*PEER_MODULES, ADDON), demo=False)
        with Receivers() as receivers:
            stages = [stage for measure in wanted for stage in measure.stages]
            bench = Bench(
                ready,
                name,
                receivers,
                stages,
                size=options.size,
                rounds=options.rounds,
            )
            return report(wanted, bench)


def _parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench ARGS=…")
    parser.add_argument("names", nargs="*", choices=[*_names(), []])
    parser.add_argument("--size", type=float, default=1, help="factor for all numbers")
    parser.add_argument("--rounds", type=int, default=5)
    return parser.parse_args(arguments)


def _names() -> list[str]:
    return [measure.name for measure in MEASURES]


def report(measures: list[Measure], bench: Bench) -> int:
    """Take measures, print a line each and then the table; return the exit code."""
    rows = []
    for measure in measures:
        figures = measure.take(bench)
        line = describe(measure, figures, bench.scaled(measure.n))
        print(json.dumps(line), flush=True)
        rows.append((line, measure.goal, measure.goal.is_reached(figures)))
    print(table(rows), file=sys.stderr)
    return 0 if all(is_reached for _line, _goal, is_reached in rows) else 1


def describe(measure: Measure, figures: dict, n: int) -> dict:
    """Return the line of a measure: its figures, rounded, and the peer's."""
    line = {"measure": measure.name, "n": n, "ms": None, "peer": measure.peer}
    line |= {key: round(value, 3) for key, value in figures.items()}
    if ratio := measure.goal.ratio(figures):
        line["ratio"] = round(ratio, 2)
    return line


def table(rows: list[tuple[dict, Goal, bool]]) -> str:
    """Return the lines as a table, with what each must reach and whether it does."""
    columns = "{:<22} {:>9} {:>12} {:>9} {:>7}  {:<22} {}".format
    lines = [columns("measure", "n", "ms", "peer ms", "ratio", "goal", "")]
    for line, goal, is_reached in rows:
        value = f"{line['mb']} MB" if "mb" in line else line["ms"]
        peer_ms, ratio = line.get("peer_ms", ""), line.get("ratio", "")
        verdict = "reached" if is_reached else "MISSED"
        name, n = line["measure"], line["n"]
        lines.append(columns(name, n, value, peer_ms, ratio, str(goal), verdict))
    return "\n".join(lines)
