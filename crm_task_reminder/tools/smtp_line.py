"""The SMTP sessions of a run: several side by side, and anew when a server ends them.

Whoever has the database makes the mails; each session has a thread that transmits them,
so that a server far away does not have everybody wait for each of its answers.
"""

import threading
import time
from queue import SimpleQueue

from . import smtp, turn
from .errors import TemporaryError
from .marks import MarkLostError

#: Seconds that Odoo waits for each answer of a mail server.
ANSWER_SECONDS = 60
#: Seconds after the end of a worker's turn at which Odoo may kill it.
GRACE_SECONDS = 5
#: So many sessions are kept for other companies.
MAX_KEPT = 4
#: So many new sessions in a row that broke before they took a mail are enough.
MAX_BREAKS = 10


class Lane:
    """A session and the thread that transmits by it."""

    def __init__(self, key, session, done, *, is_threaded):
        """Begin with nothing to transmit.

        :param key: what the session was opened with
        :param SmtpSession session:
        :param SimpleQueue done: takes the lane when it has transmitted
        :param bool is_threaded: else it transmits at once
        """
        self.key = key
        self.session = session
        self.parcel = None
        self._done = done
        self._waiting = SimpleQueue()
        self._thread = None
        if is_threaded:
            self._thread = threading.Thread(target=self._work, daemon=True)
            self._thread.start()

    def transmit(self, parcel):
        """Send a parcel, or have it sent."""
        self.parcel = parcel
        # asked here: the thread knows nothing of the worker's turn
        seconds = min(ANSWER_SECONDS, turn.get_time_left() + GRACE_SECONDS)
        if self._thread:
            self._waiting.put(seconds)
        else:
            self._transmit(seconds)

    def _work(self):
        while seconds := self._waiting.get():
            self._transmit(seconds)

    def _transmit(self, seconds):
        started = time.monotonic()
        try:
            self.session.send(self.parcel, seconds)
        except Exception as error:
            self.parcel.fault = error
        self.parcel.seconds = time.monotonic() - started
        self._done.put(self)

    def release(self):
        """End the thread, and return the session."""
        if self._thread:
            self._waiting.put(None)
            self._thread.join()
        return self.session

    def close(self):
        """End the thread and the session."""
        self.release().close()


class SessionPool:
    """Sessions that one company has left open, for others with the same account."""

    def __init__(self):
        """Begin without a session."""
        self._sessions = []

    def take(self, key, marks):
        """Return a session that was opened with ``key``, None if there is none."""
        for kept in self._sessions:
            if kept[0] == key:
                self._sessions.remove(kept)
                session = kept[1]
                session.use(marks)
                return session
        return None

    def keep(self, key, session):
        """Take over a session, unless it has ended; close the oldest of too many."""
        if session.has_ended:
            session.close()
            return
        self._sessions.append((key, session))
        if len(self._sessions) > MAX_KEPT:
            _key, session = self._sessions.pop(0)
            session.close()

    def close(self):
        """End all sessions."""
        while self._sessions:
            _key, session = self._sessions.pop()
            session.close()


class SmtpLine:
    """Lanes to mail servers, by what their sessions are opened with."""

    def __init__(self, marks, pool=None):
        """Begin without a lane.

        :param Marks marks:
        :param SessionPool | None pool: of sessions that may be used, and are left to it
        """
        self.marks = marks
        self._pool = pool
        #: What is known of the kinds of mails of this run; None: make each in full.
        self.moulds = None
        #: Why further mails are to wait, in the server's words; empty if they are not.
        self.trouble = ""
        self._done = SimpleQueue()
        self._idle, self._busy, self._retries = [], [], []
        self._widths = {}
        self._slowest = 0
        self._breaks = 0
        self._has_taken = False

    def has_time(self):
        """Tell whether a further mail may begin: it has to end within the turn."""
        return turn.has_time(self._slowest)

    def get_session(self, key, connect):
        """Return one of the sessions of a kind, to read how it was opened.

        :raise TemporaryError: there is none, and no connection could be made
        """
        lanes = (lane for lane in self._busy + self._idle if lane.key == key)
        lane = next(lanes, None)
        if not lane:
            lane = self._open_lane(key, connect)
            self._idle.append(lane)
        return lane.session.session

    def carry(self, parcel, width):
        """Send a parcel by one of several sessions.

        A server may end a session after a number of mails, or after each: a mail that
        comes then, of which nothing has been taken, leaves by another one.

        :param Parcel parcel:
        :param int width: sessions side by side at most
        :yield Parcel: those of which it is known meanwhile what became of them
        :raise TemporaryError: no connection could be made
        :raise MarkLostError: nothing must leave any more
        """
        yield from self._place(parcel, width)
        if not self.marks.is_own:
            yield from self.drain(width)

    def drain(self, width):
        """Wait for all that is on its way.

        :yield Parcel: as ``carry`` does
        """
        while self._busy or self._retries and not self.trouble:
            if self._retries and not self.trouble:
                yield from self._place(self._retries.pop(), width)
            else:
                yield from self._finish_one()

    def settle(self):
        """Wait for all that is on its way, whatever becomes of it: its marks tell."""
        while self._busy:
            lane = self._done.get()
            self._busy.remove(lane)
            self._idle.append(lane)

    def _place(self, parcel, width):
        """Give a parcel to a lane as soon as one is free.

        At first there is but one: the server may not answer.
        """
        while not self.trouble:
            limit = min(width, self._widths.get(parcel.key, width))
            if self._busy and len(self._busy) >= (limit if self._has_taken else 1):
                yield from self._finish_one()
                continue
            try:
                lane = self._get_idle(parcel, width)
            except TemporaryError:
                if not self._busy:
                    raise
                # the server takes no more at once
                self._widths[parcel.key] = len(self._busy)
                continue
            self._busy.append(lane)
            lane.transmit(parcel)
            return

    def _get_idle(self, parcel, width):
        """Return a lane that is free, a new one if there is none."""
        for lane in self._idle:
            if lane.key == parcel.key:
                self._idle.remove(lane)
                return lane
        if self._idle and len(self._idle) + len(self._busy) >= max(width, 2):
            self._idle.pop(0).close()
        return self._open_lane(parcel.key, parcel.connect)

    def _open_lane(self, key, connect):
        session = self._pool.take(key, self.marks) if self._pool else None
        session = session or connect()
        return Lane(key, session, self._done, is_threaded=self.marks.is_own)

    def _finish_one(self):
        """Wait for a parcel; yield it unless it is to leave once more."""
        lane = self._done.get()
        self._busy.remove(lane)
        parcel = lane.parcel
        self._slowest = max(self._slowest, parcel.seconds)
        if lane.session.has_ended:
            lane.close()
        else:
            self._idle.append(lane)
        if isinstance(parcel.fault, MarkLostError):
            raise parcel.fault
        if lane.session.has_ended and parcel.fault:
            if self._shall_leave_again(lane, parcel):
                self._retries.append(parcel)
                return
            self._note_break(parcel)
        else:
            self._has_taken = True
            self._breaks = 0
        yield parcel

    def _shall_leave_again(self, lane, parcel):
        """Tell whether a parcel whose session has ended leaves by another at once."""
        if not parcel.may_leave_again:
            return False
        if lane.session.count > 1:
            return True
        if self._busy and smtp.is_temporary(parcel.fault):
            self._widths[parcel.key] = len(self._busy)  # one session was too many
            return True
        return False

    def _note_break(self, parcel):
        """Find out whether the next mails are to wait.

        Each of them could end in doubt as well, or the server has said that it takes
        none. If it hangs up at single ones, the others go on.
        """
        self._breaks += 1
        is_refused = not parcel.may_leave_again or smtp.is_temporary(parcel.fault)
        if is_refused or self._breaks >= MAX_BREAKS:
            self.trouble = smtp.describe(parcel.fault)

    def close(self):
        """End all lanes, and the sessions unless others may use them."""
        self.settle()
        for lane in self._idle:
            if self._pool and not self.trouble:
                self._pool.keep(lane.key, lane.release())
            else:
                lane.close()
        self._idle.clear()
