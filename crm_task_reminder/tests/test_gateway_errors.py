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

from odoo.tests import BaseCase, tagged

from ..tools import sms_gateway
from ..tools.errors import TemporaryError, UnconfirmedError

POOL = HTTPSConnectionPool("gateway.example")


@tagged("post_install", "-at_install")
class TestGatewayErrors(BaseCase):
    """SMS are sent again by themselves only if the gateway can't have taken any."""

    def _assert_means(self, kind, error):
        self.assertIs(type(sms_gateway._to_reminder_error(error)), kind)

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
