"""Addresses of pages and mailboxes in a text, written so that each machine takes them.

Letters such as ó or ß are part of an address: without its accents it is another one,
which may be a stranger's. Only what begins with a scheme or “www.”, or has an “@”, is
taken for an address: a full stop within words may be a slip.
"""

import re
import string
import unicodedata
from contextlib import suppress
from urllib.parse import quote

import idna

#: What is in no address, besides spaces, and what ends a sentence behind one.
OUTSIDE = r"\s<>\"“”„«»‚‘’…"
ENDS = r".,;:!?)\]}'"
PAGE = (
    rf"(?:https?://|www\.)[\w.-]*\w(?::\d+)?"
    rf"(?:[/?#](?:[^{OUTSIDE}]*[^{OUTSIDE}{ENDS}])?)?"
)
NAME = rf"[^{OUTSIDE}(),;:@]"
MAILBOX = rf"(?<!{NAME}){NAME}+@(?:[\w-]+\.)+[a-z]{{2,}}(?![\w-])"
ADDRESS = re.compile(f"{PAGE}|{MAILBOX}", re.IGNORECASE)
#: The parts of an address: before, in and behind what is encoded in its own way.
PARTS = re.compile(r"((?:https?://)?(?:[^/?#]*@)?)([^/?#:]*)(.*)", re.I | re.S)


def encode(address):
    """Return an address in ASCII (RFC 3987, section 3.1); as it is where that can't be.

    :param str address: of a page or a mailbox
    """
    before, domain, behind = PARTS.fullmatch(address).groups()
    with suppress(ValueError):
        # a letter of a mailbox's name has no form in ASCII
        return before + encode_domain(domain) + quote(behind, safe=string.punctuation)
    return address


def encode_domain(domain):
    """Return a domain in ASCII.

    Python's own codec is of the first standard, for which ß was ss, another domain.

    :param str domain:
    :raise UnicodeError: it can't be encoded
    """
    if domain.isascii():
        return domain
    try:
        return idna.encode(unicodedata.normalize("NFC", domain.lower())).decode()
    except idna.IDNAError:  # such as a heart, which only the first standard knows
        return domain.encode("idna").decode()


def decode_domain(domain):
    """Return a domain as people write it; as it is where that can't be.

    :param str domain:
    """
    with suppress(UnicodeError):
        return idna.decode(domain)
    return domain


def encode_all(text):
    """Return a text with the addresses in it in ASCII, as far as they can be.

    :param str text:
    """
    return ADDRESS.sub(lambda match: encode(match[0]), text)


def find_all(text):
    """Return the addresses in a text.

    :param str text:
    :return list[str]:
    """
    return ADDRESS.findall(text)


def find_end(text, length):
    """Return how many characters to keep, at most ``length``, so that none is cut.

    The beginning of an address is another address.

    :param str text:
    :param int length: at most that of the text
    """
    for match in ADDRESS.finditer(text):
        if match.start() < length < match.end():
            return match.start()
    return length
