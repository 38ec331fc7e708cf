from datetime import timedelta

from odoo.tests import tagged

from .common import ReminderCommon


@tagged("post_install", "-at_install")
class TestRepeated(ReminderCommon):
    """Two equal lines of a task, as after an import of one file twice."""

    def assert_one(self, task, sent, repeated):
        rows = {row.reminder_id: row for row in self.rows(task)}
        self.assertEqual(rows[sent].state, "sent")
        self.assertEqual(
            (rows[repeated].state, rows[repeated].reason), ("skipped", "repeated")
        )
        self.assertTrue(rows[repeated].reason_text)

    def test_b05_one_message_of_two_equal_lines(self):
        for channel in ("sms", "email"):
            with self.subTest(channel=channel):
                line = self.line(channel=channel)
                task = self.send(line, {**line})
                self.assertEqual(len(self.texts + self.mails), 1)
                self.assert_one(task, *task.reminder_ids.sorted("id"))

    def test_b05_in_runs_of_their_own(self):
        self.patch_batch_size(1)
        task = self.send(self.line(), self.line())
        self.assertEqual(len(self.texts), 1)
        self.assert_one(task, *task.reminder_ids.sorted("id"))

    def test_b05_imported_twice(self):
        task = self.create_task()
        template = self.env.ref("crm_task_reminder.sms_template_customer")
        for _time in range(2):
            result = self.env["crm.task.reminder"].load(
                ["task_id/.id", "audience", "channel", "duration", "duration_unit"]
                + ["sms_template_id/.id"],
                [[task.id, "customer", "sms", "1", "hours", template.id]],
            )
            self.assertFalse(result["messages"])
        self.pass_time(hours=1)
        self.run_service()
        self.assertEqual(len(self.texts), 1)
        self.assert_one(task, *task.reminder_ids.sorted("id"))

    def test_b05_lines_that_differ_in_anything_all_leave(self):
        other = self.env.ref("crm_task_reminder.sms_template_customer").copy()
        self.send(
            self.line(),
            self.line(channel="email"),
            self.line(sms_template_id=other.id),
            self.line("operator"),
            self.line(duration=61, unit="minutes"),
        )
        self.assertEqual((len(self.texts), len(self.mails)), (4, 1))

    def test_b05_one_time_in_two_units(self):
        self.send(self.line(), self.line(duration=60, unit="minutes"))
        self.assertEqual(len(self.texts), 1)

    def test_b05_the_one_that_got_nothing_makes_no_other_needless(self):
        task = self.create_task(self.line(), starts_in=timedelta(minutes=50))
        self.run_service()
        self.assert_reason(task, "passed")
        self.company.reminder_send_passed = True
        self.env["crm.task.reminder"].create(self.line(task_id=task.id))
        self.run_service()
        self.assertEqual(len(self.texts), 1)

    def test_b05_the_other_leaves_when_the_first_is_removed(self):
        task = self.create_task(self.line(), self.line())
        task.reminder_ids.sorted("id")[0].unlink()
        self.pass_time(hours=1)
        self.run_service()
        self.assertEqual(len(self.texts), 1)
