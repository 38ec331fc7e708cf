from datetime import timedelta

from odoo.tests import Form, tagged

from ..tools import parameters
from .common import ReminderCommon

PARAMETER = "crm_task_reminder.log_days"


@tagged("post_install", "-at_install")
class TestRetention(ReminderCommon):
    """Old rows of the log leave after the number of days that is set."""

    def _create_row(self, days, **values):
        """Create a row that is ``days`` days old."""
        row = self.log.create(
            {
                "operation": "customer",
                "company_id": self.company.id,
                "channel": "sms",
                "state": "sent",
                **values,
            }
        )
        self.env.cr.execute(
            "UPDATE crm_task_reminder_log SET create_date = %s WHERE id = %s",
            (self.now - timedelta(days=days), row.id),
        )
        row.invalidate_recordset()
        return row

    def _set_days(self, days):
        self.env["ir.config_parameter"].set_param(PARAMETER, days)

    def test_a_year_unless_set(self):
        self.env["ir.config_parameter"].search([("key", "=", PARAMETER)]).unlink()
        old, young = self._create_row(366), self._create_row(364)
        self.log._gc_old_rows()
        self.assertFalse(old.exists())
        self.assertTrue(young.exists())

    def test_days_that_are_set(self):
        self._set_days(30)
        old, young = self._create_row(31), self._create_row(29)
        self.log._gc_old_rows()
        self.assertFalse(old.exists())
        self.assertTrue(young.exists())

    def test_zero_keeps_all(self):
        self._set_days(0)
        old = self._create_row(5000)
        self.log._gc_old_rows()
        self.assertTrue(old.exists())

    def test_open_rows_stay(self):
        self._set_days(30)
        rows = [
            self._create_row(31, state=state)
            for state in ("queued", "sending", "running")
        ]
        self.log._gc_old_rows()
        for row in rows:
            self.assertTrue(row.exists(), row.state)

    def test_rows_of_tasks_that_have_not_started_stay(self):
        """They keep a reminder from being sent twice."""
        self._set_days(1)
        ahead = self._create_row(2, start=self.now + timedelta(days=1))
        past = self._create_row(2, start=self.now - timedelta(days=1))
        self.log._gc_old_rows()
        self.assertTrue(ahead.exists())
        self.assertFalse(past.exists())

    def test_runs_leave_and_the_messages_of_younger_ones_stay(self):
        self._set_days(30)
        run = self._create_row(31, operation="service", channel=False)
        row = self._create_row(29, run_id=run.id)
        self.log._gc_old_rows()
        self.assertFalse(run.exists())
        self.assertTrue(row.exists())
        self.assertFalse(row.run_id)

    def test_b10_what_is_no_number_of_days_is_the_default(self):
        self.addCleanup(parameters._warn_once.cache_clear)
        old, young = self._create_row(366), self._create_row(364)
        admin = self._create_user(
            "admin_here",
            "Anna Admin",
            groups="base.group_system,sales_team.group_sale_manager",
        )
        for value in ("90 days", "-5", "", " ", "1.5", "many", "0x10"):
            with self.subTest(value), self.cr.savepoint() as savepoint:
                self._set_days(value)
                parameters._warn_once.cache_clear()
                if value:
                    with self.assertLogs("odoo", "WARNING") as logs:
                        for _time in range(2):
                            self.log._gc_old_rows()
                    self.assertEqual(len(logs.output), 1)
                    self.assertIn(repr(value), logs.output[0])
                else:
                    self.log._gc_old_rows()
                self.assertFalse(old.exists())
                self.assertTrue(young.exists())
                window = self.env["crm.task.reminder.settings"].with_user(admin)
                self.assertEqual(Form(window).reminder_log_days, 365)
                savepoint.rollback()
            self.env.invalidate_all()

    def test_b10_more_days_than_the_calendar_has(self):
        self._set_days("99999999999")
        old = self._create_row(5000)
        self.log._gc_old_rows()
        self.assertTrue(old.exists())

    def test_odoo_calls_it_every_day(self):
        self.assertTrue(type(self.log)._gc_old_rows._autovacuum)
