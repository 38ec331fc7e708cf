"""Programs that look at links before people do, a thousand times each, leave no trace.

They follow every link of the page, ask twice, and all at the same time.
"""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from itertools import cycle, islice
from urllib.parse import urlencode, urljoin, urlsplit

import pytest
import requests

from tests.reply import make_office, send

TIMES = 1000
#: Of what no scanner of links does.
FEW_TIMES = 200
THREADS = 8
#: What must not change, whatever a scanner does.
TABLES = (
    "crm_task_reminder",
    "crm_task_reminder_answer",
    "crm_task_reminder_link",
    "crm_task_reminder_log",
    "mail_activity",
    "mail_blacklist",
    "mail_message",
    "mail_tracking_value",
    "phone_blacklist",
    "project_task",
    "res_partner",
)
VERSIONS = "SELECT md5(string_agg(row::text, '|' ORDER BY id)) FROM {} AS row"
#: Links of the message; the page has further ones.
PLACES = ("", "?answer=coming", "?answer=declined", "?answer=other", "/stop")
FORMS = (
    {},
    {"answer": "coming"},
    {"answer": "declined", "nonce": ""},
    {"answer": "other", "text": "later", "nonce": "1.abc"},
    {"scope": "all"},
    {"scope": "form", "nonce": "1.abc"},
)
LINK = re.compile(r'href="([^"]+)"')


class Watched:
    """A link, and all that it could change."""

    def __init__(self, server):
        self.office = make_office(server)
        _task, self.link = send(self.office, server)
        self.before = self.look()

    def look(self) -> dict[str, object]:
        """Return a mark of the present version of all rows, by table."""
        return {
            table: self.office.execute(VERSIONS.format(table), []) for table in TABLES
        }

    def ask(self, method: str, url: str, form: dict | None = None) -> int:
        """Make one request, as lean as a machine does; return its status."""
        parts = urlsplit(url)
        connection = HTTPConnection(parts.netloc, timeout=120)
        headers = {"Content-Type": "application/x-www-form-urlencoded"} if form else {}
        target = parts._replace(scheme="", netloc="").geturl()
        connection.request(method, target, urlencode(form or {}) or None, headers)
        response = connection.getresponse()
        response.read()
        return response.status

    def repeat(self, wanted: list[tuple], times: int = TIMES) -> set[int]:
        """Make requests in turns, `times` in all, several at once; return the statuses.

        :param wanted: method, address and form of each
        """
        with ThreadPoolExecutor(THREADS) as pool:
            turns = islice(cycle(wanted), times)
            return set(pool.map(lambda one: self.ask(*one), turns))


@pytest.fixture(scope="module")
def watched(answering) -> Watched:
    return Watched(answering)


@pytest.fixture(autouse=True)
def nothing_has_changed(watched) -> Iterator[None]:
    yield
    assert watched.look() == watched.before


def find_all_links(watched) -> list[str]:
    """Return the addresses that a scanner finds from page to page."""
    found, new = {}, [watched.link]
    while new:
        url = new.pop()
        found[url] = None
        text = requests.get(url, timeout=60).text
        links = (urljoin(url, one) for one in LINK.findall(text))
        new += [one for one in links if one.startswith("http") and one not in found]
    return list(found)


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_each_link_of_the_message(watched, method):
    wanted = [(method, watched.link + place) for place in PLACES]
    assert watched.repeat(wanted) == {200}


def test_all_links_of_all_pages(watched):
    links = find_all_links(watched)
    assert [one for one in links if one.endswith("task.ics")]
    assert watched.repeat([("GET", link) for link in links]) == {200}


def test_everything_twice_at_the_same_moment(watched):
    links = find_all_links(watched)
    twice = [(method, link) for link in links for method in ("HEAD", "GET") * 2]
    assert watched.repeat(twice) == {200}


def test_forms_that_do_not_come_from_the_page(watched):
    wanted = [
        ("POST", watched.link + place, {"x": "", **form})
        for place in ("", "/stop")
        for form in FORMS
    ]
    assert watched.repeat(wanted) == {422}


def test_guessed_tokens(watched):
    start = watched.link[:-11]
    wanted = [("GET", f"{start}{number:011}") for number in range(FEW_TIMES)]
    assert watched.repeat(wanted, FEW_TIMES) == {404}


def test_other_methods(watched):
    wanted = [(method, watched.link) for method in ("PUT", "DELETE", "PATCH")]
    assert watched.repeat(wanted, FEW_TIMES) == {405}
