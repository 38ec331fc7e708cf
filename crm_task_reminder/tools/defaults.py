"""What the records of a batch start with."""

from datetime import date

#: Types of values that records may share. A list or a dict is one record's own.
SHARED_TYPES = (bool, int, float, str, date, type(None))


class Defaults:
    """Defaults that the records of a batch have in common, by kind of record.

    The first two of a kind tell: what differs between them, such as an id drawn by lot,
    every record needs anew.
    """

    def __init__(self):
        """Know nothing yet."""
        self._firsts = {}
        self._found = {}

    def get(self, kind):
        """Return the defaults of all records of a kind, and the names of the others.

        :return tuple[dict, list[str]] | None: None where each record is to be asked
        """
        return self._found.get(kind)

    def learn(self, kind, defaults):
        """Take note of the defaults of one record.

        :param dict defaults:
        """
        if kind not in self._firsts:
            self._firsts[kind] = defaults
        elif kind not in self._found:
            self._found[kind] = _compare(self._firsts[kind], defaults)


def _compare(some, others):
    values = [*some.values(), *others.values()]
    if not all(isinstance(value, SHARED_TYPES) for value in values):
        return None
    shared = dict(some.items() & others.items())
    return shared, [name for name in {**some, **others} if name not in shared]
