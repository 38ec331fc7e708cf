"""E-mail addresses as a mail server takes them."""

from odoo.tools import mail as mail_tools


def has_valid_domain(address):
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
    if domain.isascii():
        domain = domain.encode("ascii").decode("idna")
    return f"{name}@{domain}"
