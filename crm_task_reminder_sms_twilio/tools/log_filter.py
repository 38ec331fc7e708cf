"""Keeps floods of forged calls out of the log of requests."""

import logging
import re

#: Where the server writes a line for each request.
REQUESTS = "werkzeug"


class FloodFilter(logging.Filter):
    """Leaves out the lines about calls of a path that were one too many.

    :param str path: what the paths begin with
    """

    def __init__(self, path):
        super().__init__()
        # the quoted request, and its status behind it
        self.pattern = re.compile(rf" {re.escape(path)}/.*\" 429\b")

    def filter(self, record):
        return not self.pattern.search(record.getMessage())


def install(path):
    """Let the log have no such line."""
    logging.getLogger(REQUESTS).addFilter(FloodFilter(path))
