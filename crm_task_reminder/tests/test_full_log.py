from odoo.tests import tagged
from odoo.tools import SQL

from .common import NOW
from .window import WindowCommon

LOG = "crm_task_reminder_log"
COUNT = 20_000


@tagged("post_install", "-at_install")
class TestFullLog(WindowCommon):
    """What is asked of the log costs what it finds, not what the log has."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.reminder_hourly_limit = 100
        run = cls.log.create(
            {
                "operation": "service",
                "company_id": cls.company.id,
                "state": "finished",
            }
        )
        cls.env.flush_all()
        cls.env.cr.execute(
            SQL(
                """
                INSERT INTO crm_task_reminder_log (
                       operation, company_id, channel, address, state, run_id,
                       handed_over_at, create_date, write_date, start, due_at
                )
                SELECT 'customer', %s, 'sms', '+4860' || n, 'sent', %s,
                       moment, moment, moment, moment, moment
                  FROM (
                       SELECT n, %s - n * interval '20 minutes' AS moment
                         FROM generate_series(60, %s) AS n
                       ) AS past
                """,
                cls.company.id,
                run.id,
                NOW,
                COUNT,
            )
        )
        cls.env.cr.execute("ANALYZE crm_task_reminder_log")
        cls.env.invalidate_all()

    def _find_scans(self, function):
        """Return the queries of a function that read the whole log."""
        queries, execute = [], self.env.cr.execute

        def note(query, params=None, log_exceptions=True):
            if isinstance(query, SQL):
                query, params = query.code, query.params
            queries.append((query, params))
            return execute(query, params, log_exceptions)

        self.patch(self.env.cr, "execute", note)
        function()
        self.env.flush_all()
        self.patch(self.env.cr, "execute", execute)
        self.assertTrue(any(LOG in query for query, _params in queries))
        scans = []
        for query, params in queries:
            if LOG in query and query.lstrip("( \n").startswith("SELECT"):
                execute(f"EXPLAIN {query}", params)
                plan = "\n".join(line for (line,) in self.env.cr.fetchall())
                if f"Seq Scan on {LOG}" in plan:
                    scans.append(f"{query}\n{plan}")
        return scans

    def assert_no_scan(self, function):
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertFalse(self._find_scans(function))

    def test_c07_a_portion_under_a_limit_per_hour(self):
        limits = self.env["crm.task.reminder.limit"]
        hand_over = self.env["crm.task.reminder.hand.over"]
        channel = self.env["crm.task.reminder.channel.sms"]
        self.assert_no_scan(lambda: limits._get_quota(self.company, 50))
        self.assert_no_scan(lambda: hand_over._claim_queued(self.company, channel, 50))
        rows = self.log.search([("state", "=", "sent")], limit=50)
        self.assert_no_scan(lambda: limits._count_by_address(self.company, rows))

    def test_c07_reached_limit_is_logged_once(self):
        run = self.log.search([("operation", "=", "service")], limit=1)
        self.company.reminder_hourly_limit = 1
        row = self.log.search([("state", "=", "sent")], limit=1)
        row.handed_over_at = self.now
        row.copy({"state": "queued", "handed_over_at": False, "address": "+481"})
        self.assert_no_scan(lambda: self.service._log_limit(self.company, run))
        self.assertEqual(run.reason, "limit")

    def test_c07_an_idle_run_of_the_service(self):
        self.assert_no_scan(self.service._get_busy_companies)
        self.assert_no_scan(self.service._get_changed_companies)

    def test_c11_what_a_worker_that_died_had_in_hand(self):
        """Also while another worker has something in hand, whose run goes on."""
        run = self.log.create(
            {
                "operation": "service",
                "company_id": self.company.id,
                "state": "running",
            }
        )
        row = self.log.search([("state", "=", "sent")], limit=1)
        row.copy({"state": "sending", "run_id": run.id, "address": "+482"})
        self.assert_no_scan(self.service._confirm_interrupted)

    def test_c07_filters_of_tasks_and_of_the_log(self):
        tasks = self.env["project.task"].with_user(self.assignee)
        self.assert_no_scan(lambda: tasks.search([("reminder_not_sent", "=", True)]))
        doubtful = [("state", "in", ("failed", "unconfirmed"))]
        self.assert_no_scan(lambda: self.log.search(doubtful, limit=80))
        self.assert_no_scan(lambda: self.log.search_count(doubtful))

    def test_c07_the_window(self):
        self.assert_no_scan(lambda: self._open(self.admin, self.company))

    def test_c07_the_nightly_clean_up(self):
        self.assert_no_scan(self.log._gc_old_rows)
