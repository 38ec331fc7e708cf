"""What opens one customer's answers to one message, and nobody else's."""

import hashlib
import re
import secrets
import string

#: Letters that need no escaping in an address, and that one may cost in an SMS.
LETTERS = string.ascii_letters + string.digits
#: 62 ** 11 is more than 2 ** 65.
LENGTH = 11
#: Stands for the token until the message is written; as long, and no token is like it.
SAMPLE = "-your-link-"
FORM = re.compile(f"[{LETTERS}]{{{LENGTH}}}")


def create():
    """Return a new token of at least 64 random bits."""
    return "".join(secrets.choice(LETTERS) for _place in range(LENGTH))


def is_token(text):
    """Tell whether a text could be a token."""
    return bool(FORM.fullmatch(text))


def digest(token):
    """Return what is kept of a token. It is random: no salt makes it safer."""
    return hashlib.sha256(token.encode()).hexdigest()
