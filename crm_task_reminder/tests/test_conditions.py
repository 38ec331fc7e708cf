from datetime import timedelta

from odoo.fields import Command
from odoo.tests import tagged

from .common import ReminderCommon


@tagged("post_install", "-at_install")
class TestConditions(ReminderCommon):
    """What holds at the moment of sending decides, not what held before."""

    def _assert_nothing_leaves(self):
        self.run_service()
        self.assertFalse(self.texts + self.mails)

    # ------------------------------------------------------------------
    # The task
    # ------------------------------------------------------------------

    def test_done_or_cancelled_task(self):
        for state in ("1_done", "1_canceled"):
            with self.subTest(state=state):
                task = self.create_task(self.line())
                self.pass_time(minutes=59)
                task.state = state
                self.assertEqual(task.reminder_ids.state, "cancelled")
                self.pass_time(minutes=1)
                self._assert_nothing_leaves()
                self.assertFalse(self.rows(task))

    def test_other_states_are_reminded(self):
        for state in ("01_in_progress", "02_changes_requested", "03_approved"):
            with self.subTest(state=state):
                task = self.create_task(self.line())
                task.state = state
                self.pass_time(hours=1)
                self.run_service()
                self.assertEqual(len(self.texts), 1)

    def test_archived_task(self):
        task = self.create_task(self.line())
        task.action_archive()
        self.assertEqual(task.reminder_ids.state, "cancelled")
        self.pass_time(hours=1)
        self._assert_nothing_leaves()

    def test_archived_project(self):
        task = self.create_task(self.line())
        self.project.action_archive()
        self.pass_time(hours=1)
        self._assert_nothing_leaves()
        self.assertEqual(task.reminder_ids.state, "cancelled")
        self.project.action_unarchive()
        self.run_service()
        self.assertEqual(len(self.texts), 1)

    def test_template(self):
        task = self.create_task(self.line())
        task.is_template = True
        self.assertEqual(task.reminder_ids.state, "cancelled")
        self.pass_time(hours=1)
        self._assert_nothing_leaves()

    def test_part_of_a_template(self):
        task = self.create_task(self.line())
        child = self.create_task(self.line(), parent_id=task.id)
        task.is_template = True
        self.assertEqual(child.reminder_ids.state, "cancelled")
        self.pass_time(hours=1)
        self._assert_nothing_leaves()

    def test_task_of_a_template_project(self):
        task = self.create_task(self.line())
        self.project.is_template = True
        self.assertEqual(task.reminder_ids.state, "cancelled")
        self.pass_time(hours=1)
        self._assert_nothing_leaves()

    def test_reopened_before_the_time(self):
        task = self.create_task(self.line())
        task.state = "1_done"
        self.pass_time(minutes=30)
        task.state = "01_in_progress"
        self.assertEqual(task.reminder_ids.state, "scheduled")
        self.pass_time(minutes=30)
        self.run_service()
        self.assertEqual(len(self.texts), 1)

    def test_reopened_after_the_time_goes_out_until_the_start(self):
        task = self.create_task(self.line())
        task.state = "1_done"
        self.pass_time(minutes=90)
        self._assert_nothing_leaves()
        task.state = "01_in_progress"
        self.run_service()
        self.assertEqual(len(self.texts), 1)

    def test_reopened_after_the_start_is_missed(self):
        task = self.create_task(self.line())
        task.state = "1_done"
        self.pass_time(hours=3)
        task.state = "01_in_progress"
        self.run_service()
        self.assert_reason(task, "started")
        self.assertEqual(task.reminder_ids.state, "missed")

    def test_deleted_task_leaves_its_log(self):
        task = self.send(self.line())
        row = self.rows(task)
        task.unlink()
        self.assertTrue(row.exists())
        self.assertFalse(row.task_id)
        self.assertEqual(row.task_name, "Mow the lawn")
        self.assertEqual(row.address, "+48600100200")
        self.assertEqual(row.state, "sent")

    def test_deleted_task_is_not_reminded(self):
        task = self.create_task(self.line())
        reminder = task.reminder_ids
        task.unlink()
        self.assertFalse(reminder.exists())
        self.pass_time(hours=1)
        self._assert_nothing_leaves()

    # ------------------------------------------------------------------
    # Who
    # ------------------------------------------------------------------

    def test_changed_customer_is_followed(self):
        task = self.create_task(self.line())
        task.partner_id = self.env["res.partner"].create(
            {"name": "Nina Nowa", "phone": "+48600100444"}
        )
        self.pass_time(hours=1)
        self.run_service()
        self.assertEqual(self.numbers, ["+48600100444"])

    def test_changed_assignee_is_followed(self):
        task = self.create_task(self.line("operator"))
        other = self._create_user("second", "Sonia Second", "600 100 204")
        task.user_ids = [Command.set(other.ids)]
        self.pass_time(hours=1)
        self.run_service()
        self.assertEqual(self.numbers, ["+48600100204"])

    def test_customer_removed(self):
        task = self.create_task(self.line())
        task.partner_id = False
        self.pass_time(hours=1)
        self.run_service()
        self.assert_reason(task, "no_recipient")

    def test_phone_blacklist(self):
        self.env["phone.blacklist"].add("+48600100200")
        task = self.send(self.line())
        self.assert_reason(task, "blacklisted")
        self.assertEqual(task.reminder_ids.state, "skipped")

    def test_email_blacklist(self):
        self.env["mail.blacklist"]._add("Karol@klient.example")
        self.assert_reason(self.send(self.line(channel="email")), "blacklisted")

    def test_blacklist_of_one_does_not_stop_the_other(self):
        other = self._create_user("second", "Sonia Second", "600 100 204")
        self.env["phone.blacklist"].add("+48600100204")
        task = self.send(
            self.line("operator"),
            user_ids=[Command.set((self.assignee + other).ids)],
        )
        self.assertEqual(self.numbers, ["+48600100201"])
        self.assertEqual(sorted(self.rows(task).mapped("state")), ["sent", "skipped"])

    def test_blacklist_of_one_address_does_not_stop_the_customers_other(self):
        self.customer.email = "karol@klient.example, kaja@klient.example"
        self.env["mail.blacklist"]._add("karol@klient.example")
        task = self.send(self.line(channel="email"))
        self.assertEqual(self.addresses, ["kaja@klient.example"])
        self.assertEqual(sorted(self.rows(task).mapped("state")), ["sent", "skipped"])

    def test_taken_off_the_blacklist(self):
        self.env["phone.blacklist"].add("+48600100200")
        self.env["phone.blacklist"].remove("+48600100200")
        self.send(self.line())
        self.assertEqual(len(self.texts), 1)

    # ------------------------------------------------------------------
    # When
    # ------------------------------------------------------------------

    def test_late_after_a_downtime_until_the_start(self):
        self.create_task(self.line())
        self.pass_time(minutes=119, seconds=59)
        self.run_service()
        self.assertEqual(len(self.texts), 1)

    def test_missed_after_a_downtime_beyond_the_start(self):
        task = self.create_task(self.line())
        self.pass_time(hours=2)
        self.run_service()
        self.assert_reason(task, "started")
        self.assertEqual(self.rows(task).state, "missed")
        self.assertEqual(task.reminder_ids.state, "missed")

    def test_several_due_during_a_downtime(self):
        task = self.create_task(
            self.line(duration=90, unit="minutes"), self.line(duration=1)
        )
        self.pass_time(minutes=100)
        self.run_service()
        self.assertEqual(len(self.texts), 2)
        self.assertEqual(set(task.reminder_ids.mapped("state")), {"done"})

    def test_clock_set_back_an_hour(self):
        self.send(self.line())
        self.set_now(self.now - timedelta(hours=1))
        self._assert_nothing_leaves()
        self.pass_time(hours=1)
        self._assert_nothing_leaves()

    def test_nothing_that_was_due_before_the_switch(self):
        self.company.reminder_enabled = False
        early = self.create_task(self.line())
        late = self.create_task(self.line(duration=10, unit="minutes"))
        self.pass_time(minutes=90)
        self.company.reminder_enabled = True
        self.run_service()
        self.assert_reason(early, "before_switch")
        self.pass_time(minutes=20)
        self.run_service()
        self.assertEqual(len(self.texts), 1)
        self.assertEqual(self.rows(late).state, "sent")

    def test_saving_the_switch_again_changes_nothing(self):
        task = self.create_task(self.line())
        self.pass_time(hours=1)
        self.company.reminder_enabled = True
        self.run_service()
        self.assertEqual(self.rows(task).state, "sent")

    def test_time_already_past_when_set(self):
        task = self.create_task(self.line(), starts_in=timedelta(minutes=30))
        self.run_service()
        self.assert_reason(task, "passed")
        self.assertEqual(task.reminder_ids.state, "skipped")

    def test_line_set_after_the_switch_was_due_before_it(self):
        self.company.reminder_enabled_at = self.now
        task = self.create_task(self.line(duration=3))
        self.run_service()
        self.assert_reason(task, "passed")
        self.company.reminder_send_passed = True
        self.send(self.line(duration=3))
        self.assertEqual(len(self.texts), 1)

    def test_time_already_past_when_set_sent_at_once_if_the_company_says_so(self):
        self.company.reminder_send_passed = True
        self.create_task(self.line(), starts_in=timedelta(minutes=30))
        self.run_service()
        self.assertEqual(len(self.texts), 1)

    def test_start_already_past_when_set_is_missed_in_any_case(self):
        self.company.reminder_send_passed = True
        task = self.create_task(self.line(), starts_in=timedelta(minutes=-30))
        self.run_service()
        self.assert_reason(task, "started")

    def test_start_moved_so_that_the_time_is_past(self):
        task = self.create_task(self.line(), starts_in=timedelta(days=1))
        task.planned_date_begin = self.now + timedelta(minutes=30)
        self.run_service()
        self.assert_reason(task, "passed")

    def test_line_added_when_its_time_is_past(self):
        task = self.create_task(starts_in=timedelta(minutes=30))
        self.env["crm.task.reminder"].create(self.line(task_id=task.id))
        self.run_service()
        self.assert_reason(task, "passed")
