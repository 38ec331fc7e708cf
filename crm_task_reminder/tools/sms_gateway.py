"""What an SMS gateway's answers mean for messages: later, never, or nobody knows."""

from ssl import SSLCertVerificationError

import requests
from requests.exceptions import InvalidSchema, InvalidURL, MissingSchema
from urllib3.exceptions import (
    ConnectTimeoutError,
    MaxRetryError,
    NewConnectionError,
    SSLError,
)

from .errors import TemporaryError, UnconfirmedError

SERVICE_UNAVAILABLE = 503
#: The address of the gateway in Odoo's settings is not one.
BAD_ADDRESS = (InvalidSchema, InvalidURL, MissingSchema)


class OneCall:
    """Odoo's client of an SMS provider that asks it once and repeats the answer.

    What is written about an answer may have to be written again after a conflict in the
    database; the messages must not be sent again for that.
    """

    def __init__(self, client, before, after, interpret):
        """Wrap a client.

        :param odoo.addons.sms.tools.sms_api.SmsApiBase client:
        :param before: called just before it asks
        :param after: called with the client and the answer, just after it
        :param interpret: called with an exception of the client; returns what it means
        """
        self._client = client
        self._before = before
        self._after = after
        self._interpret = interpret
        self._results = None

    def __getattr__(self, name):
        return getattr(self._client, name)

    def _send_sms_batch(self, messages, delivery_reports_url=False):
        if self._results is None:
            self._before()
            try:
                self._results = self._client._send_sms_batch(
                    messages, delivery_reports_url=delivery_reports_url
                )
            except Exception as error:
                raise self._interpret(error) from error
            self._after(self._client, self._results)
        return self._results


def read_exception(error):
    """Return what an exception means for the messages of a call.

    :param Exception error: of the connection, as ``requests`` raises it
    :return ReminderError:
    """
    if _is_refused(error):
        return TemporaryError("sms_gateway", str(error))
    return UnconfirmedError("no_answer", str(error))


def _is_refused(error):
    """Tell whether the gateway can't have accepted anything."""
    if isinstance(error, requests.HTTPError):
        status = error.response.status_code
        return status < 500 or status == SERVICE_UNAVAILABLE
    if isinstance(error, requests.ConnectionError):
        return _is_unreachable(error)
    return isinstance(error, BAD_ADDRESS)


def _is_unreachable(error):
    """Tell whether no connection was made at all."""
    cause = error.args[0] if error.args else None
    if not isinstance(cause, MaxRetryError):
        return False
    # A bad certificate is found before anything is sent; after other errors of TLS the
    # messages may have left.
    is_forged = isinstance(cause.reason, SSLError) and isinstance(
        cause.reason.args[0], SSLCertVerificationError
    )
    return is_forged or isinstance(
        cause.reason, (NewConnectionError, ConnectTimeoutError)
    )
