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
    SMTPServerDisconnected,
)

from .errors import ReminderError, TemporaryError, UnconfirmedError
from .marks import MarkLostError

#: Answer of a server that ends the session, to whatever was asked (RFC 5321).
CLOSING = 421
#: Answer to a sender's address that is about the size of the mail (RFC 1870).
TOO_LARGE = 552
#: Seconds after which a mail server that takes no connection counts as out of order.
PROBE_TIMEOUT = 10
#: Seconds that a mail server has to greet. Odoo waits as long, and some let those whom
#: they do not know wait on purpose.
GREETING_TIMEOUT = 60
#: Seconds that a mail server has to answer to the end of a session, which means nothing
#: for the mails it has accepted.
QUIT_TIMEOUT = 5


def probe(host, port, *, greets, patience=GREETING_TIMEOUT):
    """Find out within seconds whether a mail server answers.

    Odoo waits a minute for one that does not.

    :param str host:
    :param int port:
    :param bool greets: whether the server speaks first, in plain text
    :param float patience: seconds that it has for its greeting
    :raise OSError: it does not answer
    """
    with socket.create_connection((host, port), timeout=PROBE_TIMEOUT) as connection:
        if greets:
            connection.settimeout(max(min(patience, GREETING_TIMEOUT), PROBE_TIMEOUT))
            if not connection.recv(1):
                raise ConnectionError("The mail server closed the connection")
            connection.sendall(b"QUIT\r\n")


class Parcel:
    """A mail that is ready to leave, and what became of it."""

    def __init__(self, row_id, message, smtp_from, smtp_to):
        """Take what Odoo would give to an SMTP session.

        :param int row_id: what its marks are about
        :param email.message.Message | bytes message: written already, if it is for one
            address alone
        :param str smtp_from: the envelope's sender
        :param list[str] smtp_to: the envelope's recipients
        """
        self.row_id = row_id
        #: What tells sessions for it from others, and what opens one.
        self.key = self.connect = None
        self.seconds = 0
        self.message = message
        self.smtp_from = smtp_from
        self.smtp_to = smtp_to
        self.reset()

    def reset(self):
        """Forget an attempt to send it."""
        self.fault = None
        self.answer = ""
        self.has_content_left = False
        self.has_copy_left = False

    def read_error(self):
        """Return what its end means for it, None when the server has accepted it.

        :return ReminderError | None:
        """
        fault = self.fault
        if not fault:
            return None
        if is_temporary(fault):
            return TemporaryError("mail_server", describe(fault))
        if self.has_content_left and not is_permanent(fault):
            return UnconfirmedError("no_answer", describe(fault))
        if isinstance(fault, SMTPServerDisconnected):
            return TemporaryError("mail_server", describe(fault))
        is_about_sender = isinstance(fault, SMTPSenderRefused)
        if is_about_sender and _get_code(fault) != TOO_LARGE:
            return ReminderError("invalid_sender", describe(fault))
        return ReminderError("refused", describe(fault))

    @property
    def may_leave_again(self):
        """Whether it was not accepted for certain, as far as the session tells.

        Its content has not left, or the server has ended the session instead of taking
        it.
        """
        return not self.has_content_left or _get_code(self.fault) == CLOSING


class Catcher:
    """Stands for an SMTP session towards Odoo, and keeps what is given to it.

    Odoo turns smtplib's exceptions into texts for people; whether a message may be sent
    again is decided by the exception itself.
    """

    def __init__(self, session, row_id, smtp_from):
        """Stand for a session.

        :param session: connected
        :param int row_id: of the parcels
        :param str smtp_from: who sends them; the session may have been opened for one
            with the same address and another name
        """
        self._session = session
        self._row_id = row_id
        self.smtp_from = smtp_from
        self.parcels = []

    def __getattr__(self, name):
        return getattr(self._session, name)

    def send_message(self, message, smtp_from, smtp_to):
        """Keep a message instead of sending it."""
        self.parcels.append(Parcel(self._row_id, message, smtp_from, smtp_to))

    def quit(self):
        """Do nothing: others use the session as well."""


class SmtpSession:
    """An SMTP session that marks each mail before it leaves and after the answer."""

    def __init__(self, session, marks):
        """Take a session.

        :param smtplib.SMTP session: connected; another object of an addon that sends in
            another way is told from it
        :param Marks marks:
        """
        self.session = session
        self.count = 0
        self._marks = marks
        self._parcel = None
        self._has_ended = False
        self._is_smtp = isinstance(session, SMTP)
        if self._is_smtp:
            self._send_data, session.data = session.data, self._watch_data
            self._send_bytes, session.send = session.send, self._watch_send

    def use(self, marks):
        """Mark the mails to come by other marks: another company's."""
        self._marks = marks

    @property
    def has_ended(self):
        """Whether the connection is gone."""
        return self._has_ended or (self._is_smtp and not self.session.sock)

    def send(self, parcel, timeout):
        """Send a parcel and note in it what became of it.

        :param Parcel parcel:
        :param float timeout: seconds that the server has for each of its answers
        :raise MarkLostError: it must not leave, and has not
        """
        parcel.reset()
        self.count += 1
        self._parcel = parcel
        if self._is_smtp and self.session.sock:
            self.session.sock.settimeout(timeout)
        try:
            if not self._is_smtp:
                self._begin()
            self._transmit(parcel)
        except MarkLostError:
            self._has_ended = True  # the server waits for its content
            raise
        except Exception as fault:
            parcel.fault = fault
            self._has_ended |= isinstance(fault, SMTPServerDisconnected)
        if parcel.has_content_left:
            self._marks.end({parcel.row_id: (parcel.read_error(), parcel.answer)})

    def _transmit(self, parcel):
        if isinstance(parcel.message, bytes):  # for one address, which takes it or not
            self.session.sendmail(parcel.smtp_from, parcel.smtp_to, parcel.message)
            return
        refused = self.session.send_message(
            parcel.message, parcel.smtp_from, parcel.smtp_to
        )
        if refused:
            self._check_refused(parcel, refused)

    def _check_refused(self, parcel, refused):
        """Take it for a fault when who the message is to was refused, a copy accepted.

        For smtplib and Odoo a message is sent when one of its recipients is accepted.

        :param Parcel parcel:
        :param dict refused: address → what the server said, as ``sendmail`` returns it
        :raise SMTPRecipientsRefused:
        """
        recipients = getaddresses([str(parcel.message["To"])])
        own = {address for _name, address in recipients}
        if lost := {one: refused[one] for one in own.intersection(refused)}:
            parcel.has_copy_left = True
            raise SMTPRecipientsRefused(lost)

    def _watch_send(self, content):
        # smtplib sends its commands as text, and as bytes a mail's content alone
        if isinstance(content, bytes):
            self._begin()
        self._send_bytes(content)

    def _watch_data(self, message):
        code, text = self._send_data(message)
        self._parcel.answer = _join(code, text)
        return code, text

    def _begin(self):
        self._marks.begin(self._parcel.row_id)
        self._parcel.has_content_left = True

    def close(self):
        """End the session, whatever state it is in."""
        # the server may have closed it already
        with suppress(OSError, SMTPException):
            if self._is_smtp and self.session.sock:
                self.session.sock.settimeout(QUIT_TIMEOUT)
            self.session.quit()


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
    return _join(code, text)


def _join(code, text):
    """Return an answer as one line.

    :param int code:
    :param bytes | str text: one line or several
    """
    if isinstance(text, bytes):
        text = text.decode(errors="replace")
    return " ".join(f"{code} {text}".split())
