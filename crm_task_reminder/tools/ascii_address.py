"""Addresses of pages and mailboxes in a text, written so that each machine takes them.

Letters such as ó or ł are part of an address: without its accents it is another one,
which may be a stranger's.
"""

import re
from contextlib import suppress

from werkzeug.urls import iri_to_uri

#: What ends an address besides a space, and what else is in no mailbox.
END = '<>"“”„«»‚‘’…'
LETTER = rf"[^\s{END}(),;:@]"
PAGE = rf"(?:https?://|www\.)[^\s{END}]+"
MAILBOX = rf"(?<!{LETTER}){LETTER}+@{LETTER}+\.{LETTER}+"
ADDRESS = re.compile(f"{PAGE}|{MAILBOX}", re.IGNORECASE)
#: What stands for a scheme, where there is none.
WEB = "http://"


def encode(address):
    """Return an address in ASCII (RFC 3987, section 3.1); as it is where that can't be.

    :param str address: of a page or a mailbox
    """
    with suppress(ValueError):  # that of a domain that can't be encoded is one as well
        if address.lower().startswith("www."):
            return iri_to_uri(WEB + address).removeprefix(WEB)
        if "://" in address:
            return iri_to_uri(address)
        name, _at, domain = address.rpartition("@")
        return f"{name}@{domain.encode('idna').decode()}"
    return address


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
