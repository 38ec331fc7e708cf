from datetime import timedelta
from random import Random
from unittest.mock import patch

from psycopg2.errors import SerializationFailure

from odoo.addons.base.models import ir_cron
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..models.sending import crm_task_reminder_service
from .common import DOWN, ReminderCommon


@tagged("post_install", "-at_install")
class TestHandOver(ReminderCommon):
    """What waits for the mail server or the gateway, and what a person may do then."""

    def test_pauses_grow_up_to_half_of_the_time_left(self):
        task = self.create_task(self.line(duration=10), starts_in=timedelta(hours=11))
        self.pass_time(hours=1)
        pauses = []
        for _attempt in range(9):
            self.run_service(sms_error=DOWN)
            row = self.rows(task)
            self.assertEqual((row.state, row.reason), ("queued", "sms_gateway"))
            pauses.append((row.next_attempt_at - self.now).total_seconds() / 60)
            self.set_now(row.next_attempt_at)
        self.assertEqual(pauses, [1, 2, 4, 8, 16, 32, 60, 60, 60])
        self.set_now(row.start - timedelta(minutes=30))
        self.run_service(sms_error=DOWN)
        self.assertEqual(
            self.rows(task).next_attempt_at - self.now, timedelta(minutes=15)
        )

    def test_not_tried_again_before_its_pause_is_over(self):
        task = self.send_while_down()
        self.pass_time(seconds=50)
        self.run_service()
        self.assertFalse(self.texts)
        self.pass_time(seconds=10)
        self.run_service()
        self.assertEqual(len(self.texts), 1)
        row = self.rows(task)
        self.assertEqual((row.state, row.reason, row.attempt_count), ("sent", False, 1))

    def test_portion_leaves_when_others_have_taken_all_the_time(self):
        self.patch(ir_cron, "MIN_TIME_PER_JOB", 0)
        self.patch(ir_cron, "MIN_RUNS_PER_JOB", 1)
        for _number in range(5):
            self.create_task(self.line(), self.line(channel="email"))
        self.pass_time(hours=1)
        self.run_service()
        self.assertEqual((len(self.texts), len(self.mails)), (5, 5))

    def test_limit_per_hour_makes_the_rest_wait(self):
        self.company.reminder_hourly_limit = 2
        lines = [self.line(duration=180 + n, unit="minutes") for n in range(5)]
        task = self.create_task(*lines, starts_in=timedelta(hours=4))
        left = []
        for minutes in (60, 30, 31, 61):
            self.pass_time(minutes=minutes)
            self.run_service()
            left.append(len(self.texts))
        self.assertEqual(left, [2, 0, 2, 1])
        self.assertEqual(set(self.rows(task).mapped("state")), {"sent"})
        reached = self.log.search([("reason", "=", "limit")])
        self.assertEqual(len(reached), 2)
        self.assertEqual(set(reached.mapped("operation")), {"service"})

    def test_limit_per_hour_is_shared_by_the_forms(self):
        """An e-mail leaves although there are always as many SMS as may leave."""
        self.patch(crm_task_reminder_service, "random", Random(1))
        self.company.reminder_hourly_limit = 1
        starts_in = timedelta(days=1)
        email = self.line(channel="email", duration=23)
        texts = [self.line(duration=hours) for hours in range(12, 24)]
        task = self.create_task(email, *texts, starts_in=starts_in)
        left = []
        for _hour in range(6):
            self.pass_time(hours=1, minutes=1)
            self.run_service()
            left.append((len(self.texts), len(self.mails)))
        self.assertIn((0, 1), left)
        self.assertEqual(left.count((1, 0)), 5)
        self.assertEqual(self.rows(task)[0].state, "sent")

    def test_serialization_failure_in_the_claim(self):
        task = self.create_task(self.line())
        self.pass_time(hours=1)
        queue = self.env.registry["crm.task.reminder.queue"]
        claim, failures = queue._claim, [SerializationFailure()]

        def fail_once(*args):
            if failures:
                raise failures.pop()
            return claim(*args)

        with patch.object(queue, "_claim", fail_once):
            self.run_service()
        self.assertFalse(failures)
        self.assertEqual(len(self.texts), 1)
        self.assertEqual(self.rows(task).state, "sent")

    def test_clock_set_back(self):
        task = self.send(self.line(), self.line("operator", "email"))
        self.assertEqual((len(self.mails), len(self.texts)), (1, 1))
        for hours in (-1, 1):
            self.pass_time(hours=hours)
            self.run_service()
            self.assertFalse(self.mails + self.texts)
        self.assertEqual(self.rows(task).mapped("state"), ["sent", "sent"])

    def test_send_again_and_mark_as_sent_are_for_those_who_edit_the_task(self):
        task = self.send_while_down()
        row = self.rows(task)
        with self.assertRaisesRegex(UserError, "Only failed and unconfirmed"):
            row.action_send_again()
        self.close_row(row, "unconfirmed", "no_answer")
        stranger = self._create_user("stranger", "Stranger", groups="base.group_user")
        for action in ("action_send_again", "action_mark_sent"):
            with self.subTest(action), self.assertRaises(AccessError):
                getattr(row.with_user(stranger), action)()
        manager = self._create_user(
            "manager", "Manager", groups="project.group_project_manager"
        )
        row.with_user(manager).action_mark_sent()
        self.assertEqual(row.state, "sent")
        self.assertEqual(row.notification_id.notification_status, "sent")
        with self.assertRaisesRegex(UserError, "Only unconfirmed"):
            row.with_user(manager).action_mark_sent()
        self.close_row(row, "unconfirmed", "no_answer")
        row.with_user(manager).action_send_again()
        self.run_service()
        self.assertEqual(len(self.texts), 1)
        self.assertEqual(self.rows(task).state, "sent")

    def test_not_sent_again_once_the_task_has_started(self):
        task = self.send_while_down()
        row = self.rows(task)
        self.close_row(row, "unconfirmed", "no_answer")
        self.pass_time(hours=1)
        with self.assertRaisesRegex(UserError, "can't be sent again"):
            row.action_send_again()
        self.assertEqual(row.state, "unconfirmed")

    def test_what_a_dead_worker_had_in_hand_is_unconfirmed(self):
        task = self.send_while_down()
        row = self.rows(task)
        run = self.log.create(
            {
                "operation": "service",
                "company_id": self.company.id,
                "state": "running",
            }
        )
        row.write({"state": "sending", "run_id": run.id})
        self.pass_time(hours=5)
        self.run_service()
        self.assertFalse(self.texts)
        self.assertEqual((row.state, row.reason), ("unconfirmed", "interrupted"))
        self.assertEqual((run.state, run.reason), ("failed", "interrupted"))
        self.assertEqual(row.notification_id.notification_status, "exception")

    def test_c11_what_a_worker_has_in_hand_is_not_deleted(self):
        row = self.rows(self.send_while_down())
        run = row.run_id
        for record, state in ((row, "sending"), (run, "running")):
            former, record.state = record.state, state
            with self.assertRaisesRegex(UserError, "can't be deleted"):
                record.unlink()
            record.state = former
        (row + run).unlink()

    def test_c11_run_that_was_deleted_all_the_same(self):
        row = self.rows(self.send_while_down())
        row.write({"state": "sending", "run_id": False})
        self.pass_time(minutes=5)
        self.run_service()
        self.assertFalse(self.texts)
        self.assertEqual((row.state, row.reason), ("unconfirmed", "interrupted"))

    def test_c11_run_that_has_ended_without_its_messages(self):
        row = self.rows(self.send_while_down())
        self.assertEqual(row.run_id.state, "finished")
        row.state = "sending"
        self.run_service()
        self.assertEqual((row.state, row.reason), ("unconfirmed", "interrupted"))

    def test_c08_what_starts_soonest_leaves_first(self):
        late = self.create_task(
            self.line(duration=2, unit="days"), starts_in=timedelta(days=2)
        )
        soon = self.create_task(
            self.line(duration=35, unit="minutes"), starts_in=timedelta(minutes=35)
        )
        self.company.reminder_hourly_limit = 1
        self.run_service()
        self.assertEqual(self.rows(soon).state, "sent")
        self.assertEqual(self.rows(late).state, "queued")
