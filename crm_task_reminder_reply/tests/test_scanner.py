from odoo.tests import tagged
from odoo.tools import SQL

from .common import PageCommon

#: What must not change, whatever a scanner does.
TABLES = (
    "crm_task_reminder_answer",
    "crm_task_reminder_link",
    "crm_task_reminder_log",
    "crm_task_reminder",
    "project_task",
    "mail_message",
    "mail_activity",
    "mail_blacklist",
    "phone_blacklist",
    "res_partner",
)
TIMES = 1000
PLACES = (
    "",
    "?answer=coming",
    "?answer=declined",
    "?answer=other",
    "/stop",
    "/task.ics",
)


@tagged("post_install", "-at_install")
class TestScanner(PageCommon):
    """Programs that look at links before people do: a thousand times each."""

    def setUp(self):
        super().setUp()
        self.task, self.token = self.send_link(self.line(), self.line(channel="email"))
        self.env["ir.config_parameter"].set_param(
            "crm_task_reminder_reply.requests_per_minute", 1_000_000
        )
        self.before = self._look()

    def _look(self):
        """Return the version of each row that there is."""
        self.env.flush_all()
        versions = {}
        for table in TABLES:
            query = SQL(
                "SELECT md5(string_agg(row::text, '|' ORDER BY id)) FROM %s AS row",
                SQL.identifier(table),
            )
            versions[table] = self.env.execute_query(query)
        return versions

    def _assert_unchanged(self):
        self.env.invalidate_all()
        self.assertEqual(self._look(), self.before)

    def test_get(self):
        for number in range(TIMES):
            place = PLACES[number % len(PLACES)]
            self.assertEqual(self.get(self.token, place).status_code, 200)
        self._assert_unchanged()

    def test_head(self):
        for number in range(TIMES):
            place = PLACES[number % len(PLACES)]
            response = self.url_open(f"/a/{self.token}{place}", method="HEAD")
            self.assertEqual(response.status_code, 200)
        self._assert_unchanged()

    def test_post_without_the_page(self):
        bodies = (
            {},
            {"answer": "coming"},
            {"answer": "declined", "nonce": ""},
            {"scope": "all"},
            {"scope": "form", "nonce": "1.abc"},
        )
        for number in range(TIMES):
            place = ("", "/stop")[number % 2]
            data = {"x": "", **bodies[number % len(bodies)]}
            response = self.url_open(f"/a/{self.token}{place}", data=data)
            self.assertEqual(response.status_code, 422)
        self._assert_unchanged()

    def test_guessed_tokens(self):
        for number in range(TIMES):
            self.assertEqual(self.get(f"{number:011}").status_code, 404)
        self._assert_unchanged()

    def test_other_methods(self):
        answers = {"PUT": 405, "DELETE": 405, "PATCH": 405, "OPTIONS": 200}
        for number in range(TIMES):
            method = list(answers)[number % len(answers)]
            response = self.url_open(f"/a/{self.token}", method=method)
            self.assertEqual(response.status_code, answers[method])
        self._assert_unchanged()
