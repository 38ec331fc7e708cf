"""Keeps the keys of what SMSAPI calls out of the log of requests, and floods."""

import logging
import re

#: Where the server writes a line for each request.
REQUESTS = "werkzeug"
#: Also of an address that is not quite right: the key in it is.
KEY = re.compile(
    r"(/sms_smsapi/+(?:report|incoming)/+[^/\s?#\"']*/+)[^\s?#\"']+", re.IGNORECASE
)
#: The status of what is one too many, behind the quoted request.
TOO_MANY = re.compile(r"\" 429\b")


class KeyFilter(logging.Filter):
    """Writes asterisks in the place of the key; leaves out what is one too many."""

    def filter(self, record):
        text = record.getMessage()
        if KEY.search(text):
            if TOO_MANY.search(text):
                return False  # a line of its own says so once, see ``Refusals``
            record.msg, record.args = KEY.sub(r"\1***", text), ()
        return True


def install():
    """Let no line of the log have the key."""
    logging.getLogger(REQUESTS).addFilter(KeyFilter())
