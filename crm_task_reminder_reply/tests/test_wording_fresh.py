from datetime import datetime
from pathlib import Path

from odoo.tests import BaseCase, tagged

from ..tools import wording
from ..tools.plain import is_slip
from .wordings import NAME

FRESH = Path(__file__).parent / "fresh_wordings.txt"
FURTHER_DOUBTS = Path(__file__).parent / "doubts.txt"
#: Each of them is set beside one in so many of the *yes*.
STEP = 40
THURSDAY = datetime(2025, 11, 27, 8)
CONTEXT = wording.make_context(NAME, ["tomorrow"], THURSDAY, THURSDAY.weekday())
#: What makes something else of a *yes*, whatever else the text says.
DOUBTS = {
    "pl_PL": ("ale", "jeśli", "nie", "o 9", "po 8", "w piątek", "faktura"),
    "de_DE": ("aber", "wenn", "nein", "um 9", "ab 8 Uhr", "am Freitag", "Rechnung"),
    "en_US": ("but", "if", "no", "at 9", "after 8", "on Friday", "invoice"),
}


def get_fresh():
    """Return language, text and what it may mean, of each line."""
    lines = FRESH.read_text(encoding="utf-8").splitlines()
    rows = [line.split(" | ", 2) for line in lines if not line.startswith("#")]
    return [
        (lang, text, set(meaning.rstrip("*").split("/")))
        for lang, meaning, text in rows
    ]


def read(text, lang, context=CONTEXT):
    meaning = wording.read(text, lang, context)
    return "unclear" if meaning in (None, wording.THANKS) else meaning


@tagged("post_install", "-at_install")
class TestWordingFresh(BaseCase):
    """Texts whose writer had not seen the words; the appointment's own time."""

    def test_nothing_is_read_wrongly(self):
        wrong = [
            (lang, text, read(text, lang))
            for lang, text, meanings in get_fresh()
            if read(text, lang) not in meanings | {"unclear"}
        ]
        self.assertEqual(wrong, [])

    def test_clear_ones_are_understood(self):
        clear = [one for one in get_fresh() if "unclear" not in one[2]]
        missed = [one for one in clear if read(one[1], one[0]) not in one[2]]
        self.assertGreaterEqual(len(clear), 1000)
        self.assertLessEqual(len(missed), 0.05 * len(clear), missed)

    def test_a_yes_with_a_doubt_is_none(self):
        for lang, text, meanings in get_fresh():
            if meanings == {wording.COMING}:
                for word in DOUBTS[lang]:
                    for whole in (
                        f"{word} {text}",
                        f"{text} {word}",
                        f"{text}, {word}",
                    ):
                        self.assertNotEqual(read(whole, lang), wording.COMING, whole)

    def test_a_yes_with_a_further_doubt_is_none(self):
        yes = [row for row in get_fresh() if row[2] == {wording.COMING}]
        lines = FURTHER_DOUBTS.read_text(encoding="utf-8").splitlines()
        rows = [line.split(" | ") for line in lines if not line.startswith("#")]
        for language, doubts in rows:
            texts = [text for lang, text, _meanings in yes if lang == language]
            self.assertGreater(len(texts), 5 * STEP)
            for start, doubt in enumerate(doubts.split("/")):
                for text in texts[start % STEP :: STEP]:
                    for whole in (f"{text}, {doubt}", f"{text} {doubt}"):
                        self.assertNotEqual(
                            read(whole, language), wording.COMING, whole
                        )

    def test_a_yes_does_not_reach_over_a_doubt(self):
        for text in (
            "cya tomorrow, yeah right",
            "tomorrow, yeah right",
            "See you tomorrow as soon as",
        ):
            self.assertNotEqual(read(text, "en_US"), wording.COMING, text)

    def test_nobody_s_time_is_the_appointment_s(self):
        for text, lang in (
            ("Tak, będę o 8", "pl_PL"),
            ("Ja, um 8 Uhr", "de_DE"),
            ("Yes, Thursday", "en_US"),
        ):
            self.assertEqual(read(text, lang), wording.COMING)
            without = wording.make_context(NAME, ["tomorrow"])
            self.assertEqual(read(text, lang, without), "unclear")

    def test_half_past_and_the_evening(self):
        evening = wording.make_context(NAME, (), THURSDAY.replace(hour=20, minute=30))
        for text, lang, meaning in (
            ("see you at 8:30pm", "en_US", wording.COMING),
            ("see you at 8:30", "en_US", wording.COMING),
            ("see you at 8:30am", "en_US", "unclear"),
            ("see you at 8pm", "en_US", "unclear"),
            ("Tak, 20.30", "pl_PL", wording.COMING),
            ("Tak, będę o 20", "pl_PL", "unclear"),
            ("Ja, 20:30 Uhr passt", "de_DE", wording.COMING),
            ("Ja, 8:30 Uhr abends", "de_DE", wording.COMING),
            ("Ja, 8:30 Uhr morgens", "de_DE", "unclear"),
        ):
            self.assertEqual(read(text, lang, evening), meaning, text)

    def test_noon_and_midnight(self):
        noon = wording.make_context("", (), THURSDAY.replace(hour=12))
        midnight = wording.make_context("", (), THURSDAY.replace(hour=0))
        for text, context, meaning in (
            ("yes at 12", noon, wording.COMING),
            ("yes at 12pm", noon, wording.COMING),
            ("yes at 12am", noon, "unclear"),
            ("yes at 12am", midnight, wording.COMING),
            ("yes at 0:00", midnight, wording.COMING),
            ("yes at 12pm", midnight, "unclear"),
        ):
            self.assertEqual(read(text, "en_US", context), meaning, text)

    def test_what_asks_only_with_a_question_mark(self):
        for text, lang, meaning in (
            ("nie mogę wcześniej", "pl_PL", "unclear"),
            ("nie mogę wcześniej?", "pl_PL", wording.OTHER),
            ("nie mogę wcześniej, będę na czas", "pl_PL", "unclear"),
            ("Kann nicht später", "de_DE", "unclear"),
            ("I can't come earlier", "en_US", "unclear"),
            ("nie mogę wcześniej, proszę o inny termin", "pl_PL", wording.OTHER),
        ):
            self.assertEqual(read(text, lang), meaning, text)

    def test_not_to_stop_is_no_stop(self):
        for text in (
            "don't stop reminding me",
            "Please do not unsubscribe me",
            "Why did you stop texting me",
            "Nie usuwajcie mojego numeru",
            "Nie wypisujcie mnie",
            "nicht abmelden bitte",
        ):
            self.assertFalse(wording.is_stop(text), text)

    def test_a_slip_is_one_finger_s(self):
        for word, meant, is_one in (
            ("potwierdzm", "potwierdzam", True),
            ("potwiedrzam", "potwierdzam", True),
            ("potwierdzma", "potwierdzam", True),
            ("potwierdzaam", "potwierdzam", True),
            ("potwierdzasz", "potwierdzam", False),
            ("potwierdza", "potwierdzam", False),
            ("niepotwierdzam", "potwierdzam", False),
            ("zatwierdzam", "potwierdzam", False),
            ("confirms", "confirmed", False),
            ("unconfirmed", "confirmed", False),
            ("potwierdzmm", "potwierdzam", True),
        ):
            self.assertEqual(is_slip(word, meant), is_one, word)

    def test_no_text_with_times_takes_long(self):
        for text in ("o 8 " * 400, "8.00 " * 320, "27.11." * 260, "8" * 1600, "²" * 9):
            read(text, "pl_PL")
