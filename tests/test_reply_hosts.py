"""The page behind a proxy, in a folder of it, where a server has several databases."""

import re
from collections.abc import Iterator
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
import requests
from playwright.sync_api import expect

from dev.office.environment import RunFolder
from dev.office.server import OdooServer
from tests.reply import PHONE, make_office, read_answers, send

FOLDER = "/office"
#: Headers that belong to one connection alone.
OWN_HEADERS = ("host", "connection", "content-length", "transfer-encoding")


class Proxy(ThreadingHTTPServer):
    """Passes on to a server what is asked for below a folder, by a name of its own."""

    def __init__(self, port: int, host: str):
        super().__init__(("127.0.0.1", 0), Handler)
        self.odoo = port
        self.host = host
        self.url = f"http://127.0.0.1:{self.server_address[1]}{FOLDER}"


class Handler(BaseHTTPRequestHandler):
    """One request."""

    def do_GET(self):  # noqa: N802
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        headers = {
            name: value
            for name, value in self.headers.items()
            if name.lower() not in OWN_HEADERS
        }
        headers["Host"] = headers["X-Forwarded-Host"] = self.server.host
        headers["X-Forwarded-For"] = "203.0.113.7"
        headers["X-Forwarded-Proto"] = "https"
        connection = HTTPConnection("127.0.0.1", self.server.odoo, timeout=60)
        path = self.path.removeprefix(FOLDER)
        connection.request(self.command, path, body or None, headers)
        response = connection.getresponse()
        content = response.read()
        self.send_response(response.status)
        for name, value in response.getheaders():
            if name.lower() not in OWN_HEADERS:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_POST = do_GET  # noqa: N815

    def log_message(self, *_arguments):
        pass


@pytest.fixture(scope="module")
def several(answering, installation) -> Iterator[OdooServer]:
    """A server with two databases, each found by the name of the host."""
    first, second = answering.server, installation.server
    with (
        RunFolder() as folder,
        OdooServer(
            first.environment,
            first.database,
            folder,
            cron_threads=0,
            db_name=f"{first.database},{second.database}",
            dbfilter="^%d$",
            proxy_mode=True,
        ) as server,
    ):
        yield server


def find_token(link):
    return link.rpartition("/")[2]


def test_a_link_leads_to_its_own_database(answering, installation, several):
    _task, link = send(make_office(answering), answering)
    token = find_token(link)

    def ask(host):
        url = f"{several.url}/a/{token}"
        headers = {"Host": host}
        return requests.get(url, headers=headers, timeout=60, allow_redirects=False)

    page = ask(f"{answering.server.database}.example")
    assert page.status_code == 200
    assert "Hedge" in page.text
    for other in (installation.server.database, "nothing"):
        page = ask(f"{other}.example")
        assert page.status_code != 200, other
        assert "Hedge" not in page.text


def test_a_customer_answers_through_a_proxy(answering, several, browser):
    office = make_office(answering)
    task, link = send(office, answering)
    proxy = Proxy(several.port, f"{answering.server.database}.example")
    Thread(target=proxy.serve_forever, daemon=True).start()
    try:
        address = f"{proxy.url}/a/{find_token(link)}"
        with browser.visit(address, PHONE) as page:
            page.locator("button[value=coming]").click()
            expect(page.get_by_role("status")).to_contain_text("Thank you")
            assert page.url == address
            page.get_by_role("link", name="No more reminders").click()
            page.locator("button[value=task]").click()
            expect(page.get_by_role("status")).to_contain_text("Done")
            assert page.url == f"{address}/stop"
        for place in ("", "/stop"):
            text = requests.get(address + place, timeout=60).text
            for target in re.findall(r'(?:href|src|action)="([^"]*)"', text):
                assert not target.startswith(("/", "http")), target
        entry = requests.get(f"{address}/task.ics", timeout=60)
        assert entry.text.startswith("BEGIN:VCALENDAR")
    finally:
        proxy.shutdown()
        proxy.server_close()
    assert read_answers(office, task) == [("coming", "", "page")]
