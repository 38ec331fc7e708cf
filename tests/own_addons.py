"""Small addons that are there for the tests alone: what it takes to add to the base."""

import re
from pathlib import Path

# A folder of its own: they are none of the addons of this checkout.
ADDONS = Path(__file__).parent / "addons"
KINDS = (".py", ".xml", ".csv")
COMMENT = re.compile(r"^[ \t]*#[^\n]*|<!--.*?-->", re.MULTILINE | re.DOTALL)


def count_lines(addon: str) -> int:
    """Return the lines of an addon's source, without blank lines and comments."""
    files = [file for file in (ADDONS / addon).rglob("*") if file.suffix in KINDS]
    assert files, addon
    return sum(_count(file.read_text(encoding="utf-8")) for file in files)


def _count(text: str) -> int:
    return sum(bool(line.strip()) for line in COMMENT.sub("", text).splitlines())
