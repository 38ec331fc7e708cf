"""Keeps the keys of what SMSAPI calls out of the log of requests."""

import logging
import re

#: Where the server writes a line for each request.
REQUESTS = "werkzeug"
KEY = re.compile(r"(/sms_smsapi/(?:report|incoming)/\d+/)[^\s?#\"']+")


class KeyFilter(logging.Filter):
    """Writes asterisks in the place of the key."""

    def filter(self, record):
        text = record.getMessage()
        if KEY.search(text):
            record.msg, record.args = KEY.sub(r"\1***", text), ()
        return True


def install():
    """Let no line of the log have the key."""
    logging.getLogger(REQUESTS).addFilter(KeyFilter())
