"""Calls with a wrong key: how many there are, and what is said about them."""

import logging
import time
from collections import Counter
from ipaddress import ip_address, ip_network

_logger = logging.getLogger(__name__)

#: Calls of one network that are refused in a minute, each with a look at what it has.
MOST = 60
SPAN = 60  # seconds
#: Bits of an address of IPv6 that stand for one household or firm.
PREFIX = 64


class Refusals:
    """Counts them by network and minute, in the memory of the server's process.

    A call with the right key is not counted and never refused, wherever it comes from:
    SMSAPI may share an address with others, such as that of a proxy.
    """

    def __init__(self):
        self._counts = Counter()
        self._minute = None

    def clear(self):
        """Forget all of them."""
        self._counts.clear()

    def are_too_many(self, address):
        """Count one, and tell whether there have been more than ``MOST``.

        One line of the log says so, however many there are.

        :param str address: of the network, as the server has it
        """
        minute = int(time.time() // SPAN)
        if minute != self._minute:
            self._minute = minute
            self.clear()
        network = _get_network(address)
        self._counts[network] += 1
        count = self._counts[network]
        if count == MOST + 1:
            _logger.warning(
                "SMSAPI: many calls with a wrong key from %s; no more lines about "
                "them in this minute",
                network,
            )
        return count > MOST


def _get_network(address):
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if parsed.version == 4:
        return address
    return str(ip_network((parsed, PREFIX), strict=False))
