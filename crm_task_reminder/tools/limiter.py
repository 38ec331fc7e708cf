"""How many requests one address may make in a minute."""

import threading
import time
from collections import Counter
from ipaddress import ip_address, ip_network

#: Seconds that are counted together.
SPAN = 60
#: Bits of an address that stand for one household or firm, by the protocol's version.
PREFIX = {4: 32, 6: 64}


class Limiter:
    """Counts in the memory of the server's process: a request writes nothing for it.

    Each process counts by itself, so that an address may make as many times more as
    there are processes.
    """

    def __init__(self):
        self._mutex = threading.Lock()
        self._counts = Counter()
        self._span = None

    def count(self, address):
        """Count a request; return how many the address has made in this minute.

        :param str address: of the network
        """
        span = int(time.time() // SPAN)
        key = get_network(address)
        with self._mutex:
            if span != self._span:
                self._counts.clear()
                self._span = span
            self._counts[key] += 1
            return self._counts[key]

    def takes(self, address, limit):
        """Count a request, and tell whether it is within the limit.

        :param str address: of the network
        :param int limit: requests in a minute; 0 for any number
        """
        return self.count(address) <= limit or not limit

    def clear(self):
        """Begin to count anew."""
        with self._mutex:
            self._counts.clear()


def get_network(address):
    """Return what one person's addresses have in common, such as a network of IPv6.

    :param str address: as the server has it; anything, where it is none
    """
    try:
        parsed = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    # a server that listens for both protocols has those of IPv4 in this form
    parsed = getattr(parsed, "ipv4_mapped", None) or parsed
    return str(ip_network((parsed, PREFIX[parsed.version]), strict=False))
