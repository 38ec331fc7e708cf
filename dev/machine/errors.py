"""The one error a person is meant to read."""


class SetupError(Exception):
    """Something is missing on this machine; the text says what, and what to do."""
