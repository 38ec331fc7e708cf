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
            self.operator.company_ids += company
            self._switch_on(company, self.operator, self.mail_server)
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
