"""Reading what Odoo logged."""

import re
from pathlib import Path

LINE = re.compile(
    r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d+ \d+ (?P<level>[A-Z]+) \S+ (?P<logger>\S+): "
)
PROBLEMS = {"WARNING", "ERROR", "CRITICAL"}

# The embedded PostgreSQL lacks an extension that only speeds up searches.
HARMLESS = ("pg_trgm",)


def problems(log: Path) -> list[str]:
    """Return the warnings and errors in a log, each with its traceback."""
    found: list[str] = []
    keep = False
    for line in log.read_text(encoding="utf-8", errors="replace").splitlines():
        if match := LINE.match(line):
            keep = match["level"] in PROBLEMS and not any(
                harmless in line for harmless in HARMLESS
            )
            if keep:
                found.append(line)
        elif keep:
            found[-1] += f"\n{line}"
    return found
