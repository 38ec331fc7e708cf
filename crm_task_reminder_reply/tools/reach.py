"""Whether customers can open an address."""

from ipaddress import ip_address
from urllib.parse import urlsplit

#: Endings of names that only a firm's own network knows.
LOCAL_ENDINGS = (".localhost", ".local", ".lan", ".internal", ".home.arpa")


def is_local(url):
    """Tell whether an address leads nowhere from outside of the firm.

    :param str url:
    """
    host = urlsplit(url).hostname or ""
    try:
        return not ip_address(host).is_global
    except ValueError:
        return "." not in host or host.endswith(LOCAL_ENDINGS)


def is_plain(url):
    """Tell whether what is sent to an address can be read on the way.

    :param str url:
    """
    return urlsplit(url).scheme != "https"
