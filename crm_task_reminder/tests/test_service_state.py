from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .service_window import ServiceWindowCommon


@tagged("post_install", "-at_install")
class TestServiceState(ServiceWindowCommon):
    """What the window says about the service is true."""

    def _set_times(self, **times):
        """Give the scheduled action its times as the scheduler does, by SQL."""
        self.env.flush_all()
        for name, value in times.items():
            self.cr.execute(
                f"UPDATE ir_cron SET {name} = %s WHERE id = %s",  # pylint: disable=sql-injection
                [value, self.cron.id],
            )
        self.env.invalidate_all()

    def _break(self, method, model="crm.task.reminder.service"):
        """Let a method of the service fail."""
        service = self.registry[model]
        return patch.object(service, method, side_effect=ValueError("Boom"))

    # ------------------------------------------------------------------
    # R18: the four states
    # ------------------------------------------------------------------

    def test_r18_running(self):
        self.run_service()
        window = self._open()
        self.assertEqual(window.reminder_service_state, "running")
        self.assertTrue(window.reminder_last_run)
        self.assertGreater(window.reminder_next_run, window.reminder_last_run)

    def test_r18_switched_off(self):
        self.cron.active = False
        self._assert_state("off")
        self.assertFalse(self._open().reminder_next_run)
        self.cron.active = True
        self._assert_state("running")

    def test_r18_deleted_counts_as_switched_off(self):
        task = self.create_task(self.line())
        self.cron.unlink()
        self._assert_state("off")
        with self.assertRaisesRegex(UserError, "was deleted"):
            self.window.create({}).action_open_reminder_service()
        with self.assertRaisesRegex(UserError, "switched off"):
            task.reminder_ids.with_user(self.assignee).action_send_now()

    def test_r18_stalled_after_three_intervals_without_a_run(self):
        long_ago = self.now - timedelta(days=1)
        self._set_times(
            write_date=long_ago, lastcall=self.now - timedelta(minutes=2, seconds=59)
        )
        self._assert_state("running")
        self._set_times(lastcall=self.now - timedelta(minutes=3, seconds=1))
        self._assert_state("stalled")
        self.cron.interval_number = 60
        self._set_times(write_date=long_ago)
        self._assert_state("running")
        self.pass_time(hours=3)
        self._assert_state("stalled")

    def test_r18_never_run_is_stalled_after_three_intervals(self):
        self._set_times(lastcall=None, write_date=self.now)
        self._assert_state("running")
        self.pass_time(minutes=3, seconds=1)
        self._assert_state("stalled")

    def test_r18_a_long_run_is_not_stalled(self):
        self.pass_time(minutes=10)
        self._set_times(lastcall=None)
        run = self.log.create(
            {
                "operation": "service",
                "company_id": self.company.id,
                "state": "running",
            }
        )
        self.service._execute_lock("pg_advisory_lock", run)
        self._assert_state("running")
        self.service._execute_lock("pg_advisory_unlock", run)
        self._assert_state("stalled")

    def test_r18_switched_on_again_has_time_to_run(self):
        long_ago = self.now - timedelta(days=9)
        self._set_times(lastcall=long_ago, write_date=long_ago)
        self._assert_state("stalled")
        self.cron.active = False
        self.cron.active = True
        self._assert_state("running")

    @mute_logger(
        "odoo.addons.crm_task_reminder.models.sending.crm_task_reminder_service"
    )
    def test_r18_failing_run(self):
        self.create_task(self.line(), starts_in=timedelta(hours=1))
        with self._break("_queue_due", "crm.task.reminder.queue"):
            self.run_service()
        window = self._open()
        self.assertEqual(window.reminder_service_state, "failing")
        self.assertIn("Boom", window.reminder_service_error)
        self.assertEqual(window.reminder_due_count, 1)
        self.run_service()
        self._assert_state("running")
        self.assertFalse(self._open().reminder_service_error)

    @mute_logger(
        "odoo.addons.crm_task_reminder.models.sending.crm_task_reminder_service"
    )
    def test_r18_failing_before_the_run(self):
        self.create_task(self.line(), starts_in=timedelta(hours=1))
        for _run in range(3):
            with self._break("_has_work"):
                self.run_service()
        window = self._open()
        self.assertEqual(window.reminder_service_state, "failing")
        self.assertIn("Boom", window.reminder_service_error)
        rows = [("company_id", "=", self.company.id), ("operation", "=", "service")]
        self.assertEqual(self.log.search_count(rows), 1)
        self.run_service()
        self._assert_state("running")
        self.assertEqual(len(self.texts), 1)

    def test_r18_scheduled_action_of_another_user(self):
        self.create_task(self.line(), starts_in=timedelta(hours=1))
        self.cron.user_id = self.admin
        self.run_service()
        self.assertEqual(len(self.texts), 1)

    @mute_logger("odoo.addons.base.models.ir_cron", "odoo.sql_db")
    def test_r18_failing_scheduled_action(self):
        with self._break("_cron_run"):
            self.run_service()
        window = self._open()
        self.assertEqual(window.reminder_service_state, "failing")
        self.assertIn("server's log", window.reminder_service_error)
        self.run_service()
        self._assert_state("running")

    def test_e03_since_when_it_has_failed(self):
        """As all moments are written, and without a noun that 1 would not go with."""
        self.env["res.lang"]._activate_lang("pl_PL")
        since = self.now.replace(month=3, day=13, hour=7, minute=24)
        self._set_times(first_failure_date=since, failure_count=1)
        for lang, words in {
            "en_US": "since {:%a} 13 Mar, 08:24 AM (failures: 1).",
            "pl_PL": "13.03, 08:24 (liczba błędów: 1).",
        }.items():
            window = self.window.with_context(lang=lang, tz="Europe/Warsaw")
            error = Form(window).reminder_service_error
            self.assertIn(words.format(since), error)

    # ------------------------------------------------------------------
    # R18: counts and button
    # ------------------------------------------------------------------

    def test_r18_due_now_and_failed_of_this_company(self):
        self.create_task(self.line(), self.line("operator"))
        other = self._create_company("Drugi Dom")
        self.admin.company_ids += other
        self.assertEqual(self._open().reminder_due_count, 0)
        self.pass_time(hours=1)
        self.assertEqual(self._open().reminder_due_count, 2)
        elsewhere = Form(self.window.with_context(allowed_company_ids=other.ids))
        self.assertEqual(elsewhere.reminder_due_count, 0)
        self.run_service(sms_error="wrong_number_format")
        window = self._open()
        self.assertEqual(window.reminder_due_count, 0)
        self.assertEqual(window.reminder_failed_count, 2)
        self.pass_time(days=1, minutes=1)
        self.assertEqual(self._open().reminder_failed_count, 0)

    def test_r18_failed_counts_from_the_failure_on(self):
        task = self.create_task(self.line())
        self.pass_time(hours=1)
        self.run_service()
        self.env.flush_all()
        self.cr.execute(
            "UPDATE crm_task_reminder_log SET create_date = create_date - %s, "
            "write_date = write_date - %s",
            [timedelta(days=2)] * 2,
        )
        self.env.invalidate_all()
        self.rows(task).notification_id.write(
            {"notification_status": "exception", "failure_type": "sms_expired"}
        )
        self.assertEqual(self.rows(task).state, "failed")
        self.assertEqual(self._open().reminder_failed_count, 1)

    def test_r18_button_opens_the_scheduled_action(self):
        action = self.window.create({}).action_open_reminder_service()
        self.assertEqual(action["res_model"], "ir.cron")
        self.assertEqual(action["res_id"], self.cron.id)
        arch = self.window.get_view(view_type="form")["arch"]
        self.assertIn("action_open_reminder_service", arch)

    # ------------------------------------------------------------------
    # R19
    # ------------------------------------------------------------------

    def test_r19_hosted(self):
        parameters = self.env["ir.config_parameter"].sudo()
        for value, is_hosted in [
            (False, False),
            ("True", True),
            ("1", True),
            ("False", False),
            ("0", False),
        ]:
            with self.subTest(value=value):
                parameters.set_param("crm_task_reminder.hosted", value)
                self.assertEqual(self._open().reminder_hosted, is_hosted)
        arch = self.window.get_view(view_type="form")["arch"]
        self.assertRegex(arch, 'name="service"[^>]*invisible="reminder_hosted"')

    def test_r18_now_is_a_moment_of_the_database(self):
        """All tests of this file rely on that."""
        self.assertLess(abs(self.cron.write_date - self.now), timedelta(hours=1))
        self.assertEqual(fields.Datetime.now(), self.now)
