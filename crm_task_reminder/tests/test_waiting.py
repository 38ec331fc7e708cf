from datetime import timedelta
from unittest.mock import patch

from odoo.fields import Command
from odoo.tests import tagged

from .common import DOWN
from .waiting import WaitingCommon


@tagged("post_install", "-at_install")
class TestWaiting(WaitingCommon):
    """Before a message that has waited leaves, all that it depends on is checked."""

    def test_put_off_until_the_start_is_missed(self):
        task = self.send_while_down()
        self.pass_time(hours=1)
        self.run_service()
        self.assertFalse(self.texts)
        row = self.rows(task)
        self.assertEqual((row.state, row.reason), ("missed", "started"))
        self.assertIn("gateway could not be reached", row.detail)
        self.assertEqual(task.reminder_ids.state, "missed")

    def test_task_closed_while_it_waits_and_reopened(self):
        task = self.send_while_down()
        task.state = "1_done"
        self.pass_time(minutes=2)
        self.run_service()
        self.assertFalse(self.texts)
        self.assertEqual(self.rows(task).reason, "closed")
        self.assertEqual(task.reminder_ids.state, "cancelled")
        task.state = "01_in_progress"
        self.run_service()
        self.assertEqual(len(self.texts), 1)
        self.assertEqual(task.reminder_ids.state, "done")

    def test_task_moved_while_it_waits(self):
        task = self.send_while_down()
        task.planned_date_begin += timedelta(days=1)
        self.pass_time(minutes=2)
        self.run_service()
        self.assertFalse(self.texts)
        self.assertEqual(self.rows(task).reason, "moved")
        self.pass_time(days=1)
        self.run_service()
        self.assertEqual(len(self.texts), 1)

    def test_task_moved_while_it_waits_and_its_run_goes_on(self):
        """A run of minutes: what it put off may be due again before its end."""
        task = self.send_while_down()
        self.rows(task).run_id.state = "running"
        service = self.registry["crm.task.reminder.service"]
        self.patch(service, "_confirm_interrupted", lambda _service: False)
        task.planned_date_begin += timedelta(days=1)
        self._run_later()
        self.assertFalse(self.texts)
        self.assertEqual(self.rows(task).reason, "moved")

    def test_b03_sent_at_once_to_another_while_it_waits(self):
        """What waited was nobody's any more when it was dropped."""
        task = self.send_while_down(self.line("operator"))
        second = self._create_user("second", "Sara Second", "600 100 202")
        task.user_ids += second
        self.pass_time(seconds=30)
        task.reminder_ids.action_send_now()
        self.run_service()
        self.assertEqual(self.numbers, ["+48600100202"])
        self.company.reminder_user_id = self._create_user("next", "Nora Next")
        for numbers in ([], ["+48600100201"], []):
            self._run_later()
            self.assertEqual(self.numbers, numbers)

    def test_reminder_removed_while_it_waits(self):
        task = self.send_while_down()
        task.reminder_ids.sudo().unlink()
        self.pass_time(minutes=2)
        self.run_service()
        self.assertFalse(self.texts)
        self.assertEqual(self.rows(task).reason, "removed")

    def test_r04_switched_off_while_it_waits(self):
        task = self.send_while_down()
        self.company.reminder_enabled = False
        row = self.rows(task)
        self.assertEqual((row.state, row.reason), ("skipped", "company_off"))
        self.assertEqual(task.reminder_ids.state, "scheduled")
        self._run_later()
        self.assertFalse(self.texts)

    def test_c10_switched_off_in_the_middle_of_a_run_and_on(self):
        """The run puts its message off after all that waited has been dropped."""
        task = self.create_task(self.line())
        self.pass_time(hours=1)
        hand_over = self.registry["crm.task.reminder.hand.over"]
        put_off = hand_over._put_off

        def switch_off_and_put_off(model, *args):
            self.company.reminder_enabled = False
            put_off(model, *args)

        with patch.object(hand_over, "_put_off", switch_off_and_put_off):
            self.run_service(sms_error=DOWN)
        self.assertEqual(self.rows(task).state, "queued")
        self.pass_time(minutes=2)
        self.company.reminder_enabled = True
        self.run_service()
        self.assertEqual(self.numbers, ["+48600100200"])
        self.assertEqual(task.reminder_ids.state, "done")

    def test_r04_switched_off_in_the_middle_of_a_run(self):
        """What is not queued yet stays; nothing leaves any more."""
        self.patch_batch_size(1)
        for _number in range(3):
            self.create_task(self.line())
        self.pass_time(hours=1)
        service = self.registry["crm.task.reminder.hand.over"]
        hand_over = service._hand_over

        def hand_over_and_switch_off(model, company, channel, *args):
            result = hand_over(model, company, channel, *args)
            if channel._channel == "sms":
                company.reminder_enabled = False
            return result

        with patch.object(service, "_hand_over", hand_over_and_switch_off):
            self.run_service()
        self.assertEqual(len(self.texts), 1)

    def test_written_by_a_run_of_which_nobody_has_seen_the_end(self):
        """As when a host loses its power and PostgreSQL on another does not notice."""
        task = self.create_task(self.line())
        self.pass_time(hours=1)
        service = self.registry["crm.task.reminder.hand.over"]
        with patch.object(service, "_hand_over", return_value=False):
            self.run_service()
        self.rows(task).run_id.state = "running"
        self.env.cr.execute(
            "UPDATE crm_task_reminder_log SET create_date = %s", [self.now]
        )
        self.patch(
            self.registry[self.service._name],
            "_confirm_interrupted",
            lambda _service: False,
        )
        self.pass_time(hours=3)
        self.run_service()
        self.assertFalse(self.texts)
        self.assertEqual(self.rows(task).state, "missed")

    def test_task_deleted_between_queue_and_hand_over(self):
        task = self.create_task(self.line())
        other = self.create_task(self.line(), partner_id=self.assignee.partner_id.id)
        self.pass_time(hours=1)
        service = self.registry["crm.task.reminder.hand.over"]
        hand_over = service._hand_over

        def delete_and_hand_over(model, *args):
            task.exists().unlink()
            return hand_over(model, *args)

        with patch.object(service, "_hand_over", delete_and_hand_over):
            self.run_service()
        self.assertEqual(self.rows(other).state, "sent")
        row = self.log.search([("task_id", "=", False), ("channel", "=", "sms")])
        self.assertEqual((row.state, row.reason), ("skipped", "removed"))

    def test_task_moved_while_it_waits_and_back(self):
        """A reminder is not called sent when its message was dropped."""
        for send_passed, state in ((False, "skipped"), (True, "done")):
            with self.subTest(send_passed=send_passed):
                self.company.reminder_send_passed = send_passed
                task = self.send_while_down()
                start = task.planned_date_begin
                task.planned_date_begin += timedelta(days=1)
                self._run_later()
                self.assertEqual(task.reminder_ids.state, "scheduled")
                task.planned_date_begin = start
                self._run_later()
                self.assertEqual(task.reminder_ids.state, state)
                self.assertEqual(len(self.texts), int(send_passed))

    def test_task_moved_while_it_waits_and_reminded_of_the_new_start(self):
        self.company.reminder_send_passed = True
        task = self.send_while_down()
        self.pass_time(minutes=30)
        task.planned_date_begin += timedelta(minutes=1)
        self.run_service()
        self.assertEqual(len(self.texts), 1)
        self.assertEqual(task.reminder_ids.state, "done")
        self.assertEqual(self.rows(task).mapped("state"), ["skipped", "sent"])

    def test_task_moved_to_another_company_while_it_waits(self):
        other = self._create_company("Drugi Dom")
        project = self.env["project.project"].create(
            {"name": "Other", "company_id": other.id}
        )
        task = self.send_while_down(user_ids=[])
        task.project_id = project
        self._run_later()
        self.assertFalse(self.texts)
        self.assertEqual(self.rows(task).reason, "moved")
        self.assertEqual(task.reminder_ids.state, "scheduled")

    def test_message_removed_while_it_waits(self):
        early = self.line(duration=61, unit="minutes")
        task = self.send_while_down(early, self.line())
        self.rows(task)[0].message_id.unlink()
        self._run_later()
        self.assertEqual(len(self.texts), 1)
        self.assertEqual(self.rows(task).mapped("state"), ["skipped", "sent"])
        self.assertEqual(self.rows(task)[0].reason, "removed")
        self.assertEqual(sorted(task.reminder_ids.mapped("state")), ["done", "skipped"])

    def test_missed_by_one_after_the_other_was_reminded(self):
        """Who was reminded stays reminded: the line can't be edited any more."""
        self.company.reminder_hourly_limit = 1
        other = self._create_user("second", "Sonia Second", "600 100 204")
        task = self.send(
            self.line("operator"),
            user_ids=[Command.set((self.assignee + other).ids)],
        )
        self.assertEqual(len(self.texts), 1)
        self.pass_time(hours=1, minutes=1)
        self.run_service()
        self.assertFalse(self.texts)
        self.assertEqual(sorted(self.rows(task).mapped("state")), ["missed", "sent"])
        self.assertEqual(task.reminder_ids.state, "done")

    # ------------------------------------------------------------------
    # Mails and SMS that were dropped
    # ------------------------------------------------------------------

    def _send_both_while_down(self):
        """Let an SMS and an e-mail wait; return their rows, the SMS and the mail."""
        self.mail_server.smtp_port = self._get_unused_port()
        task = self.send_while_down(self.line(), self.line(channel="email"))
        rows = self.rows(task)
        self.assertEqual(rows.mapped("state"), ["queued"] * 2)
        texts = self.env["sms.sms"].browse(rows.notification_id.mapped("sms_id_int"))
        mails = rows.message_id.mail_ids
        self.assertEqual((len(texts.exists()), len(mails)), (1, 1))
        return rows, texts.exists(), mails

    def test_nothing_is_left_for_others_to_send(self):
        rows, texts, mails = self._send_both_while_down()
        self.pass_time(hours=1)
        self.run_service()
        self.assertEqual(rows.mapped("state"), ["missed"] * 2)
        self.assertEqual((texts.state, mails.state), ("canceled", "cancel"))
        receipts = rows.notification_id.mapped("notification_status")
        self.assertEqual(receipts, ["canceled"] * 2)

    def test_what_is_not_dropped_leaves(self):
        """One of two mails that are taken together is outdated."""
        self.mail_server.smtp_port = self._get_unused_port()
        dropped, kept = (self.create_task(self.line(channel="email")) for _ in "12")
        self.pass_time(hours=1)
        self.run_service()
        dropped.state = "1_done"
        self.mail_server.smtp_port = self.greeter.server_address[1]
        self._run_later()
        self.assertEqual(len(self.mails), 1)
        self.assertEqual(self.rows(dropped).reason, "closed")
        self.assertEqual(self.rows(kept).state, "sent")

    def test_cancelled_by_an_administrator(self):
        rows, texts, mails = self._send_both_while_down()
        admin = self._create_user("admin2", "Anna Admin", groups="base.group_system")
        texts.with_user(admin).action_set_canceled()
        mails.with_user(admin).cancel()
        self.assertEqual(rows.mapped("state"), ["skipped"] * 2)
        self.assertEqual(rows.mapped("reason"), ["cancelled"] * 2)
        self.assertEqual(rows.reminder_id.mapped("state"), ["skipped"] * 2)
        self.mail_server.smtp_port = self.greeter.server_address[1]
        self._run_later()
        self.assertFalse(self.texts + self.mails)

    def test_deleted_by_an_administrator(self):
        rows, texts, mails = self._send_both_while_down()
        texts.unlink()
        mails.unlink()
        self.mail_server.smtp_port = self.greeter.server_address[1]
        self._run_later()
        self.assertFalse(self.texts + self.mails)
        self.assertEqual(rows.mapped("state"), ["skipped"] * 2)
        self.assertEqual(rows.mapped("reason"), ["removed"] * 2)
