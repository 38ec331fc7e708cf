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

from odoo.addons.iap.tools.iap_tools import IAPServerError, InsufficientCreditError
from odoo.exceptions import AccessError

from .errors import (
    CallRefusedError,
    ReminderError,
    TemporaryError,
    UnconfirmedError,
)

SERVICE_UNAVAILABLE = 503
#: The address of the gateway in Odoo's settings is not one.
BAD_ADDRESS = (InvalidSchema, InvalidURL, MissingSchema)


class OneCall:
    """Odoo's client of an SMS provider that asks it once and repeats the answer.

    What is written about an answer may have to be written again after a conflict in the
    database; the messages must not be sent again for that.
    """

    def __init__(self, client, before, after):
        """Wrap a client.

        :param odoo.addons.sms.tools.sms_api.SmsApiBase client:
        :param before: called just before it asks
        :param after: called with the client and the answer, just after it
        """
        self._client = client
        self._before = before
        self._after = after
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
                raise _to_reminder_error(error) from error
            self._after(self._client, self._results)
        return self._results


def _to_reminder_error(error):
    """Return what an exception of a provider's client means.

    :param Exception error:
    :return ReminderError:
    """
    if isinstance(error, InsufficientCreditError):
        return ReminderError("no_credit", str(error))
    # Odoo's client raises an AccessError with a text for people; what really happened
    # is the exception that it was handling then.
    cause = error.__context__ if isinstance(error, AccessError) else error
    detail = str(cause or error)
    if isinstance(cause, IAPServerError):
        return CallRefusedError("sms_gateway", detail)
    if cause is None or _is_refused(cause):
        return TemporaryError("sms_gateway", detail)
    return UnconfirmedError("no_answer", detail)


def _is_refused(cause):
    """Tell whether the gateway can't have accepted anything.

    :param Exception cause: raised by requests
    """
    if isinstance(cause, requests.HTTPError):
        status = cause.response.status_code
        return status < 500 or status == SERVICE_UNAVAILABLE
    if isinstance(cause, requests.ConnectionError):
        return _is_unreachable(cause)
    return isinstance(cause, BAD_ADDRESS)


def _is_unreachable(cause):
    """Tell whether no connection was made at all."""
    error = cause.args[0] if cause.args else None
    if not isinstance(error, MaxRetryError):
        return False
    # A bad certificate is found before anything is sent; after other errors of TLS the
    # messages may have left.
    is_forged = isinstance(error.reason, SSLError) and isinstance(
        error.reason.args[0], SSLCertVerificationError
    )
    return is_forged or isinstance(
        error.reason, (NewConnectionError, ConnectTimeoutError)
    )
