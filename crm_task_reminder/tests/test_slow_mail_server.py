import smtplib
import socket
import threading
import time
from contextlib import closing
from socketserver import StreamRequestHandler, ThreadingTCPServer

from odoo.addons.base.models.ir_mail_server import SMTP_TIMEOUT
from odoo.tests import TransactionCase, tagged

from ..tools import smtp
from ..tools.marks import Marks
from .common import ReminderCommon

#: Seconds, instead of those that a mail server really has.
SHORT = 0.1
#: Seconds after which the servers of these tests answer at last.
LONG = 30


class SlowGreeting(StreamRequestHandler):
    """A mail server that lets everybody wait for its greeting."""

    def handle(self):
        threading.Event().wait(5 * SHORT)
        self.wfile.write(b"220 ready\r\n")


class NoFarewell(StreamRequestHandler):
    """A mail server that does not answer to the end of a session."""

    def handle(self):
        self.wfile.write(b"220 ready\r\n")
        for line in self.rfile:
            if line.upper().startswith(b"QUIT"):
                self.server.has_quit.set()
                self.server.is_over.wait(LONG)
                return
            self.wfile.write(b"250 OK\r\n")


class NoContent(StreamRequestHandler):
    """A mail server that wants no content just now."""

    def handle(self):
        self.wfile.write(b"220 ready\r\n")
        for line in self.rfile:
            is_data = line.upper().startswith(b"DATA")
            self.wfile.write(b"451 not now\r\n" if is_data else b"250 OK\r\n")


def serve(case, handler):
    """Return a mail server that runs until the end of a test."""
    server = ThreadingTCPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    server.has_quit, server.is_over = threading.Event(), threading.Event()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    case.addCleanup(server.server_close)
    case.addCleanup(server.shutdown)
    case.addCleanup(server.is_over.set)
    return server


@tagged("post_install", "-at_install")
class TestSlowGreeting(ReminderCommon):
    """A mail server has the time for its greeting that Odoo gives it."""

    def test_c05_greeting_is_waited_for_as_long_as_odoo_waits(self):
        """A connection is there within seconds; a greeting may take its time."""
        self.patch(smtp, "PROBE_TIMEOUT", SHORT)
        server = serve(self, SlowGreeting)
        self.mail_server.smtp_port = server.server_address[1]
        task = self.send(self.line(channel="email"))
        self.assertEqual(len(self.mails), 1)
        self.assertEqual(self.rows(task).state, "sent")
        self.assertEqual(self.rows(task).attempt_count, 0)
        self.assertEqual(smtp.GREETING_TIMEOUT, SMTP_TIMEOUT)

    def test_c05_greeting_is_not_waited_for_beyond_the_turn(self):
        self.patch(smtp, "PROBE_TIMEOUT", SHORT)
        server = serve(self, SlowGreeting)
        with self.assertRaises(socket.timeout):
            smtp.probe(*server.server_address, greets=True, patience=2 * SHORT)


@tagged("post_install", "-at_install")
class TestNoFarewell(TransactionCase):
    """The clock is the real one here."""

    def test_c18_end_of_a_session_is_not_waited_for(self):
        """The mails have been accepted: that it does not answer means nothing."""
        self.assertLessEqual(smtp.QUIT_TIMEOUT, 5)
        self.patch(smtp, "QUIT_TIMEOUT", SHORT)
        server = serve(self, NoFarewell)
        marks = Marks(lambda: self.env.cr, is_own=False)
        with closing(smtplib.SMTP(*server.server_address, timeout=LONG)) as session:
            began = time.monotonic()
            smtp.SmtpSession(session, marks).close()
            self.assertLess(time.monotonic() - began, LONG / 2)
        self.assertTrue(server.has_quit.is_set())


@tagged("post_install", "-at_install")
class TestContent(TransactionCase):
    """A mail has begun to leave when the server has asked for its content."""

    def test_mail_whose_content_is_not_wanted_has_not_begun(self):
        server = serve(self, NoContent)
        marks = Marks(self.fail, is_own=False)  # nothing is to be marked
        parcel = smtp.Parcel(1, b"Subject: x\r\n\r\ny", "a@firma.pl", ["k@klient.pl"])
        with closing(smtplib.SMTP(*server.server_address, timeout=LONG)) as session:
            smtp.SmtpSession(session, marks).send(parcel, LONG)
        self.assertFalse(parcel.has_content_left)
        error = parcel.read_error()
        self.assertEqual((error.reason, error.detail), ("mail_server", "451 not now"))
