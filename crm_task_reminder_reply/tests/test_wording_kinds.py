from datetime import datetime
from pathlib import Path

from odoo.tests import BaseCase, tagged

from ..tools import wording
from .wordings import NAME

KINDS = Path(__file__).parent / "kinds.txt"
#: What a text may mean that a person has to read.
UNCLEAR = "unclear"


def get_kinds():
    """Return language, hour of the start, meaning and text of each line."""
    lines = KINDS.read_text(encoding="utf-8").splitlines()
    return [line.split(" | ", 3) for line in lines if not line.startswith("#")]


@tagged("post_install", "-at_install")
class TestWordingKinds(BaseCase):
    """What was read wrongly is not, and what is like it is read as ever."""

    def test_b01_each_kind_and_what_is_like_it(self):
        for lang, hour, meaning, text in get_kinds():
            start = datetime(2025, 11, 27, int(hour))
            context = wording.make_context(NAME, ["tomorrow"], start, start.weekday())
            with self.subTest(text=text, hour=hour):
                read = wording.read(text, lang, context)
                self.assertEqual(read or UNCLEAR, meaning)

    def test_b01_no_line_is_there_twice(self):
        rows = [(lang, hour, text) for lang, hour, _meaning, text in get_kinds()]
        self.assertEqual(len(set(rows)), len(rows))
