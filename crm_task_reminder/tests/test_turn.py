import signal
from contextlib import contextmanager
from datetime import timedelta
from unittest.mock import patch

from odoo.service.server import ThreadedServer, WorkerCron
from odoo.tests import tagged
from odoo.tools import config

from ..tools import smtp, turn
from .common import ReminderCommon


@tagged("post_install", "-at_install")
class TestTurn(ReminderCommon):
    """The service ends in time: before Odoo kills its worker, and at a stop."""

    def _make_due(self, count, company=None, **line):
        """Make reminders due by e-mail; return their rows once there are any."""
        values = {}
        if company:
            project = self.env["project.project"].create(
                {"name": "Other", "company_id": company.id}
            )
            values["project_id"] = project.id
        tasks = [
            self.create_task(self.line(channel="email", **line), **values)
            for _number in range(count)
        ]
        ids = [task.id for task in tasks]
        return lambda: self.log.search([("task_id", "in", ids)], order="start, id")

    @contextmanager
    def _slow_mail_server(self, seconds, when_sent=None):
        send = smtp.SmtpSession.send

        def take_long(session, *args):
            self.pass_time(seconds=seconds)
            send(session, *args)
            if when_sent:
                when_sent()

        with patch.object(smtp.SmtpSession, "send", take_long):
            yield

    def test_c01_slow_mail_server_gets_what_fits_into_the_turn(self):
        rows = self._make_due(8)
        self.pass_time(hours=1)
        with self._slow_mail_server(11):
            self.run_service()
        self.assertEqual(len(self.mails), 4)
        waiting = rows().filtered(lambda row: row.state == "queued")
        self.assertEqual(len(waiting), 4)
        # nothing is wrong with them: they go on at once
        self.assertEqual(set(waiting.mapped("reason")), {False})
        self.assertEqual(set(waiting.mapped("attempt_count")), {0})
        self.run_service()
        self.assertEqual(set(rows().mapped("state")), {"sent"})

    def test_c01_one_deadline_for_all_companies_forms_and_loops(self):
        others = [self._create_company(f"Branch {number}") for number in range(4)]
        due = [self._make_due(2)]
        for number, company in enumerate(others):
            sender = self._create_user(f"o{number}", "Operator", company=company)
            account = self._create_mail_server(f"Account {number}")
            self._switch_on(company, sender, account)
            due.append(self._make_due(2, company))
        self.pass_time(hours=1)
        began = self.now
        with self._slow_mail_server(11):
            self.run_service()
        self.assertEqual(len(self.mails), 4)
        self.assertLessEqual(self.now - began, timedelta(seconds=turn.TURN_SECONDS))
        for _job in range(3):
            self.run_service()
        states = [state for rows in due for state in rows().mapped("state")]
        self.assertEqual(states, ["sent"] * 10)

    def test_c01_job_that_comes_last_in_a_turn_has_what_is_left(self):
        rows = self._make_due(4)
        self.pass_time(hours=1)
        with patch.object(turn, "_get_key", lambda: "one turn"):
            with turn.job():
                self.pass_time(seconds=30)
            with self._slow_mail_server(11):
                self.run_service()
        self.assertEqual(len(self.mails), 1)
        self.assertEqual(rows().mapped("state").count("queued"), 3)

    def test_c01_turn_follows_the_limit_of_the_server(self):
        for limit, cron_limit, seconds in (
            (120, -1, 45),
            (600, -1, 45),
            (90, -1, 15),
            (60, -1, 5),
            (60, 120, 45),
            (120, 0, 45),
        ):
            with (
                self.subTest(limit=limit, cron_limit=cron_limit),
                patch.dict(config.options, limit_time_real=limit),
                patch.dict(config.options, limit_time_real_cron=cron_limit),
            ):
                self.assertEqual(turn._get_seconds(), seconds)

    def test_c14_companies_have_turns(self):
        """One with many due does not hold up another."""
        other = self._create_company("Branch")
        sender = self._create_user("branch", "Operator", company=other)
        self._switch_on(other, sender, self._create_mail_server("Branch"))
        self.patch_batch_size(2)
        many, one = self._make_due(6), self._make_due(1, other)
        self.pass_time(hours=1)
        with self._slow_mail_server(11):
            self.run_service()
        self.assertEqual(len(self.mails), 4)
        self.assertEqual(one().state, "sent")
        for _job in range(2):
            self.run_service()
        self.assertEqual(many().mapped("state"), ["sent"] * 6)

    def test_work_left_over_is_gone_on_with_at_once(self):
        self._make_due(8)
        self.pass_time(hours=1)
        with self._slow_mail_server(11):
            self.run_service()
        progress = self.env["ir.cron.progress"].search([], order="id desc", limit=1)
        self.assertEqual(progress.remaining, 1)
        self.run_service()
        progress = self.env["ir.cron.progress"].search([], order="id desc", limit=1)
        self.assertEqual(progress.remaining, 0)

    def test_c15_stop_leaves_nothing_in_hand(self):
        rows = self._make_due(6)
        self.pass_time(hours=1)
        stops = []
        with (
            self._slow_mail_server(1, when_sent=lambda: stops.append(1)),
            patch.object(turn, "is_stopping", lambda: len(stops) >= 3),
        ):
            self.run_service()
        self.assertEqual(len(self.mails), 3)
        self.assertEqual(sorted(rows().mapped("state")), ["queued"] * 3 + ["sent"] * 3)
        self.run_service()
        self.assertEqual(set(rows().mapped("state")), {"sent"})

    def test_c15_who_takes_the_signal_knows_of_a_stop(self):
        server = ThreadedServer(None)
        worker = WorkerCron.__new__(WorkerCron)
        worker.alive = True
        former = signal.getsignal(signal.SIGINT)
        self.addCleanup(signal.signal, signal.SIGINT, former)
        self.assertFalse(turn.is_stopping())
        signal.signal(signal.SIGINT, server.signal_handler)
        self.assertFalse(turn.is_stopping())
        server.quit_signals_received = 1
        self.assertTrue(turn.is_stopping())
        self.assertTrue(turn.is_over())
        signal.signal(signal.SIGINT, worker.signal_handler)
        self.assertFalse(turn.is_stopping())
        worker.signal_handler(signal.SIGINT, None)
        self.assertTrue(turn.is_stopping())
