from datetime import datetime, timedelta

from odoo.fields import Command
from odoo.tests import tagged

from .common import ReminderCommon


@tagged("post_install", "-at_install")
class TestRecurrence(ReminderCommon):
    """Each occurrence of a recurring task is reminded by itself."""

    def _create_recurring(self, *reminders, **values):
        return self.create_task(
            *reminders,
            **{
                "recurring_task": True,
                "repeat_interval": 1,
                "repeat_unit": "week",
                "repeat_type": "forever",
                **values,
            },
        )

    def _close(self, task):
        """Close the task; return its next occurrence."""
        occurrences = task.recurrence_id.task_ids
        task.state = "1_done"
        self.env.flush_all()
        self.env.invalidate_all()
        return task.recurrence_id.task_ids - occurrences

    def test_r01_one_off_task(self):
        self.send(self.line())
        self.assertEqual(self.numbers, ["+48600100200"])

    def test_r01_nothing_leaves_unless_the_service_runs(self):
        task = self.create_task(self.line())
        with self.mock_mail_gateway(), self.mockSMSGateway():
            self.pass_time(hours=1)
            task.name = "Mow"
            self.env.flush_all()
            self.env["sms.sms"]._process_queue()
            self.env["mail.mail"].process_email_queue()
            self.assertFalse(self._sms)
        self.assertEqual(task.reminder_ids.state, "scheduled")

    def test_r01_next_occurrence_has_its_reminders_and_start(self):
        task = self._create_recurring(
            self.line(), self.line("operator", "email", 30, "minutes")
        )
        following = self._close(task)
        week = timedelta(weeks=1)
        self.assertEqual(following.planned_date_begin, task.planned_date_begin + week)
        self.assertEqual(
            following.reminder_ids.mapped("due_at"),
            [due_at + week for due_at in task.reminder_ids.mapped("due_at")],
        )
        self.assertEqual(set(following.reminder_ids.mapped("state")), {"scheduled"})
        self.assertEqual(set(task.reminder_ids.mapped("state")), {"cancelled"})

    def test_r01_each_occurrence_has_its_own_marks(self):
        task = self._create_recurring(self.line())
        self.pass_time(hours=1)
        self.run_service()
        self.assertEqual(len(self.texts), 1)
        following = self._close(task)
        self.assertEqual(task.reminder_ids.state, "done")
        self.assertEqual(following.reminder_ids.state, "scheduled")
        self.assertFalse(self.rows(following))
        self.run_service()
        self.assertFalse(self.texts)
        self.pass_time(weeks=1)
        self.run_service()
        self.assertEqual(self.numbers, ["+48600100200"])
        self.assertEqual(following.reminder_ids.state, "done")
        self.assertEqual(len(self.rows(task)), 1)
        self.assertEqual(len(self.rows(following)), 1)

    def test_r01_ten_occurrences_ten_messages(self):
        task = self._create_recurring(self.line())
        received = []
        self.pass_time(hours=1)
        for _week in range(10):
            self.run_service()
            received += self.texts
            task = self._close(task)
            self.pass_time(weeks=1)
        self.assertEqual(len(received), 10)

    def test_r01_occurrence_takes_along_who_is_reminded(self):
        employee = self.create_employee("Ewa", mobile_phone="600 100 203")
        task = self._create_recurring(
            self.line("operator"),
            self.line(),
            reminder_phone="600 100 300",
            reminder_employee_ids=[Command.set(employee.ids)],
        )
        following = self._close(task)
        self.assertEqual(following.reminder_phone, "600 100 300")
        self.assertEqual(following.reminder_employee_ids, employee)

    def test_r01_changed_reminders_go_on_unchanged_defaults_or_not(self):
        self.company.reminder_customer_default = True
        task = self._create_recurring(self.line(duration=3))
        self.assertEqual(self._close(task).reminder_ids.mapped("duration"), [3])

    def test_r01_task_without_reminders_goes_on_without(self):
        self.company.reminder_customer_default = True
        self.assertFalse(self._close(self._create_recurring()).reminder_ids)

    def test_r01_subtasks_are_reminded_too(self):
        task = self._create_recurring(self.line())
        child = self.create_task(self.line(), parent_id=task.id)
        child.planned_date_begin += timedelta(hours=1)
        following = self._close(task).child_ids
        self.assertEqual(
            following.planned_date_begin, child.planned_date_begin + timedelta(weeks=1)
        )
        self.assertEqual(
            following.reminder_ids.due_at,
            child.reminder_ids.due_at + timedelta(weeks=1),
        )
        self.assertEqual(following.reminder_ids.state, "scheduled")

    def test_r01_start_keeps_its_time_over_the_change_of_clocks(self):
        self.set_now(datetime(2026, 10, 20, 6, 0))
        task = self._create_recurring(
            self.line(), planned_date_begin=datetime(2026, 10, 21, 7, 0)
        )
        following = self._close(task)
        self.assertEqual(following.planned_date_begin, datetime(2026, 10, 28, 8, 0))
        self.assertEqual(following.reminder_ids.due_at, datetime(2026, 10, 28, 7, 0))

    def test_r01_ends_by_the_start_where_there_is_no_deadline(self):
        until = {"repeat_type": "until", "repeat_until": self.now + timedelta(days=8)}
        task = self._create_recurring(self.line(), **until)
        following = self._close(task)
        self.assertTrue(following)
        self.assertFalse(self._close(following))

    def test_r01_ends_by_the_day_in_the_companys_zone(self):
        for tz, start, occurrences in (
            ("America/New_York", datetime(2026, 7, 15, 0, 0), 1),  # 14 July, 20:00
            ("Europe/Warsaw", datetime(2026, 7, 14, 22, 30), 0),  # 15 July, 0:30
        ):
            with self.subTest(tz=tz):
                self.company.resource_calendar_id.tz = tz
                task = self._create_recurring(
                    self.line(),
                    planned_date_begin=start,
                    repeat_type="until",
                    repeat_until="2026-07-21",
                )
                self.assertEqual(len(self._close(task)), occurrences)

    def test_r01_ends_by_the_deadline_where_there_is_one(self):
        task = self._create_recurring(
            self.line(),
            repeat_type="until",
            repeat_until=self.now + timedelta(days=8),
            date_deadline=self.now + timedelta(days=2),
        )
        self.assertFalse(self._close(task))

    def test_r01_without_start_goes_on(self):
        task = self._create_recurring(
            self.line(), planned_date_begin=False, date_deadline=self.now
        )
        following = self._close(task)
        self.assertFalse(following.planned_date_begin)
        self.assertEqual(following.reminder_ids.state, "waiting")

    def test_r01_closed_by_a_project_user(self):
        user = self._create_user("user", "Urszula User")
        task = self._create_recurring(self.line())
        following = self._close(task.with_user(user)).sudo()
        self.assertEqual(following.reminder_ids.state, "scheduled")
