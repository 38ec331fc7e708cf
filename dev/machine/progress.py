"""Telling how far a long step is.

At a terminal it is one line that is written over; elsewhere a line every ten seconds.
"""

import re
import shutil
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from dev.machine.process import say

TERMINAL_SECONDS, LOG_SECONDS = 0.5, 10
MEGABYTE = 1_000_000
CLEAR_LINE = "\r\033[K"
ODOO_LOADS = re.compile(r"Loading module (\S+) \((\d+)/(\d+)\)")


class Step:
    """A long step. A context manager: told at its start, and again while it lasts."""

    def __init__(self, what: str, measure: Callable[[], str] = str):
        """Describe the step.

        :param what: what is being done, such as "downloading Odoo 19"
        :param measure: returns how far it is, such as "45 of 130 MB"; an empty text
            as long as that is not known. Called in another thread.
        """
        self.what = what
        self.measure = measure
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._tell_now_and_then, daemon=True)

    def __enter__(self) -> "Step":
        self._start = time.monotonic()
        self._is_terminal = sys.stderr.isatty()
        if self._is_terminal:
            self._write_over("")
        else:
            say(self.what)
        self._thread.start()
        return self

    def __exit__(self, *_exception: object) -> None:
        self._over.set()
        self._thread.join()
        if self._is_terminal:
            self._write_over("\n")

    def _tell_now_and_then(self) -> None:
        pause = TERMINAL_SECONDS if self._is_terminal else LOG_SECONDS
        while not self._over.wait(pause):
            if self._is_terminal:
                self._write_over("")
            else:
                say(self._describe())

    def _write_over(self, end: str) -> None:
        # A line that is broken in two could not be written over.
        width = shutil.get_terminal_size().columns - 1
        text = f"[dev] {self._describe()}"[:width]
        print(f"{CLEAR_LINE}{text}{end}", end="", file=sys.stderr, flush=True)

    def _describe(self) -> str:
        """Return what is done, how far it is and how long it has taken."""
        seconds = int(time.monotonic() - self._start)
        state = self.measure()
        return (
            self.what
            + (f": {state}" if state else "")
            + (f" ({seconds} s)" if seconds else "")
        )


class Phases:
    """How far a program is that writes a line for each thing it does.

    `read` takes a line; the call returns what `Step` tells.
    """

    def __init__(
        self,
        patterns: dict[str, str],
        total: int = 0,
        total_pattern: str = "",
        last: str = "",
    ):
        """Nothing has been read.

        :param patterns: name of a phase → regular expression for the start of its lines
        :param total: how many lines each phase will have; 0 when it is not known
        :param total_pattern: regular expression for the line that tells the total
        :param last: name of a phase in which nothing is counted
        """
        self.patterns = {name: re.compile(text) for name, text in patterns.items()}
        self.total = total
        self.total_pattern = re.compile(total_pattern) if total_pattern else None
        self.last = last
        self.phase = ""
        self.counts: Counter[str] = Counter()

    def read(self, line: str) -> None:
        """Take notice of a line."""
        for name, pattern in self.patterns.items():
            if pattern.match(line):
                self.phase = name
                self.counts[name] += 1
        if self.total_pattern and (match := self.total_pattern.search(line)):
            self.total = int(match[1])

    def __call__(self) -> str:
        """Return the phase and how many of its lines have come."""
        if not self.phase or self.phase == self.last:
            return self.phase
        of_all = f" of {self.total}" if self.total else ""
        return f"{self.phase} {self.counts[self.phase]}{of_all}"


def size_of(folder: Path, total: int) -> Callable[[], str]:
    """Return what measures the files in a folder.

    :param total: how many bytes they will have
    """

    def measure() -> str:
        done = 0
        for path in folder.rglob("*"):
            try:
                done += path.stat().st_size if path.is_file() else 0
            except OSError:
                continue  # it was moved just now
        return f"{done // MEGABYTE} of {total // MEGABYTE} MB"

    return measure


def modules_in(log: Path) -> Callable[[], str]:
    """Return what measures how many modules Odoo has loaded, by its log."""

    def measure() -> str:
        text = log.read_text(encoding="utf-8", errors="replace")
        found = ODOO_LOADS.findall(text)
        return "module {}, {} of {}".format(*found[-1]) if found else ""

    return measure
