from datetime import timedelta

from psycopg2.errors import UniqueViolation

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import ReminderCommon


@tagged("post_install", "-at_install")
class TestOnce(ReminderCommon):
    """One message per reminder, start, form and address, whatever happens."""

    def _move(self, task, **span):
        task.planned_date_begin += timedelta(**span)
        self.env.flush_all()

    def test_r15_many_runs_one_message(self):
        task = self.send(self.line(), self.line(channel="email"))
        self.assertEqual((len(self.texts), len(self.mails)), (1, 1))
        for _minute in range(5):
            self.pass_time(minutes=10)
            self.run_service()
            self.assertFalse(self.texts + self.mails)
        self.assertEqual(len(self.rows(task)), 2)

    def test_r15_many_reminders_in_one_run(self):
        """More than a batch, each once."""
        self.patch_batch_size(3)
        tasks = [self.create_task(self.line()) for _task in range(8)]
        self.pass_time(hours=1)
        self.run_service()
        self.assertEqual(len(self.texts), 8)
        for task in tasks:
            self.assertEqual(self.rows(task).state, "sent")

    def test_r15_database_refuses_a_second_row(self):
        row = self.rows(self.send(self.line()))
        with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation):
            row.copy({"state": "sent"})

    def test_r15_database_takes_another_start_form_or_address(self):
        row = self.rows(self.send(self.line()))
        row.copy({"state": "sent", "start": row.start + timedelta(days=1)})
        row.copy({"state": "sent", "address": "+48600100777"})
        row.copy({"state": "sent", "channel": "email"})
        row.copy({"state": "skipped"})

    def test_r15_row_of_the_ledger_alone_holds_a_second_message_back(self):
        """Even a reminder that is armed again by force."""
        task = self.send(self.line())
        task.reminder_ids.write({"handled_due_at": False, "handled_state": False})
        self.run_service()
        self.assertFalse(self.texts)
        self.assertEqual(len(self.rows(task)), 1)
        self.assertEqual(task.reminder_ids.state, "done")

    # ------------------------------------------------------------------
    # Moved, closed, reopened
    # ------------------------------------------------------------------

    def test_moved_start_arms_again(self):
        task = self.send(self.line())
        self._move(task, days=1)
        self.assertEqual(task.reminder_ids.state, "scheduled")
        self.run_service()
        self.assertFalse(self.texts)
        self.pass_time(days=1)
        self.run_service()
        self.assertEqual(len(self.texts), 1)
        self.assertEqual(len(self.rows(task)), 2)

    def test_moved_away_and_back_is_not_sent_again(self):
        task = self.send(self.line())
        self._move(task, days=1)
        self._move(task, days=-1)
        self.assertEqual(task.reminder_ids.state, "done")
        self.run_service()
        self.assertFalse(self.texts)

    def test_moved_before_the_time_is_sent_once_at_the_new_time(self):
        task = self.create_task(self.line())
        self.pass_time(minutes=30)
        self._move(task, hours=1)
        self.pass_time(minutes=30)
        self.run_service()
        self.assertFalse(self.texts)
        self.pass_time(hours=1)
        self.run_service()
        self.assertEqual(len(self.texts), 1)

    def test_edited_title_does_not_arm_again(self):
        task = self.send(self.line())
        task.name = "Another title"
        self.run_service()
        self.assertFalse(self.texts)
        self.assertEqual(task.reminder_ids.state, "done")

    def test_closed_and_reopened_is_not_sent_again(self):
        task = self.send(self.line())
        for state in ("1_done", "01_in_progress", "1_canceled", "01_in_progress"):
            task.state = state
            self.assertEqual(task.reminder_ids.state, "done")
            self.run_service()
            self.assertFalse(self.texts)

    def test_archived_and_back_is_not_sent_again(self):
        task = self.send(self.line())
        task.action_archive()
        task.action_unarchive()
        self.run_service()
        self.assertFalse(self.texts)

    def test_copy_of_a_reminded_task_is_reminded_by_itself(self):
        copy = self.send(self.line()).copy()
        self.assertEqual(copy.reminder_ids.state, "waiting")
        self.assertFalse(self.rows(copy))
        self.run_service()
        self.assertFalse(self.texts)
        copy.planned_date_begin = self.now + timedelta(hours=2)
        self.pass_time(hours=1)
        self.run_service()
        self.assertEqual(len(self.texts), 1)

    def test_copied_reminder_is_a_new_one(self):
        reminder = self.send(self.line()).reminder_ids
        copy = reminder.copy()
        self.assertFalse(copy.sudo().handled_state)
        self.assertNotEqual(copy.state, "done")

    # ------------------------------------------------------------------
    # Sent ones stay as they are
    # ------------------------------------------------------------------

    def test_sent_reminder_is_not_edited(self):
        reminder = self.send(self.line()).reminder_ids
        for values in (
            {"duration": 2},
            {"duration_unit": "days"},
            {"channel": "email"},
            {"sms_template_id": False},
            {"audience": "operator"},
        ):
            with self.subTest(values=values), self.assertRaises(UserError):
                reminder.write(values)

    def test_sent_reminder_may_be_saved_unchanged(self):
        reminder = self.send(self.line()).reminder_ids
        reminder.write({"duration": 1, "channel": "sms"})

    def test_reminder_of_a_moved_task_may_be_edited(self):
        task = self.send(self.line())
        self._move(task, days=1)
        task.reminder_ids.duration = 2
        self.assertEqual(task.reminder_ids.state, "scheduled")
