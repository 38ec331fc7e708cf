"""E-mails written at once, byte for byte as Python's own classes would write them.

But for headers with names and addresses: those are written by ``address_header``.

``email.message.EmailMessage`` parses each header that it is given, and writes it from
what it has parsed. That takes longer than all else that is done for a mail, though most
headers of a run are the same, and most others need no parsing at all.
"""

import base64
import binascii
import random
import re
from email import policy, quoprimime
from email.generator import BytesGenerator
from functools import lru_cache
from io import BytesIO

from . import address_header
from .subject import Subject

#: Values of which is known how they are written: as they are, if they fit on one line.
WORDS = re.compile(r"[!-~]+(?: [!-~]+)*")
IDENTIFIER = re.compile(r"<[\w.%+-]+@[\w.-]+>", re.ASCII)
NAMED = re.compile(r'"[A-Za-z0-9]+(?: [A-Za-z0-9]+)*" <[a-z0-9._-]+@[a-z0-9.-]+>')
PLAIN = {
    "message-id": IDENTIFIER,
    "references": IDENTIFIER,
    "subject": WORDS,
    "to": NAMED,
}
#: Two dots in a row, or one at an end, are not what they seem to be in an address.
ODD_DOTS = re.compile(r"\.[.@>]|[<@]\.")
#: Headers that fold at this length; those that identify a mail don't fold.
LONGEST = 78
NOT_FOLDED = ("message-id", "references")
#: A line that looks like the beginning of another mail in a mailbox.
FROM = re.compile(r"^From ", re.MULTILINE)
#: Lines of a text by which its encoding is chosen.
SNIFFED = 10

HEAD = "MIME-Version: 1.0\r\nContent-Type: multipart/alternative;\r\n"
PART = (
    '--{}\r\nContent-Type: text/{}; charset="utf-8"\r\n'
    "Content-Transfer-Encoding: {}\r\nMIME-Version: 1.0\r\n\r\n{}\r\n"
)
#: What is never twice the same in two mails.
BOUNDARY = re.compile(rb"={15}\d{19}==")
DATE = re.compile(rb"^Date: [^\r]*", re.MULTILINE)


def write(headers, text, html):
    """Return the bytes of a mail with a plain text and an HTML part.

    :param list[str] headers: in their order, as ``fold`` returns them
    :param tuple[str, str] text: as ``encode`` returns it
    :param tuple[str, str] html: the same
    """
    while True:
        boundary = f"==============={random.randrange(2**63):019d}=="
        if boundary not in text[1] and boundary not in html[1]:
            break
    head = "".join(headers)
    parts = PART.format(boundary, "plain", *text) + PART.format(boundary, "html", *html)
    mail = f'{head}{HEAD} boundary="{boundary}"\r\n\r\n{parts}--{boundary}--\r\n'
    return mail.encode("ascii", "surrogateescape")


def fold(name, value):
    """Return a header as it stands in a mail, with the end of its line.

    :raise ValueError: it can't be written
    """
    plain = PLAIN.get(name.lower())
    if plain and plain.fullmatch(value):
        line = f"{name}: {value}"
        is_short = name.lower() in NOT_FOLDED or len(line) <= LONGEST
        if is_short and "=?" not in line and not ODD_DOTS.search(line):
            return f"{line}\r\n"
    return _fold_any(name, value)


@lru_cache(1_000)
def _fold_any(name, value):
    rules = policy.SMTP  # Odoo puts its own in that place
    value = Subject(value) if name.lower() == Subject.name else value
    _name, header = rules.header_store_parse(name, value)
    if name in address_header.NAMES:
        header = address_header.parse(header, rules)
    return rules.fold_binary(name, header).decode("ascii", "surrogateescape")


def encode(text):
    """Return how a part of a mail is encoded, and its lines as they stand in it.

    :raise ValueError: it can't be written
    """
    lines = text.encode().splitlines()
    if max(map(len, lines), default=0) <= policy.SMTP.max_line_length:
        joined = b"".join(line + b"\r\n" for line in lines)
        way = "7bit" if joined.isascii() else "8bit"
        return way, _finish(joined.decode("ascii", "surrogateescape"))
    first = lines[:SNIFFED]
    quoted = "".join(map(_quote, first))
    sniffed = b"".join(line + b"\r\n" for line in first)
    length = len(quoted) - quoted.count("\r")
    if length > len(binascii.b2a_base64(sniffed)):
        joined = b"".join(line + b"\r\n" for line in lines)
        encoded = base64.encodebytes(joined).decode()
        return "base64", encoded.replace("\n", "\r\n")
    quoted += "".join(map(_quote, lines[SNIFFED:]))
    return "quoted-printable", _finish(quoted)


def _finish(lines):
    return FROM.sub(">From ", lines)


@lru_cache(4_000)
def _quote(line):
    """Return a line of bytes in quoted-printable form, with its end."""
    text = line.decode("latin-1") + "\n"
    encoded = quoprimime.body_encode(text, policy.SMTP.max_line_length)
    return encoded.replace("\n", "\r\n")


def flatten(message):
    """Return the bytes of a mail that Odoo has made, as smtplib sends them.

    :param email.message.EmailMessage message:
    """
    with BytesIO() as buffer:
        BytesGenerator(buffer).flatten(message, linesep="\r\n")
        return buffer.getvalue()


def is_same(mail, other):
    """Tell whether two mails are the same, but for the time and the boundary."""
    return _mask(mail) == _mask(other)


def _mask(mail):
    return DATE.sub(b"Date:", BOUNDARY.sub(b"boundary", mail), count=1)
