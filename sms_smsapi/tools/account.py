"""One account at SMSAPI, reached with SMSAPI's own client."""

import json
import math
import re
from ssl import SSLCertVerificationError

import requests
from smsapi.client import Client
from smsapi.exception import SmsApiException
from urllib3.exceptions import (
    ConnectTimeoutError,
    MaxRetryError,
    NewConnectionError,
    SSLError,
)

DOMAINS = {
    "pl": "https://api.smsapi.pl/",
    "com": "https://api.smsapi.com/",
    "se": "https://api.smsapi.se/",
    "bg": "https://api.smsapi.bg/",
}
#: Seconds to wait for a connection, and then for an answer.
TIMEOUT = 15
#: SMS in one call. SMSAPI takes more, but recommends that many at most.
PORTION = 100

#: Stands for a text that differs from one SMS of a call to the next.
PLACE = "[%1%]"
#: What is between the texts then, so that none of them may have it.
SEPARATOR = "|"
SERVICE_UNAVAILABLE = 503
UNAUTHORISED = (401, 403)
BAD_TOKEN = 101
#: An error's number; with more digits, or other ones than these, it is none.
CODE = re.compile(r"[0-9]{1,9}")
#: What reading an answer may raise that is none of SMSAPI's.
UNREADABLE = (
    AttributeError,
    KeyError,
    OverflowError,
    RecursionError,
    TypeError,
    ValueError,
)


class SmsapiError(Exception):
    """SMSAPI has not taken what it was given, or it is not known whether it has.

    None of these errors says what was sent: that has the token in it.
    """


class RefusedError(SmsapiError):
    """SMSAPI has taken nothing.

    :param int code: its number of the error
    :param str text: its words for it
    """

    def __init__(self, code, text=""):
        super().__init__(f"{text} (error {code})")
        self.code = code
        self.text = text


class NotReachedError(SmsapiError):
    """SMSAPI has not got the call."""


class NoAnswerError(SmsapiError):
    """SMSAPI may have got the call; its answer was not understood or did not come."""


class Account:
    """How SMS are sent by one account, and what it says about itself."""

    def __init__(self, token, domain, **options):
        """Describe the account.

        :param str token: the secret
        :param str domain: the address that calls go to, with a slash at its end
        :param options: further values of each call that sends SMS
        """
        self._client = Client(domain, access_token=token)
        self._options = options

    def send(self, texts):
        """Hand SMS over in one call.

        :param list[Text] texts: at most ``PORTION``
        :return list[smsapi.models.SendResult]: what became of each that SMSAPI names
        :raise SmsapiError: none of them was taken, or nobody knows
        """
        bodies = [text.body for text in texts]
        values = {"message": bodies[0]}
        if len(set(bodies)) > 1:
            values = {"message": PLACE, "param1": bodies}
        answer = self._call(
            self._client.sms.send,
            to=[text.number for text in texts],
            idx=[text.idx for text in texts],
            check_idx=1,
            encoding="utf-8",
            **values,
            **self._options,
        )
        return answer.results

    def give_up_reports(self):
        """Ask for no delivery reports any more; tell whether they were asked for."""
        return bool(self._options.pop("notify_url", None))

    def get_balance(self):
        """Return how many points are left, and how many SMS they make.

        :return tuple[float, int]:
        :raise SmsapiError: it is not known
        """
        answer = self._call(self._client.account.balance)
        try:
            points, count = float(answer.points), int(float(answer.pro_count or 0))
        except UNREADABLE as error:
            raise NoAnswerError() from error
        if not math.isfinite(points):
            raise NoAnswerError()
        return points, count

    def get_names(self):
        """Return the sender's names that may be used, the account's own choice first.

        :return list[str]:
        :raise SmsapiError: they are not known
        """
        answer = self._call(self._client.sender.list)
        names = [
            name
            for name in answer.results
            if isinstance(name.sender, str)
            and name.sender
            and str(name.status).upper() == "ACTIVE"
        ]
        names.sort(key=lambda name: str(name.default).lower() != "true")
        return [name.sender for name in names]

    @staticmethod
    def _call(method, **values):
        """Make a call and return the client's answer.

        :raise SmsapiError: there is none
        """
        try:
            return method(timeout=TIMEOUT, **values)
        except SmsApiException as error:
            raise _read_refusal(error) from None
        except requests.RequestException as error:
            is_certain = _is_unreachable(error)
            raise (NotReachedError if is_certain else NoAnswerError)() from None
        except UNREADABLE:
            raise NoAnswerError() from None  # what came is no answer of SMSAPI's


def _read_refusal(error):
    """Return what an error of SMSAPI's client means.

    :param smsapi.exception.SmsApiException error: either the error that SMSAPI names,
        or one of HTTP, whose text may have SMSAPI's error in it
    :return SmsapiError:
    """
    code, text = error.code, error.message
    if getattr(error, "url", None):  # one of HTTP
        status, code = code, None
        try:
            answer = json.loads(text)
            code, text = answer["error"], answer.get("message")
        except UNREADABLE:
            if status in UNAUTHORISED:
                return RefusedError(BAD_TOKEN)
            is_certain = status < 500 or status == SERVICE_UNAVAILABLE
            return NotReachedError() if is_certain else NoAnswerError()
    if not CODE.fullmatch(str(code)):
        return NoAnswerError()
    return RefusedError(int(code), str(text or "")[:200])


def _is_unreachable(error):
    """Tell whether nothing can have arrived.

    :param requests.RequestException error:
    """
    if isinstance(error, (requests.exceptions.InvalidURL, requests.ConnectTimeout)):
        return True
    cause = error.args[0] if error.args else None
    if not isinstance(cause, MaxRetryError):
        return isinstance(error, ValueError)  # such as an address that is none
    reason = cause.reason
    if isinstance(reason, SSLError):
        # a bad certificate is found before anything is sent
        return isinstance(reason.args[0], SSLCertVerificationError)
    return isinstance(reason, (NewConnectionError, ConnectTimeoutError))
