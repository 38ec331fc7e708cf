"""A pytest plugin: what has failed in several runs, to be told after the last of them.

A run's failures are told at its end, which may be far up when the next one has ended.
"""

import os
from pathlib import Path

from dev.machine.process import say

# The folder that keeps the failures of all runs.
VARIABLE = "CRM_TASK_REMINDER_FAILURES"
FILE = "failures.txt"


def pytest_terminal_summary(terminalreporter) -> None:
    """Note the failures of this run."""
    lines = [
        f"{report.nodeid}: {_reason(report)}\n"
        for kind in ("error", "failed", "skipped")
        for report in terminalreporter.stats.get(kind, [])
    ]
    if lines and (folder := os.environ.get(VARIABLE)):
        with open(Path(folder) / FILE, "a", encoding="utf-8") as file:
            file.writelines(lines)


def _reason(report) -> str:
    """Return the first line of what went wrong."""
    told = report.longrepr
    crash = getattr(told, "reprcrash", None)
    text = crash.message if crash else str(told[2] if type(told) is tuple else told)
    return (text.strip().splitlines() or [""])[0]


def tell(folder: Path) -> None:
    """Tell the failures of all runs."""
    if (file := folder / FILE).exists():
        say("these tests have failed:")
        for line in file.read_text(encoding="utf-8").splitlines():
            say(line)
