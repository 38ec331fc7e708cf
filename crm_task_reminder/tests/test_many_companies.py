from datetime import timedelta

from odoo.tests import tagged

from .common import DOWN, ReminderCommon


@tagged("post_install", "-at_install")
class TestManyCompanies(ReminderCommon):
    """A run of the service costs what there is to do, not how many companies are on."""

    def _add_companies(self, count, limit=0):
        companies = self.env["res.company"]
        for _number in range(count):
            known = self.env["res.company"].search_count([])
            company = self._create_company(f"Branch {known}")
            self.sender.company_ids += company
            self._switch_on(company, self.sender, self.mail_server)
            company.reminder_hourly_limit = limit
            companies += company
        return companies

    def _count_run(self):
        """Return how many queries a run of the service makes."""
        self.run_service()
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self.run_service()
        return self.env.cr.sql_log_count - before

    def _send_in(self, companies, channel):
        """Have one reminder fall due in each company; return what the run cost.

        :return tuple[int, int]: queries, connections with mail servers
        """
        for company in companies:
            project = self.env["project.project"].search(
                [("company_id", "=", company.id)], limit=1
            )
            project = project or self.project.copy({"company_id": company.id})
            self.create_task(
                self.line(channel=channel), project_id=project.id, company_id=company.id
            )
        self.pass_time(hours=1)
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self.run_service()
        self.assertEqual(len(self.mails) + len(self.texts), len(companies))
        return self.env.cr.sql_log_count - before, self.connect_mocked.call_count

    def _measure_slope(self, channel):
        """Return how many queries and connections each further company costs."""
        few, more = self.company + self._add_companies(1), self._add_companies(4)
        # what Odoo remembers of rules and defaults from run to run is known by then
        self._send_in(few + more, channel)
        queries, connections = self._send_in(few, channel)
        more_queries, more_connections = self._send_in(few + more, channel)
        return (
            (more_queries - queries) / len(more),
            (more_connections - connections) / len(more),
        )

    def test_c22_companies_with_one_account_share_a_connection(self):
        queries, connections = self._measure_slope("email")
        self.assertEqual(connections, 0)
        self.assertLessEqual(queries, 110)

    def test_c22_company_with_one_sms_due_costs_what_it_did(self):
        """Each is on its own: its row, its rights, its commits."""
        queries, _connections = self._measure_slope("sms")
        self.assertLessEqual(queries, 110)

    def test_c07_idle_companies_cost_nothing(self):
        one = self._count_run()
        self._add_companies(4)
        self._add_companies(4, limit=100)
        self.assertEqual(self._count_run(), one)

    def test_c07_busy_companies_are_found(self):
        others = self._add_companies(2)
        self.create_task(self.line(duration=3), starts_in=timedelta(hours=4))
        self.assertFalse(self.service._get_busy_companies())
        self.pass_time(hours=1)
        self.assertEqual(self.service._get_busy_companies(), self.company)
        project = self.project.copy({"company_id": others[0].id})
        self.create_task(self.line(), project_id=project.id)
        self.pass_time(hours=1)
        busy = self.company + others[0]
        self.assertEqual(self.service._get_busy_companies(), busy)
        others[0].active = False
        self.assertEqual(self.service._get_busy_companies(), self.company)
        # what waits until later is nothing to do now
        self.run_service(sms_error=DOWN)
        self.assertFalse(self.service._get_busy_companies())
        self.pass_time(minutes=2)
        self.assertEqual(self.service._get_busy_companies(), self.company)
