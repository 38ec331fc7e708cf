"""A client of Odoo's external JSON-2 API, as another program would have one."""

import json
import urllib.error
import urllib.request
from dataclasses import dataclass

TIMEOUT = 60  # seconds


class ApiError(Exception):
    """Odoo refused a call; the text is its own, `name` the class of its exception."""

    def __init__(self, status: int, name: str, message: str, answer: str = ""):
        """Keep what Odoo answered.

        :param status: the HTTP status code
        :param answer: all that it said, as it came
        """
        super().__init__(f"{status} {name}: {message}")
        self.status = status
        self.name = name
        self.answer = answer


@dataclass(frozen=True)
class Json2Client:
    """Calls methods of Odoo's models over HTTP with a user's API key."""

    url: str
    key: str

    def call(self, model: str, method: str, ids: list[int] | None = None, **arguments):
        """Call a public method and return its result.

        :param ids: the records to call it on; none for a method of the model
        :raises ApiError: Odoo refused
        :raises OSError: the server does not answer
        """
        if ids is not None:
            arguments["ids"] = ids
        request = urllib.request.Request(
            f"{self.url}/json/2/{model}/{method}",
            json.dumps(arguments).encode(),
            {
                "Authorization": f"bearer {self.key}",
                "Content-Type": "application/json",
            },
        )
        try:
            with urllib.request.urlopen(request, timeout=TIMEOUT) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            raise _api_error(error) from error

    def create(self, model: str, **values) -> int:
        """Create one record and return its id."""
        return self.call(model, "create", vals_list=[values])[0]

    def read(
        self, model: str, domain: list, fields: list[str], **options
    ) -> list[dict]:
        """Search and read records.

        :param options: `order`, `limit`, `offset`, `context`
        """
        return self.call(model, "search_read", domain=domain, fields=fields, **options)

    def count(self, model: str, domain: list) -> int:
        """Return how many records match."""
        return self.call(model, "search_count", domain=domain)

    def write(self, model: str, ids: list[int], **values) -> bool:
        """Change records."""
        return self.call(model, "write", ids, vals=values)


def _api_error(error: urllib.error.HTTPError) -> ApiError:
    """Return what Odoo says in the body of an HTTP error."""
    text = error.read().decode(errors="replace")
    try:
        body = json.loads(text)
    except ValueError:
        body = {"message": text[:500]}
    return ApiError(error.code, body.get("name", ""), body.get("message", text), text)
