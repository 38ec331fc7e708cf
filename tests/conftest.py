"""Fixtures for tests that talk to a real Odoo server from outside.

The servers and databases live as long as the run; `mailbox`, `second_mailbox` and
`sms_gateway` are emptied before each test that asks for them.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from dev.office import database, environment, wiring
from dev.office.browser import Browser
from dev.office.environment import RunFolder
from dev.office.json2 import Json2Client
from dev.office.mailbox import Mailbox
from dev.office.server import OdooServer
from dev.office.sms_gateway import SmsGateway
from dev.office.web_client import WebClient
from dev.run_tests import TEMPLATE_VARIABLE
from tests import reply
from tests.office import Office

CRON_THREADS = 2


@dataclass(frozen=True)
class Installation:
    """A running server with all that belongs to it."""

    server: OdooServer
    client: Json2Client  # the administrator
    mailbox: Mailbox  # the account of the first company, named "mailbox"
    second_mailbox: Mailbox  # an account that no company has yet
    sms_gateway: SmsGateway


@pytest.fixture(scope="session")
def make_installation() -> Iterator[Callable[..., Installation]]:
    """A function that starts a server of one's own on a fresh database.

    Its arguments are modules to install beside the addon, folders in which such modules
    are beside Odoo's own, and those of `OdooServer`, such as `cron_threads`. Everything
    ends with the run. Made for tests that stop, kill or reconfigure a server.
    """
    template = os.environ.get(TEMPLATE_VARIABLE)
    if not template:
        pytest.fail("These tests need a database of `make test`: make test ARGS=…")
    with ExitStack() as stack:
        folder = stack.enter_context(RunFolder())

        def make(
            modules: tuple[str, ...] = (),
            addons: tuple[Path, ...] = (),
            **options: object,
        ) -> Installation:
            ready = replace(environment.ready(), further=addons)
            name = stack.enter_context(database.copied(ready, template))
            if modules:
                database.install(ready, name, modules, demo=False)
            mailboxes = [
                stack.enter_context(Mailbox(name))
                for name in ("mailbox", "second mailbox")
            ]
            gateway = stack.enter_context(SmsGateway())
            server = OdooServer(ready, name, folder, **options)
            client, _served = wiring.connect(
                server, mailboxes, gateway, companies=[("id", "=", 1)]
            )
            stack.enter_context(server)
            return Installation(server, client, *mailboxes, gateway)

        yield make


@pytest.fixture(scope="session")
def installation(make_installation: Callable[..., Installation]) -> Installation:
    """The server that most tests share, with cron threads."""
    return make_installation(cron_threads=CRON_THREADS)


@pytest.fixture(scope="session")
def answering(make_installation: Callable[..., Installation]) -> Installation:
    """A server whose customers may answer, in English, Polish and German."""
    installation = make_installation((reply.ADDON,), cron_threads=1)
    reply.set_up(installation)
    return installation


@pytest.fixture
def odoo_server(installation: Installation) -> OdooServer:
    """The shared server."""
    return installation.server


@pytest.fixture
def client(installation: Installation) -> Json2Client:
    """The administrator of the shared server, through the external JSON-2 API."""
    return installation.client


@pytest.fixture
def log_in_api(odoo_server: OdooServer) -> Callable[[str], Json2Client]:
    """A function that gives the user with this login a client of the JSON-2 API."""

    def log_in(login: str) -> Json2Client:
        key = wiring.make_key(odoo_server, login)
        return Json2Client(odoo_server.url, key)

    return log_in


@pytest.fixture
def mailbox(installation: Installation) -> Mailbox:
    """The mail account of the shared server's first company, empty."""
    installation.mailbox.clear()
    return installation.mailbox


@pytest.fixture
def second_mailbox(installation: Installation) -> Mailbox:
    """Another mail account of the shared server, empty; named "second mailbox"."""
    installation.second_mailbox.clear()
    return installation.second_mailbox


@pytest.fixture
def sms_gateway(installation: Installation) -> SmsGateway:
    """The SMS gateway of the shared server, empty."""
    installation.sms_gateway.clear()
    return installation.sms_gateway


@pytest.fixture
def office(
    odoo_server: OdooServer,
    client: Json2Client,
    mailbox: Mailbox,
    sms_gateway: SmsGateway,
) -> Office:
    """A company of the shared server whose automat is on."""
    office = Office(odoo_server, client)
    office.switch_on(office.create_user(f"office{office.company}"))
    return office


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A running Chromium."""
    with Browser() as running:
        yield running


@pytest.fixture
def open_page(browser: Browser, odoo_server: OdooServer) -> Iterator[Callable]:
    """A function that opens the shared server's web client: `open_page(login)`.

    The password is the login unless it is given; further arguments are those of
    `Browser.log_in`. An error in the browser's console fails the test at its end.
    """
    opened: list[WebClient] = []

    def log_in(login: str = "admin", password: str = "", **options) -> WebClient:
        web = browser.log_in(odoo_server.url, login, password or login, **options)
        opened.append(web)
        return web

    yield log_in
    for web in opened:
        web.close()
    errors = [error for web in opened for error in web.errors]
    assert not errors, "The browser's console has errors:\n" + "\n".join(errors)


@pytest.fixture
def web(open_page: Callable[..., WebClient]) -> WebClient:
    """The administrator in the web client of the shared server."""
    return open_page()
