"""E-mail addresses as a mail server takes them."""

import re
from email import policy

from odoo.tools import mail as mail_tools

from . import ascii_address

#: An address that is the same in each way of writing it.
SIMPLE = re.compile(r"[a-z0-9_+-]+(?:\.[a-z0-9_+-]+)*@[a-z0-9-]+(?:\.[a-z0-9-]+)+")
#: The same with a name that needs no encoding.
SIMPLE_NAMED = re.compile(rf'"[A-Za-z0-9]+(?: [A-Za-z0-9]+)*" <({SIMPLE.pattern})>')


def find_all(text):
    """Return the addresses in a text that a mail server can take.

    :param str | False text: as people write them, also several, with names
    :return list[str]: normalised
    """
    is_simple = SIMPLE.fullmatch(text or "")  # most are, and others take long to read
    addresses = [text] if is_simple else mail_tools.email_normalize_all(text)
    return [address for address in addresses if _has_valid_domain(address)]


def find_in_ascii(text):
    """Return the addresses in a text as they are on their way: domains in ASCII.

    :param str | False text: as for ``find_all``
    :return list[str]:
    """
    return [format_in_ascii(address) for address in find_all(text)]


def _has_valid_domain(address):
    """Tell whether the address's domain can be encoded as IDNA (RFC 5890).

    :param str address: normalised
    """
    try:
        format_in_ascii(address)
    except UnicodeError:
        return False
    return True


def format_named(name, address):
    """Return an address with the name of its owner, fit for a header.

    Line breaks in the name become spaces: else a customer's name could add headers to
    the mail. The domain is encoded in ASCII: Odoo takes no other for valid.

    :param str name: may be empty
    :param str address: normalised
    """
    name = " ".join((name or "").split())
    return mail_tools.formataddr((name, format_in_ascii(address)))


def format_in_ascii(address):
    """Return an address with its domain in ASCII (IDNA).

    :raise UnicodeError: the domain can't be encoded
    """
    return mail_tools.formataddr(("", address), "ascii")


def join(addresses):
    """Return addresses as the value of a header such as Cc.

    :param list[str] addresses: normalised, with domains that are valid
    """
    return ", ".join(map(format_in_ascii, addresses))


def decode_domain(address):
    """Return an address with its domain as people write it, and blacklists.

    :param str address: normalised
    """
    name, _at, domain = address.rpartition("@")
    return f"{name}@{ascii_address.decode_domain(domain)}"


def read_one(text):
    """Return how Odoo writes an address in a header, and the address itself.

    :param str text: as ``format_named`` returns it
    :return tuple[str, str] | None: None where Odoo may find another one in it, or more
    """
    if simple := SIMPLE_NAMED.fullmatch(text):
        return text, simple[1]
    addresses = mail_tools.email_normalize_all(text)
    headers = mail_tools.email_split_and_format_normalize(text)
    if len(addresses) != 1 or len(headers) != 1 or not SIMPLE.fullmatch(addresses[0]):
        return None
    # the name may hide a second one, encoded
    try:
        _name, header = policy.SMTP.header_store_parse("To", headers[0])
    except ValueError:  # or an end of a line
        return None
    return (headers[0], addresses[0]) if str(header).count("@") == 1 else None
