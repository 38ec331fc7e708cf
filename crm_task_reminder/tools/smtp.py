"""What a mail server's answers mean for a message: later, never, or nobody knows."""

import socket
from contextlib import suppress
from email.utils import getaddresses
from smtplib import (
    SMTP,
    SMTPException,
    SMTPRecipientsRefused,
    SMTPResponseException,
    SMTPSenderRefused,
)

from .errors import ReminderError, TemporaryError, UnconfirmedError

#: Answer to a sender's address that is about the size of the mail (RFC 1870).
TOO_LARGE = 552
#: Seconds after which a mail server that does not greet counts as out of order.
PROBE_TIMEOUT = 10
#: Seconds that a mail server has to answer to the end of a session, which means nothing
#: for the mails it has accepted.
QUIT_TIMEOUT = 5


def probe(host, port, *, greets):
    """Find out within seconds whether a mail server answers.

    Odoo waits a minute for one that does not.

    :param str host:
    :param int port:
    :param bool greets: whether the server speaks first, in plain text
    :raise OSError: it does not answer
    """
    with socket.create_connection((host, port), timeout=PROBE_TIMEOUT) as connection:
        if greets:
            if not connection.recv(1):
                raise ConnectionError("The mail server closed the connection")
            connection.sendall(b"QUIT\r\n")


class SmtpWatch:
    """Remembers how the last message of an SMTP session ended, and how far it got.

    Odoo turns smtplib's exceptions into texts for people; whether a message may be sent
    again is decided by the exception itself.
    """

    def __init__(self, session):
        """Watch a session.

        :param smtplib.SMTP session: connected
        """
        self.session = session
        self.fault = None
        self.has_content_left = False
        self.has_copy_left = False
        self._send_message = session.send_message
        session.send_message = self._watch_message
        if isinstance(session, SMTP):
            self._send_data = session.data
            session.data = self._watch_data

    def reset(self):
        """Forget the last message."""
        self.fault = None
        self.has_content_left = False
        self.has_copy_left = False

    def close(self):
        """End the session, whatever state it is in."""
        # the server may have closed it already
        with suppress(OSError, SMTPException):
            if isinstance(self.session, SMTP) and self.session.sock:
                self.session.sock.settimeout(QUIT_TIMEOUT)
            self.session.quit()

    def _watch_message(self, message, *args, **kwargs):
        try:
            refused = self._send_message(message, *args, **kwargs)
            if refused:
                self._check_refused(message, refused)
            return refused
        except Exception as fault:
            self.fault = fault
            raise

    def _check_refused(self, message, refused):
        """Take it for a fault when who the message is to was refused, a copy accepted.

        For smtplib and Odoo a message is sent when one of its recipients is accepted.

        :param email.message.Message message:
        :param dict refused: address → what the server said, as ``sendmail`` returns it
        :raise SMTPRecipientsRefused:
        """
        own = {address for _name, address in getaddresses([str(message["To"])])}
        if lost := {one: refused[one] for one in own.intersection(refused)}:
            self.has_copy_left = True
            raise SMTPRecipientsRefused(lost)

    def _watch_data(self, message):
        self.has_content_left = True
        return self._send_data(message)


def read_fault(watch):
    """Return what the end of the last message of a session means for it.

    :param SmtpWatch watch:
    :return ReminderError | None: None when the server accepted it
    """
    fault = watch.fault
    if not fault:
        return None
    if is_temporary(fault):
        return TemporaryError("mail_server", describe(fault))
    if watch.has_content_left and not is_permanent(fault):
        return UnconfirmedError("no_answer", describe(fault))
    is_about_sender = isinstance(fault, SMTPSenderRefused)
    if is_about_sender and _get_code(fault) != TOO_LARGE:
        return ReminderError("invalid_sender", describe(fault))
    return ReminderError("refused", describe(fault))


def is_temporary(fault):
    """Tell whether the server asked to try again later (RFC 5321, section 4.2.1).

    :param Exception fault: raised by smtplib
    """
    return 400 <= _get_code(fault) < 500


def is_permanent(fault):
    """Tell whether the server refused for good (RFC 5321, section 4.2.1).

    :param Exception fault: raised by smtplib
    """
    return 500 <= _get_code(fault) < 600


def _get_code(fault):
    """Return the code of the server's answer, 0 if it gave none."""
    if isinstance(fault, SMTPRecipientsRefused):
        return max(code for code, _text in fault.recipients.values())
    return getattr(fault, "smtp_code", 0)


def describe(fault):
    """Return what the server said, as one line.

    :param Exception fault: raised by smtplib
    """
    if isinstance(fault, SMTPRecipientsRefused):
        code, text = max(fault.recipients.values())
    elif isinstance(fault, SMTPResponseException):
        code, text = fault.smtp_code, fault.smtp_error
    else:
        return str(fault) or type(fault).__name__
    if isinstance(text, bytes):
        text = text.decode(errors="replace")
    return " ".join(f"{code} {text}".split())
