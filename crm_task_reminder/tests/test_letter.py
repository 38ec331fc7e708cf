import base64
import quopri
import random
import re
from datetime import datetime
from email import policy
from email.message import EmailMessage

from odoo.tests import BaseCase, tagged

from ..tools import address_header, email_address, letter
from ..tools.subject import Subject

WORDS = [
    "a",
    "I",
    "Anna",
    "Łukasz",
    "Żółć",
    "Müller",
    "ÅÅÅ",
    "数学",
    "Привет",
    "€5",
    "o'clock",
    "50%",
    "=?utf-8?q?x?=",
    "(at)",
    "x=y",
    "reminder",
    "https://example.com/a/very/long/path/that/does/not/fit?on=one&line=of_78",
    "supercalifragilisticexpialidocious",
    ".",
    "..",
    ",",
    ";",
    ":",
    '"',
    "\\",
    "<",
    ">",
    "@",
    "a@b.example",
    "From",
    "-",
    "_",
    "#1",
]
#: Of names of people and firms.
NAMES = [
    "Olga",
    "Zielińska",
    "(Zielony",
    "Dom)",
    "Przedsiębiorstwo",
    "Sp.",
    "o.o.",
    "GmbH",
    "&",
    "KG,",
    "Köln",
    "„Słoneczne",
    "Wzgórze”",
    '"X"',
    "\\",
    "<a@b.example>",
    ":",
    ";",
]
#: An address with its name: in quotation marks, or encoded.
ADDRESS = re.compile(
    r'((?:"((?:\\.|[^"\\])*)" |((?:=\?utf-8\?[bq]\?[^?]*\?=)+) )?<?([a-z0-9]+@b\.pl)>?'
    r"(?:, |$))"
)
SPACES = (" ", " ", " ", " ", "  ", "\N{NO-BREAK SPACE}")
ENDS = ("\n", "\n\n", " \n", "\t\n", "\r\n", "\n    ", "\nFrom ", "\n.", "\x0b", "\x0c")


@tagged("post_install", "-at_install")
class TestLetter(BaseCase):
    """Mails are written as Python's own classes write them."""

    def _make_text(self, dice, count, separators):
        words = dice.choices(WORDS if dice.random() < 0.7 else WORDS[:4], k=count)
        return "".join(word + dice.choice(separators) for word in words)

    def _make(self, dice):
        """Return the headers and texts of a mail."""
        words = dice.randint(1, 12)
        name = " ".join(dice.choices(WORDS, k=dice.randint(0, 3)))
        headers = {
            "Message-Id": f"<{dice.random()}-openerp-{words}-project.task@host>",
            "references": f"<{'x' * dice.randint(1, 99)}@host>",
            "Subject": self._make_text(dice, words, SPACES).strip(),
            "From": '"Olga (Zielony Dom)" <olga@zielonydom.example>',
            "Reply-To": '"Żółć" <a@b.example>',
            "To": email_address.format_named(name, "karol@klient.example"),
            "Date": datetime(2026, 7, 14, 6, 0, dice.randrange(60)),
            "Auto-Submitted": "auto-generated",
            "List-Unsubscribe": f"<https://a.example/{'x' * dice.randint(1, 99)}>",
            "Return-Path": dice.choice([False, "bounce@zielonydom.example"]),
        }
        text = self._make_text(dice, dice.randint(1, 60), (*SPACES, *ENDS)) + "."
        html = self._make_text(dice, dice.randint(1, 200), (*SPACES, *ENDS)) + "."
        return headers, text, html

    def _make_as_odoo_does(self, headers, text, html):
        message = EmailMessage(policy=policy.SMTP)
        for name, value in headers.items():
            message[name] = Subject(value) if name == "Subject" else value
        address_header.keep(message)
        message["MIME-Version"] = "1.0"
        message.add_alternative(text, subtype="plain", charset="utf-8")
        message.add_alternative(html, subtype="html", charset="utf-8")
        return letter.flatten(message)

    def test_thousand_mails_of_any_words(self):
        dice = random.Random(14)
        ways = set()
        for _turn in range(1_000):
            headers, text, html = self._make(dice)
            lines = [letter.fold(*one) for one in headers.items()]
            parts = letter.encode(text), letter.encode(html)
            ways |= {way for way, _lines in parts}
            self.assertEqual(
                letter._mask(letter.write(lines, *parts)),
                letter._mask(self._make_as_odoo_does(headers, text, html)),
            )
        self.assertEqual(ways, {"7bit", "8bit", "quoted-printable", "base64"})

    def test_e02_words_of_a_subject_stay_apart(self):
        """Of one in twenty long Polish ones two words stood as one."""
        dice = random.Random(15)
        words = [
            *WORDS,
            *["przegląd", "żywopłotu", "łazienki", "uszczelnienie", "okna"],
        ]
        folded_as_python_does = 0
        for _turn in range(2_000):
            text = " ".join(dice.choices(words, k=dice.randint(1, 20)))
            header = letter.fold("Subject", text)
            self.assertLessEqual(max(map(len, header.splitlines())), 998)
            self.assertEqual(self._read_subject(header), text, header)
            message = EmailMessage(policy=policy.SMTP)
            message["Subject"] = text
            folded_as_python_does += message.as_string().startswith(header)
        self.assertGreater(folded_as_python_does, 1_000)

    def test_e20_names_stay_whole(self):
        """“Łukasz (Ogród Sp. z o.o.)” and “Ogród, Köln” became senders of their own."""
        dice = random.Random(16)
        words = [*NAMES, *(word for word in NAMES if word.isascii())]
        for turn in range(2_000):
            mine = words if turn % 2 else [word for word in words if word.isascii()]
            pairs = [
                (" ".join(dice.choices(mine, k=dice.randint(0, 14))), f"a{number}@b.pl")
                for number in range(dice.randint(1, 3))
            ]
            texts = [email_address.format_named(*pair) for pair in pairs]
            for name in ("From", "Reply-To", "To", "Cc"):
                header = letter.fold(name, ", ".join(texts))
                self.assertLess(max(map(len, header.splitlines())), 250)
                self.assertEqual(self._read_addresses(name, header), pairs, header)
                message = EmailMessage(policy=policy.SMTP)
                message[name] = texts  # as Odoo gives them
                address_header.keep(message)
                self.assertEqual(message.as_string(), f"{header}\r\n")

    def test_e20_headers_of_any_length_are_those_of_the_long_way(self):
        for length in range(20, 60):
            text = f'"{"x" * length}" <{"y" * 20}@b.pl>'
            for texts in ([text], [text, text]):
                header = letter.fold("To", ", ".join(texts))
                self.assertEqual(self._write_long_way(texts), header)

    def test_e20_odd_addresses_are_written_as_they_came(self):
        """Who had such a name got no mail any more."""
        for text, written in {
            "=?utf-8?q?Za=c5?= <a@b.pl>": "=?utf-8?b?WmHvv70=?= <a@b.pl>",
            '"x" <a@b..pl>': '"x" <a@b..pl>',
            '"x" <>': '"x" <>',
        }.items():
            header = letter.fold("To", text)
            self.assertEqual(header, f"To: {written}\r\n")
            self.assertEqual(self._write_long_way(text), header)
        self.assertIsNone(email_address.read_one("=?utf-8?q?x=0A?= <a@b.pl>"))

    def _write_long_way(self, texts):
        message = EmailMessage(policy=policy.SMTP)
        message["To"] = texts
        for _time in range(2):  # as when it is given to a second account
            address_header.keep(message)
        return message.as_string().removesuffix("\r\n")

    def _read_addresses(self, name, header):
        """Read names and addresses as RFC 5322 has them."""
        text = self._unfold(header, name)
        found = ADDRESS.findall(text)
        self.assertEqual("".join(whole for whole, *_rest in found), text)
        return [
            (re.sub(r"\\(.)", r"\1", quoted) or self._decode(encoded), address)
            for _whole, quoted, encoded, address in found
        ]

    def _read_subject(self, header):
        """Read it as RFC 2047 has it: each encoded word apart, without gaps."""
        return self._decode(self._unfold(header, "Subject"))

    def _unfold(self, header, name):
        text = header.removesuffix("\r\n").replace("\r\n", "").removeprefix(f"{name}: ")
        return re.sub(r"\?=\s+=\?", "?==?", text)

    def _decode(self, text):

        def decode(match):
            if match[1].lower() == "b":
                return base64.b64decode(match[2]).decode()
            return quopri.decodestring(match[2], header=True).decode()

        return re.sub(r"=\?utf-8\?([bq])\?([^?]*)\?=", decode, text)

    def test_header_that_would_add_another_one(self):
        for value in ("a\nBcc: b@c.example", "a\r\n\r\nb", "a\rb"):
            with self.assertRaises(ValueError):
                letter.fold("Subject", value)

    def test_name_that_hides_a_second_address(self):
        hidden = email_address.format_named("Łukasz me@evil.example", "a@b.example")
        self.assertIsNone(email_address.read_one(hidden))
        for text in ("", "Łukasz", '"A" <a@b.example>, c@d.example'):
            self.assertIsNone(email_address.read_one(text), text)
        for name in ("", "Anna", "Łukasz Żółć", 'Dr. "X", Y'):
            text = email_address.format_named(name, "a@b.example")
            self.assertEqual(email_address.read_one(text)[1], "a@b.example")
