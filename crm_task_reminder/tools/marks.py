"""Notes about messages in hand, written at once, whatever becomes of the transaction.

Before a message leaves it is noted that it does, and after it what the answer was, by a
connection of its own. Who finds the messages of a worker that died knows by that which
of them have not left, which have been answered, and the one that is in doubt.
"""

import json
import threading
from contextlib import suppress

import psycopg2

from .errors import from_values, to_values

#: After so many beginnings PostgreSQL makes sure that they are on its disk. A crash of
#: PostgreSQL loses at most those that came after.
SYNC_EVERY = 10

BEGIN = (
    "UPDATE crm_task_reminder_mark SET has_begun = TRUE, outcome = NULL "
    "WHERE log_id = ANY(%s)"
)
END = (
    "UPDATE crm_task_reminder_mark AS mark SET outcome = known.outcome "
    "FROM unnest(%s::text[], %s::int[]) AS known (outcome, id) "
    "WHERE mark.log_id = known.id"
)
# An e-mail is noted alone: PostgreSQL takes a third of the time without the join.
END_ONE = "UPDATE crm_task_reminder_mark SET outcome = %s WHERE log_id = %s"
FORGET = "DELETE FROM crm_task_reminder_mark WHERE log_id = ANY(%s)"
NO_WAIT = "SET synchronous_commit = off"
WAIT_ONCE = "SET LOCAL synchronous_commit = on; "


class MarkLostError(Exception):
    """The message must not leave: that it does can't be noted.

    The connection to the database has ended, or others hold this worker for dead and
    have decided what becomes of its messages.
    """


class Fact:
    """What is known of a message in hand.

    ``has_begun`` says whether it may have left, ``outcome`` what the answer was, if
    there was one: the error or None, and the answer's words.
    """

    def __init__(self, has_begun=False, outcome=None):
        self.has_begun = has_begun
        self.outcome = outcome

    @property
    def is_accepted(self):
        """Whether the mail server or the gateway has said that it takes the message."""
        return self.outcome is not None and self.outcome[0] is None

    @classmethod
    def load(cls, has_begun, text):
        """Return what a mark says.

        :param bool has_begun:
        :param str | None text: as ``dump`` has made it
        """
        if text is None:
            return cls(has_begun)
        values = json.loads(text)
        return cls(True, (from_values(values["error"]), values["answer"]))

    def dump(self):
        """Return the outcome as a mark keeps it."""
        error, answer = self.outcome
        return json.dumps({"error": to_values(error), "answer": answer})


class Marks:
    """Writes marks and remembers them. May be used by several threads."""

    def __init__(self, connect, *, is_own):
        """Prepare marks; nothing is connected before the first.

        :param connect: returns the cursor to write by
        :param bool is_own: whether its connection is nobody else's; that of a test is
            everybody's
        """
        self.is_own = is_own
        self._connect = connect
        self._lease = self._cursor = None
        self._guard = threading.Lock()
        self._begun = 0
        self.run_id = None
        self.facts = {}

    def plan(self, run_id, row_ids):
        """Remember that messages are in hand; none of them has begun.

        :param int run_id: of the row of the run that has them in hand
        :param list[int] row_ids: of the ledger
        """
        self.run_id = run_id
        self.facts = {row_id: Fact() for row_id in row_ids}

    def begin(self, *row_ids):
        """Note that messages are about to leave.

        :raise MarkLostError: they must not
        """
        with self._guard:
            synced, self._begun = self._begun // SYNC_EVERY, self._begun + len(row_ids)
            wait = WAIT_ONCE if self._begun // SYNC_EVERY > synced else ""
            try:
                count = self._execute(wait + BEGIN, list(row_ids))
            except psycopg2.Error as error:
                raise MarkLostError(str(error)) from error
            if count != len(row_ids):
                raise MarkLostError("Others hold this worker for dead.")
        for row_id in row_ids:
            self.facts[row_id] = Fact(has_begun=True)

    def end(self, outcomes):
        """Note what became of messages that have left.

        :param dict[int, tuple] outcomes: id of a row → why it was not accepted, None if
            it was; and what the mail server or the gateway said
        """
        values = []
        for row_id, outcome in outcomes.items():
            fact = self.facts[row_id]
            fact.outcome = outcome
            values.append((fact.dump(), row_id))
        if not values:
            return
        with self._guard, suppress(psycopg2.Error):
            # it is remembered; without its connection the next one does not begin
            if len(values) == 1:
                self._execute(END_ONE, *values[0])
            else:
                self._execute(END, *map(list, zip(*values, strict=True)))

    def forget(self):
        """Delete the marks of what has its result in the ledger."""
        row_ids, self.facts = list(self.facts), {}
        if self._cursor and row_ids:
            with self._guard, suppress(psycopg2.Error):
                # the marks of messages that are not in hand mean nothing
                self._execute(FORGET, row_ids)

    def close(self):
        """End the connection, or give it back to others as it was."""
        lease, self._lease, self._cursor = self._lease, None, None
        if lease and self.is_own:
            with suppress(psycopg2.Error):  # it may have ended already
                lease.connection.autocommit = False
                lease.close()

    def _execute(self, query, *values):
        """Execute a query as a transaction of its own; return how many rows it met."""
        if self._cursor is None:
            self._open_connection()
        self._cursor.execute(query, values)
        return self._cursor.rowcount

    def _open_connection(self):
        """Connect.

        The cursor is psycopg2's own: what Odoo's does around each query takes longer
        than the query, and there are two for each mail.
        """
        self._lease = self._connect()
        connection = self._lease.connection
        self._cursor = connection.cursor()
        if self.is_own:
            connection.autocommit = True
            self._cursor.execute(NO_WAIT)
