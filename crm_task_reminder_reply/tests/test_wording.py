from odoo.tests import BaseCase, tagged

from ..tools import wording
from .wordings import get_wordings

#: Words that no answer has; set beside a *yes* they may change all of it.
STRANGE = ("faktura", "Rechnung", "invoice", "10", "xyz", "🦄")
DOUBTS = {"pl": ("ale", "chyba", "jeśli"), "de": ("aber", "wenn"), "en": ("but", "if")}


@tagged("post_install", "-at_install")
class TestWording(BaseCase):
    """What people write is understood, or left to a person; never a wrong yes."""

    def test_there_are_enough_of_them(self):
        wordings = get_wordings()
        self.assertGreaterEqual(len(set(wordings)), 200)
        self.assertEqual(
            {lang for lang, *_rest in wordings}, {"pl_PL", "de_DE", "en_US"}
        )

    def test_no_wrong_yes(self):
        wrong = [
            (lang, text)
            for lang, text, meaning in get_wordings()
            if meaning != wording.COMING and wording.read(text, lang) == wording.COMING
        ]
        self.assertEqual(wrong, [])

    def test_no_wrong_stop(self):
        wrong = [
            (lang, text)
            for lang, text, meaning in get_wordings()
            if (meaning == wording.STOP) != wording.is_stop(text)
        ]
        self.assertEqual(wrong, [])

    def test_clear_ones_are_understood(self):
        clear = [one for one in get_wordings() if one[2]]
        missed = [
            (lang, text, meaning)
            for lang, text, meaning in clear
            if wording.read(text, lang) != meaning
        ]
        self.assertLessEqual(len(missed), 0.05 * len(clear), missed)

    def test_unclear_ones_are_left_to_a_person(self):
        made = [
            (lang, text, wording.read(text, lang))
            for lang, text, meaning in get_wordings()
            if meaning is None and wording.read(text, lang)
        ]
        self.assertEqual(made, [])

    def test_a_yes_with_a_strange_word_is_none(self):
        for lang, text, meaning in get_wordings():
            if meaning == wording.COMING:
                doubts = DOUBTS[lang[:2]]
                for word in (*STRANGE, *doubts):
                    for whole in (f"{word} {text}", f"{text} {word}"):
                        read = wording.read(whole, lang)
                        self.assertNotEqual(read, wording.COMING, whole)

    def test_a_question_is_no_answer(self):
        for lang, text, meaning in get_wordings():
            if meaning in (wording.COMING, wording.DECLINED):
                self.assertIsNone(wording.read(f"{text}?", lang), text)

    def test_other_languages_than_the_own_one(self):
        for text, lang, meaning in (
            ("tak", "de_DE", wording.COMING),
            ("ja", "pl_PL", None),  # “I”
            ("no", "pl_PL", None),  # “well, yes”
            ("no", "de_DE", wording.DECLINED),
            ("ok danke", "pl_PL", wording.COMING),
            ("tak", "", wording.COMING),
            ("tak", "fr_FR", wording.COMING),
            ("Tak, będę 👍", "en_US", wording.COMING),
            ("tak 👎", "en_US", None),
            ("nein 😞", "pl_PL", wording.DECLINED),
            ("ja 👍", "pl_PL", None),
            ("Stopp", "pl_PL", wording.STOP),
        ):
            with self.subTest(text=text, lang=lang):
                self.assertEqual(wording.read(text, lang), meaning)

    def test_no_text_takes_long(self):
        for text in (
            "tak " * 400,
            "a" * 1600,
            "?" * 1600,
            "nie moge " * 170,
            "\0\ud800",
        ):
            wording.read(text, "pl_PL")
