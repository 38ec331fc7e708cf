from itertools import combinations

from odoo.tests import BaseCase, tagged

from ..tools import phrases, wording
from .wordings import NAME, get_further, get_wordings

#: Words that no answer has; set beside a *yes* they may change all of it.
STRANGE = ("faktura", "Rechnung", "invoice", "10", "xyz", "🦄")
CONTEXT = wording.make_context(NAME, ["tomorrow"])
#: What a phrase may mean, each by the kinds in the data that say so.
MEANINGS = (
    {"yes", "nod", "okay"},
    {"no", "cannot", "cancel"},
    {"other"},
    {"asked"},
    {"stop", "unsubscribe"},
    {"doubt"},
    {"person"},
)
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

    def test_more_than_a_hundred_were_collected_apart(self):
        self.assertGreaterEqual(len(set(get_further())), 100)

    def test_no_wrong_yes(self):
        wrong = [
            (lang, text)
            for lang, text, meaning in get_wordings()
            if meaning != wording.COMING
            and wording.read(text, lang, CONTEXT) == wording.COMING
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
        for wordings in (get_wordings(), get_further()):
            clear = [one for one in wordings if one[2]]
            missed = [
                (lang, text, meaning)
                for lang, text, meaning in clear
                if wording.read(text, lang, CONTEXT) != meaning
            ]
            self.assertLessEqual(len(missed), 0.05 * len(clear), missed)

    def test_unclear_ones_are_left_to_a_person(self):
        made = [
            (lang, text, wording.read(text, lang, CONTEXT))
            for lang, text, meaning in get_wordings()
            if meaning is None and wording.read(text, lang, CONTEXT)
        ]
        self.assertEqual(made, [])

    def test_a_yes_with_a_strange_word_is_none(self):
        for lang, text, meaning in get_wordings():
            if meaning == wording.COMING:
                doubts = DOUBTS[lang[:2]]
                for word in (*STRANGE, *doubts):
                    for whole in (f"{word} {text}", f"{text} {word}"):
                        read = wording.read(whole, lang, CONTEXT)
                        self.assertNotEqual(read, wording.COMING, whole)

    def test_a_question_is_no_answer(self):
        for lang, text, meaning in get_wordings():
            if meaning in (wording.COMING, wording.DECLINED):
                self.assertIsNone(wording.read(f"{text}?", lang, CONTEXT), text)

    def test_no_phrase_means_two_things(self):
        signs = phrases.read_file(phrases.SIGNS)
        for lang in phrases.get_languages():
            data = phrases.read_file(lang)
            reader = phrases.make_reader(data)
            listed = [
                {
                    phrase
                    for one in (signs, data)
                    for phrase, kind in phrases.list_phrases(reader, one)
                    if kind in kinds
                }
                for kinds in MEANINGS
            ]
            for one, other in combinations(listed, 2):
                self.assertEqual(one & other, set(), lang)

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

    def test_the_writer_s_name_says_nothing_and_another_one_does(self):
        for text, name, meaning in (
            ("Tak. Pozdrawiam, Anna Nowak", "Anna Nowak", wording.COMING),
            ("Tak. Pozdrawiam, ANNA", "Nowak, Anna", wording.COMING),
            ("Tak. Pozdrawiam, Anna Nowak", "Jan Kowalski", None),
            ("Tak, Anna będzie", "Anna Nowak", None),
            ("nie", "Nie Tak", wording.DECLINED),
            ("Tak 👍 Żółkiewski-Groß", "Jan Żółkiewski-Groß", wording.COMING),
        ):
            with self.subTest(text=text, name=name):
                context = wording.make_context(name)
                self.assertEqual(wording.read(text, "pl_PL", context), meaning)

    def test_a_day_that_is_not_the_appointment_s_makes_a_yes_none(self):
        for text, days, meaning in (
            ("Tak, do zobaczenia jutro", ["tomorrow"], wording.COMING),
            ("Tak, do zobaczenia jutro", ["today"], None),
            ("Tak, do zobaczenia jutro", [], None),
            ("Bis morgen", ["tomorrow"], wording.COMING),
            ("see you today", ["today"], wording.COMING),
            ("see you today", ["tomorrow"], None),
            ("nie mogę jutro", [], wording.DECLINED),
            ("nie mogę jutro", ["tomorrow"], wording.DECLINED),
            ("jutro", ["tomorrow"], None),
        ):
            with self.subTest(text=text, days=days):
                context = wording.make_context(days=days)
                self.assertEqual(wording.read(text, "pl_PL", context), meaning)

    def test_what_is_not_to_be_cancelled_is_not_declined(self):
        for text, lang in (
            ("Nie odwołuję", "pl_PL"),
            ("Proszę nie odwoływać wizyty", "pl_PL"),
            ("Please don't cancel", "en_US"),
            ("I might have to cancel", "en_US"),
            ("Ich kann nicht absagen", "de_DE"),
            ("Bitte nicht stornieren", "de_DE"),
            ("Vielleicht muss ich absagen", "de_DE"),
            ("Nie będę odwoływać", "pl_PL"),
            ("Jak odwołać wizytę", "pl_PL"),
            ("I won't cancel", "en_US"),
            ("Can I still cancel", "en_US"),
            ("Kann ich den Termin noch absagen", "de_DE"),
        ):
            self.assertIsNone(wording.read(text, lang), text)
        for text in ("Nie, odwołuję", "Nie. Odwołuję", "nie! odwołuję"):
            self.assertEqual(wording.read(text, "pl_PL"), wording.DECLINED, text)

    def test_a_question_without_its_sign_is_no_yes(self):
        for text, lang in (
            ("Can I make it", "en_US"),
            ("Will I be there", "en_US"),
            ("still on for tomorrow", "en_US"),
            ("Correct my appointment", "en_US"),
            ("Ist das ok", "de_DE"),
            ("bleibt der Termin", "de_DE"),
            ("Bin ich dabei", "de_DE"),
            ("czekam", "pl_PL"),
            ("jest ktoś", "pl_PL"),
        ):
            self.assertIsNone(wording.read(text, lang, CONTEXT), text)

    def test_a_phrase_may_be_interrupted(self):
        for text, lang, meaning in (
            ("Nie dam dzisiaj rady", "pl_PL", wording.DECLINED),
            ("Wir können morgen leider nicht kommen", "de_DE", wording.DECLINED),
            ("Kann den Link nicht öffnen", "de_DE", None),
            ("Bin morgen pünktlich da", "de_DE", None),  # of which day nothing is known
        ):
            self.assertEqual(wording.read(text, lang), meaning, text)

    def test_a_no_that_goes_on_with_a_but_is_for_a_person(self):
        for text, lang in (
            ("I can't be there but my wife can", "en_US"),
            ("Nie będzie mnie w domu, ale żona otworzy", "pl_PL"),
            ("Kann nicht kommen, aber mein Bruder macht auf", "de_DE"),
        ):
            self.assertIsNone(wording.read(text, lang), text)
        text = "Przepraszam, ale nie przyjdę, wyjechaliśmy nad morze"
        self.assertEqual(wording.read(text, "pl_PL"), wording.DECLINED)

    def test_a_no_with_a_question_for_a_day_asks_for_another_time(self):
        for text, lang, meaning in (
            ("Tomorrow doesn't work, is Monday free?", "en_US", wording.OTHER),
            ("Nie dam rady jutro, pasuje poniedziałek?", "pl_PL", wording.OTHER),
            ("Morgen geht nicht, hätten Sie Montag?", "de_DE", wording.OTHER),
            ("Is it on Monday?", "en_US", None),
            ("No, on Monday", "en_US", None),
        ):
            self.assertEqual(wording.read(text, lang), meaning, text)

    def test_what_only_begins_like_stop_is_none(self):
        for text in ("stop by any time", "Stop the leak please", "Stopp die Heizung"):
            self.assertFalse(wording.is_stop(text), text)
        for text in ("STOP", "Stop Firmax", "stop, thank you"):
            self.assertTrue(wording.is_stop(text), text)

    def test_until_a_day_parts_only_on_the_appointment_s_day(self):
        for text, days, meaning in (
            ("Do jutra!", ["tomorrow"], wording.COMING),
            ("Do jutra!", ["today"], None),
            ("Bis morgen", ["tomorrow"], wording.COMING),
            ("bis", [], None),
            ("bis Freitag", ["tomorrow"], None),
            ("do piątku", ["tomorrow"], None),
        ):
            context = wording.make_context(days=days)
            self.assertEqual(wording.read(text, "pl_PL", context), meaning, text)

    def test_no_text_takes_long(self):
        for text in (
            "tak " * 400,
            "a" * 1600,
            "?" * 1600,
            "nie moge " * 170,
            "\0\ud800",
        ):
            wording.read(text, "pl_PL")
