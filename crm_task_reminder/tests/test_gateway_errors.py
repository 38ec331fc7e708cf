from ssl import SSLCertVerificationError, SSLError

import requests
from urllib3 import HTTPSConnectionPool
from urllib3.exceptions import (
    MaxRetryError,
    NewConnectionError,
    ProtocolError,
    ReadTimeoutError,
)
from urllib3.exceptions import SSLError as TlsError

from odoo.addons.iap.tools.iap_tools import IAPServerError, InsufficientCreditError
from odoo.exceptions import AccessError
from odoo.tests import BaseCase, TransactionCase, tagged

from ..tools import sms_gateway
from ..tools.errors import (
    CallRefusedError,
    ReminderError,
    TemporaryError,
    UnconfirmedError,
)

POOL = HTTPSConnectionPool("gateway.example")


@tagged("post_install", "-at_install")
class TestGatewayErrors(BaseCase):
    """SMS are sent again by themselves only if the gateway can't have taken any."""

    def _assert_means(self, kind, error):
        self.assertIs(type(sms_gateway.read_exception(error)), kind)

    def _fail_with(self, reason):
        """Return what requests raises when urllib3 gives up for a reason."""
        kind = requests.ConnectionError
        if isinstance(reason, TlsError):
            kind = requests.exceptions.SSLError
        return kind(MaxRetryError(POOL, "/", reason))

    def test_no_connection(self):
        refused = NewConnectionError(POOL, "refused")
        self._assert_means(TemporaryError, self._fail_with(refused))

    def test_certificate_that_is_not_trusted(self):
        forged = TlsError(SSLCertVerificationError(1, "CERTIFICATE_VERIFY_FAILED"))
        self._assert_means(TemporaryError, self._fail_with(forged))

    def test_tls_that_broke_while_the_answer_was_awaited(self):
        """As when a balancer answers in plain text after the request was taken."""
        broken = TlsError(SSLError(1, "WRONG_VERSION_NUMBER"))
        self._assert_means(UnconfirmedError, self._fail_with(broken))

    def test_line_that_dropped_while_the_answer_was_awaited(self):
        dropped = ProtocolError("Connection aborted.")
        self._assert_means(UnconfirmedError, requests.ConnectionError(dropped))

    def test_no_answer_in_time(self):
        late = ReadTimeoutError(POOL, "/", "Read timed out.")
        self._assert_means(UnconfirmedError, requests.ReadTimeout(late))


@tagged("post_install", "-at_install")
class TestProviderExceptions(TransactionCase):
    """What an exception means is the provider's to say, and else nobody knows."""

    def _read(self, provider, error, cause=None):
        """Return how a provider reads an exception that was raised for another one."""
        if cause:
            error.__context__ = cause
        return type(self.env[provider]._read_exception(error))

    def test_what_odoos_own_service_says_holds_for_it_alone(self):
        for own, error, cause in (
            (TemporaryError, AccessError("not asked"), None),
            (CallRefusedError, AccessError("refused"), IAPServerError("bad")),
            (ReminderError, InsufficientCreditError("none left"), None),
        ):
            with self.subTest(error=error):
                iap = self._read("crm.task.reminder.sms.provider.iap", error, cause)
                self.assertIs(iap, own)
                other = self._read("crm.task.reminder.sms.provider", error, cause)
                self.assertIs(other, UnconfirmedError)

    def test_connection_that_was_not_made_is_the_same_for_all(self):
        refused = NewConnectionError(POOL, "refused")
        cause = requests.ConnectionError(MaxRetryError(POOL, "/", refused))
        for name in ("", ".iap"):
            provider = f"crm.task.reminder.sms.provider{name}"
            kind = self._read(provider, AccessError("unreachable"), cause)
            self.assertIs(kind, TemporaryError)
