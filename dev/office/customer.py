"""A customer who answers a reminder by the link in it, as on a phone."""

import re

import requests

from dev.machine.errors import SetupError

LINK = re.compile(r"https?://[^\s<>\"]+/a/\w{11}(?!\w)")
NONCE = re.compile(r'name="nonce" value="([^"]+)"')
TIMEOUT = 60  # seconds


def find_link(text: str) -> str:
    """Return the link to the page in a message, an empty text if there is none."""
    found = LINK.search(text)
    return found[0] if found else ""


def answer(link: str, kind: str, text: str = "") -> None:
    """Open the page and press one of its buttons.

    :param kind: ``coming``, ``declined`` or ``other``
    :param text: what is written for ``other``
    :raises SetupError: the page did not take it
    """
    page = requests.get(link, timeout=TIMEOUT)
    nonce = NONCE.search(page.text)
    if not nonce:
        raise SetupError(f"The page has no answer to give: {link} ({page.status_code})")
    form = {"nonce": nonce[1], "answer": kind, "text": text}
    taken = requests.post(link, form, timeout=TIMEOUT)
    if not taken.ok:
        raise SetupError(f"The answer was refused: {link} ({taken.status_code})")
