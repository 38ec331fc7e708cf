import re
import string
import sys
import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ..tools import gsm

#: What is left out of a text that is written in the wide alphabet.
IDLE = "[\u00ad\u200b\u2060\ufeff]"


@tagged("post_install", "-at_install")
class TestSmsAlphabet(BaseCase):
    """What a text costs, and its plain form, over all of Unicode."""

    #: Each of them is in use in some language or on some keyboard.
    PLAIN = {
        "-": "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d•●⚫◼■❑◆➖"
        "➣▬🔸🔷▶◀⏵⯈┄╍❖◉⦁\uf06c\uf06e\uf071\uf076\uf0a7\uf0b7\uf0d8",
        " ": "\u00a0\u1680\u2002\u2003\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t",
        "'": "‘’‚‛‹›′`´ʼʻ＇",
        '"': "“”„‟«»″＂❝",
        "": "\u00ad\u200b\u200c\u200d\u200e\u2060\u2066\ufeff\ufe0e\ufe0f\U000e0100"
        "\ufffc",
        "\n": "\u2028\u2029\x85",
        "a": "ąăāảạấặªａ𝐚ⓐₐ",
        "o": "őōơợºｏ",
        "n": "ńňņŋⁿ",
        "L": "ŁĽĻĹȽ",
        "ø": "ǿ",
        "å": "ǻ",
        "SS": "ẞ",
        "oe": "œ",
        "IJ": "Ĳ",
        "ffi": "ﬃ",
        "Th": "Þ",
        "d": "ðđďɖ",
        "e": "əɛęě",
        "...": "…",
        "8": "８⑧𝟖٨८❽➑",
        "TM": "™",
        "No": "№",
        "1/2": "½",
        "<=": "≤≦⩽",
        "->": "→⟶➞⮕⭢🡒↣↦↪⇥\uf0e0\uf0e8",
        ":)": "\uf04a",
        "[ ]": "☐",
        "[x]": "☑☒",
        "~": "≈≃≅",
        "=": "═",
        "||": "║",
        "|": "│┊╏",
        "$": "💲",
        "100": "💯",
        "Rial": "﷼",
        "o/ooo": "‱",
        "Ø": "∅⌀",
        "O": "Ꟁ",
        "UAH": "₴",
        "c": "¢￠",
        "?": "\ufffd❓",
        "!": "❗ǃ",
        "*": "★☆⭐✱✲✳",
        "<-": "←⟵⬅↢↩",
        "x": "❌✗×",
        "#": "♯",
        "g": "ɣ",
        "u": "µμ",
        "um": "㎛",
        "OK": "🆗",
        "10": "🔟⑩❿➉",
        "20": "⑳⓴",
        "P": "Ⓟ🅿🇵",
        "(": "❨❪⟮⸨⦅",
        ")": "❩❫⟯⸩⦆",
        "[": "❲⟬【〔〖⟦⁅",
        "]": "❳⟭】〕〗⟧⁆",
        "{": "❴⦃",
        "}": "❵⦄",
        "<": "〈⟨❬❰",
        ">": "〉⟩❭❱",
    }

    def test_d01_no_sign_is_cut_in_two(self):
        for text, parts in (
            ("]" * 80, 1),
            ("]" * 81, 2),
            ("]" * 152, 2),
            ("]" * 153, 3),
            ("a" * 152 + "€" + "a" * 151, 2),
            ("a" * 152 + "€" + "a" * 152, 3),
            ("😀" * 35, 1),
            ("😀" * 66, 2),
            ("😀" * 67, 3),
            ("ж" * 66 + "😀" + "ж" * 65, 2),
            ("ж" * 66 + "😀" + "ж" * 66, 3),
            ("ж" * 134, 2),
            ("a" * 306, 2),
            ("", 0),
        ):
            self.assertEqual(gsm.count_parts(text), parts, f"{text[:1]} {len(text)}")

    def test_d01_title_is_cut_between_what_is_seen(self):
        """Of a family, a flag or an accent nothing else was left than a piece."""
        family, flag, hand = "👩\u200d👩\u200d👧", "🇵🇱", "👍🏽"
        for sign in (family, flag, hand, "ж\u0301", "❤\ufe0f"):
            title = sign * 80
            for length in range(1, 60):
                rest = "ж" * length
                kept = gsm.fit(title + rest, title, 1).removesuffix(f"...{rest}")
                self.assertEqual(kept.replace(sign, ""), "", sign)
                longer = f"{kept}{sign}...{rest}"
                self.assertGreater(gsm.count_parts(longer), 1, "as long as it can be")

    def test_d01_cut_as_a_network_cuts_it(self):
        run = st.tuples(st.sampled_from("aa]€\nж😀"), st.integers(0, 160))

        @settings(deadline=None, derandomize=True, database=None, max_examples=300)
        @given(st.lists(run, max_size=5))
        def check(runs):
            text = "".join(sign * count for sign, count in runs)
            self.assertEqual(gsm.count_parts(text), self._cut(text))

        check()

    def _cut(self, text):
        """Count the parts the slow way: the longest beginning that fits, and again."""
        is_narrow = set(text) <= gsm.ALPHABET

        def measure(part):
            if is_narrow:
                return len(re.sub(r"([\^{}\\\[~\]|€\f])", r"\\\1", part))
            return len(part.encode("utf-16-be")) // 2

        if measure(text) <= (160 if is_narrow else 70):
            return int(text != "")
        parts, room = 0, 153 if is_narrow else 67
        while text:
            end = next(n for n in range(room, 0, -1) if measure(text[:n]) <= room)
            text = text[end:]
            parts += 1
        return parts

    def test_d02_accents_that_stand_apart_are_composed(self):
        self.assertEqual(gsm.to_plain("Ka\u0308se"), "Käse")
        self.assertEqual(gsm.to_plain("Z\u0307o\u0301l\u0301w"), "Zolw")
        self.assertEqual(gsm.to_plain("a\u0323\u0308"), "ä")
        self.assertEqual(gsm.to_plain("Кафе\u0301 Ka\u0308se"), "Кафе\u0301 Käse")

    def test_d03_signs_have_their_plain_form(self):
        for plain, characters in self.PLAIN.items():
            for character in characters:
                with self.subTest(plain, character=f"U+{ord(character):04X}"):
                    self.assertEqual(gsm.to_plain(character), plain)

    def test_d03_numbers_stay_the_numbers_they_are(self):
        for text, plain in (
            ("10² m²", "10^2 m2"),
            ("2½ l, ½ l", "2 1/2 l, 1/2 l"),
            ("10¹⁰", "10^10"),
            ("10⁻³ g, 10⁺⁶", "10^-3 g, 10^+6"),
            ("1‐2, 3–4, 1.½", "1-2, 3-4, 1. 1/2"),
            ("①②", "1 2"),
            ("❾❿⓫", "9 10 11"),
            ("H₂O", "H2O"),
            ("１２", "12"),
            ("1\ufe0f\u20e3", "1"),
        ):
            self.assertEqual(gsm.to_plain(text), plain)

    def test_d03_what_has_no_plain_form_stays(self):
        for text in (
            "Огляд",
            "Έλεγχος",
            "芝生",
            "👩\u200d🌾 ☀\ufe0f",
            "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
            "می\u200cخواهم",
            "s\u0336t",
            "a \u2276 b",
            "⇆",
            "↹ ↴ ⤵",
            "🔵 ▲ ⏩",
            "⭐🌧",
        ):
            self.assertEqual(gsm.to_plain(f"ąé {text}"), f"ąé {text}")
            hidden = f"ą\u00ad\ufeffé {text}\u200b"
            self.assertEqual(gsm.to_plain(hidden), f"ąé {text}")

    def test_d03_all_of_unicode(self):
        """What Unicode's tables say of a character alone holds for each."""
        for code in range(sys.maxunicode + 1):
            character = chr(code)
            expected = self._expect(character)
            if expected is not None:
                plain = gsm.to_plain(character)
                self.assertIn(plain, expected, f"U+{code:04X} {plain!r}")

    def _expect(self, character):
        """Return the plain forms that a character may have, None if that is open."""
        category = unicodedata.category(character)
        name = unicodedata.name(character, "")
        base = unicodedata.normalize("NFD", character)[0]
        if character in gsm.ALPHABET or category in ("Co", "Cn", "Cs"):
            # of those that nobody has named, some are copied from Word
            is_copied = "\uf020" <= character <= "\uf0ff"
            return {gsm.SIGNS.get(character, character) if is_copied else character}
        if category in ("Zs", "Pd", "Nd"):
            digit = str(unicodedata.decimal(character, ""))
            return {{"Zs": " ", "Pd": "-", "Nd": digit}[category]}
        if "VARIATION SELECTOR" in name or "ZERO WIDTH" in name:
            return {""}
        if base in string.ascii_letters:
            decomposed = {c: unicodedata.normalize("NFD", c)[0] for c in gsm.ALPHABET}
            return {letter for letter, plain in decomposed.items() if plain == base}
        if re.match("CYRILLIC|CJK|HIRAGANA|KATAKANA LETTER|THAI CHARACTER", name):
            return {unicodedata.normalize("NFC", character)}
        return None

    def test_d03_what_is_seen_stays_where_accents_are_kept(self):
        for text, seen in (
            ("Ka\u0308se\u00ad 5\u202f€\ufe0f", "Käse 5 €"),
            ("z\u0307o\u0301łw\u200b –\u00a0x", "żółw –\u00a0x"),
            ("☀\ufe0f 5\u00a0€", "☀\ufe0f 5\u00a0€"),
            ("می\u200cخواهم", "می\u200cخواهم"),
        ):
            self.assertEqual(gsm.to_seen(text), seen)

    def test_d03_any_text(self):
        interesting = st.sampled_from(
            "aÄł€\u0301\u0308\u00ad\u200b\u200d\ufe0f½²3жΑ☀😀–„\u00a0ß\u20e3"
        )

        @settings(deadline=None, derandomize=True, database=None, max_examples=500)
        @given(st.text(interesting | st.characters(exclude_categories=["Cs"])))
        def check(text):
            plain = gsm.to_plain(text)
            self.assertEqual(gsm.to_plain(plain), plain)
            composed = unicodedata.normalize("NFC", text)
            alone = [gsm.to_plain(character) for character in composed]
            if set("".join(alone)) <= gsm.ALPHABET:
                self.assertLessEqual(set(plain), gsm.ALPHABET)
                self.assertEqual(self._strip(plain), self._strip("".join(alone)))
            else:
                self.assertEqual(plain, re.sub(IDLE, "", composed))

        check()

    def _strip(self, text):
        """Return a text without accents and without what keeps numbers apart."""
        return re.sub("[ ^_\u0300-\u036f]", "", unicodedata.normalize("NFD", text))
