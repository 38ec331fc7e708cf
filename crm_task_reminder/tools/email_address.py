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

    The name in one line, or customers could write headers of their own by their name;
    the domain in ASCII, else Odoo takes it for no valid one.

    :param str name: may be empty
    :param str address: normalised
    """
    name = " ".join((name or "").split())
    return mail_tools.formataddr((name, format_in_ascii(address)))


def format_in_ascii(address):
    """Return an address with its domain as mail servers look for it.

    :raise UnicodeError: there can't be such a domain
    """
    return mail_tools.formataddr(("", address), "ascii")
