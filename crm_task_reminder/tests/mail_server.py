"""A mail server that is there, for the tests."""

import socket
import threading
from socketserver import BaseRequestHandler, ThreadingTCPServer

from odoo.addons.sms.tests.common import SMSCommon


class Greeting(BaseRequestHandler):
    """The first words of a mail server."""

    def handle(self):
        self.request.sendall(b"220 ready\r\n")


class MailServerCommon(SMSCommon):
    """Accounts at a mail server that answers."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.greeter = cls._start_greeter()

    @classmethod
    def _start_greeter(cls):
        """Start what answers when the service looks whether a mail server is there.

        The mails themselves are taken by Odoo's own mock of smtplib.
        """
        server = ThreadingTCPServer(("127.0.0.1", 0), Greeting)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        cls.addClassCleanup(server.server_close)
        cls.addClassCleanup(server.shutdown)
        return server

    @staticmethod
    def _get_unused_port():
        """Return a port on which nothing listens."""
        with socket.socket() as unused:
            unused.bind(("127.0.0.1", 0))
            return unused.getsockname()[1]

    @classmethod
    def _create_mail_server(cls, name, **values):
        return cls.env["ir.mail_server"].create(
            {
                "name": name,
                "smtp_host": "127.0.0.1",
                "smtp_port": cls.greeter.server_address[1],
                "smtp_encryption": "none",
                **values,
            }
        )
