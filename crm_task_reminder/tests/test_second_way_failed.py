from datetime import timedelta

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..models.sending.second_way import (
    crm_task_reminder_queue,
    crm_task_reminder_second_way,
)
from .second_way import SecondWayCommon


@tagged("post_install", "-at_install")
class TestSecondWayFailed(SecondWayCommon):
    """The second form follows, once, when the first is known to have failed."""

    def test_refused_by_the_gateway(self):
        task = self.send_refused()
        self.assertEqual(self.states(task), [("sms", "failed", "invalid_phone")])
        self.run_service()
        failed, sent = self.rows(task)
        self.assertEqual((sent.channel, sent.state), ("email", "sent"))
        self.assertEqual(sent.instead_of_id, failed)
        self.assertEqual(len(self.mails), 1)
        self.run_service()
        self.assertEqual(self.mails, [])

    def refuse_for_two(self, error="wrong_number_format", email=True):
        """Remind two who share a number, which fails; return task and failed row.

        :param bool email: whether the second of them has an address
        """
        number = self.assignee.partner_id.phone
        second = self._create_user("second", "Sara Second", number)
        second.partner_id.email = email and "second@zielonydom.example"
        line = self.line("operator")
        task = self.create_task(line, user_ids=(self.assignee | second).ids)
        self.pass_time(hours=1)
        self.run_service(sms_error=error)
        [row] = self.rows(task)
        return task, row

    def test_b05_all_who_share_the_number_get_it_in_the_second_form(self):
        """One of them got it; the others' reminder was the one that had failed."""
        task, failed = self.refuse_for_two()
        self.pass_time(minutes=1)
        self.run_service()
        self.assertEqual(
            set(self.addresses), {self.assignee.email, "second@zielonydom.example"}
        )
        self.assertEqual(self.rows(task)[1:].instead_of_id, failed)
        self.run_service()
        self.assertEqual(self.mails, [])

    def test_b05_it_waits_for_credit_where_one_of_them_has_no_other_form(self):
        """That one got nothing in any form."""
        task, row = self.refuse_for_two("insufficient_credit", email=False)
        self.assertEqual((row.state, row.reason), ("queued", "no_credit"))
        self.pass_time(minutes=5)
        self.run_service()
        self.assertEqual((len(self.texts), self.mails), (1, []))
        self.assertEqual(self.rows(task), row)

    def test_b05_none_of_them_gets_both_after_a_late_receipt(self):
        task, failed = self.refuse_for_two()
        self.company.reminder_mail_server_id.smtp_port = self._get_unused_port()
        self.run_service()
        waiting = self.rows(task) - failed
        self.assertEqual(waiting.mapped("state"), ["queued", "queued"])
        failed.notification_id.notification_status = "sent"
        self.company.reminder_mail_server_id.smtp_port = self.greeter.server_address[1]
        self.pass_time(minutes=10)
        self.run_service()
        self.assertEqual(self.mails, [])
        self.assertEqual(waiting.mapped("reason"), ["replaced", "replaced"])

    def test_b05_all_who_share_a_blacklisted_number_are_told_of(self):
        """The log named one of them, and only that one was reached otherwise."""
        number = self.assignee.partner_id.phone
        second = self._create_user("second", "Sara Second", number)
        self.env["phone.blacklist"].add("+48600100201")
        people = self.assignee | second
        task = self.send(self.line("operator"), user_ids=people.ids)
        self.assertFalse(self.mails)
        self.assertEqual(
            set(self.rows(task).mapped("recipient_name")), set(people.mapped("name"))
        )
        self.company.reminder_second_way_blacklisted = True
        self.send(self.line("operator"), user_ids=people.ids)
        self.assertEqual(set(self.addresses), set(people.mapped("email")))

    def test_a_failure_that_nobody_knows_counts_as_well(self):
        task = self.send_refused("something_of_next_year")
        self.assertEqual(self.states(task), [("sms", "failed", "error")])
        for count in (1, 0):
            self.run_service()
            self.assertEqual(len(self.mails), count)

    def test_a_receipt_of_a_failure_that_nobody_knows(self):
        task = self.send(self.line())
        receipt = self.rows(task).notification_id
        receipt.write({"notification_status": "exception", "failure_type": "unknown"})
        self.run_service()
        self.assertEqual(len(self.mails), 1)

    def test_what_is_in_doubt_is_not_followed_by_the_second_form(self):
        task = self.send(self.line())
        self.close_row(self.rows(task), "unconfirmed", "no_answer")
        self.assertFalse(self.rows(task).seeks_second_way)
        self.run_service()
        self.assertEqual(self.mails, [])

    def test_no_credit_does_not_wait(self):
        task = self.send_refused("insufficient_credit")
        self.assertEqual(self.states(task), [("sms", "failed", "no_credit")])
        self.run_service()
        self.assertEqual(len(self.mails), 1)

    def test_who_has_no_email_waits_for_credit(self):
        self.customer.email = False
        task = self.send_refused("insufficient_credit")
        self.assertEqual(self.states(task), [("sms", "queued", "no_credit")])
        self.pass_time(minutes=5)
        self.run_service()
        self.assertEqual(len(self.texts), 1)

    def test_without_a_second_way_it_waits_for_credit(self):
        self.company.reminder_sms_second_way = False
        task = self.send_refused("insufficient_credit")
        self.assertEqual(self.states(task), [("sms", "queued", "no_credit")])

    def test_a_receipt_says_that_it_failed(self):
        task = self.send(self.line())
        receipt = self.rows(task).notification_id
        receipt.write(
            {"notification_status": "bounce", "failure_type": "sms_not_delivered"}
        )
        self.run_service()
        self.assertEqual(len(self.mails), 1)
        # and once more, as providers do
        receipt.write(
            {"notification_status": "exception", "failure_type": "sms_expired"}
        )
        self.run_service()
        self.assertEqual(self.mails, [])

    def test_a_receipt_in_time_keeps_the_second_form_away(self):
        task = self.send_refused()
        self.rows(task).notification_id.notification_status = "sent"
        self.run_service()
        self.assertEqual(self.mails, [])
        self.assertEqual(self.rows(task).state, "delivered")

    def test_a_late_receipt_stops_what_waits(self):
        task = self.send_refused()
        self.company.reminder_mail_server_id.smtp_port = self._get_unused_port()
        self.run_service()
        failed, waiting = self.rows(task)
        self.assertEqual(waiting.state, "queued")
        failed.notification_id.notification_status = "sent"
        self.company.reminder_mail_server_id.smtp_port = self.greeter.server_address[1]
        self.pass_time(minutes=10)
        self.run_service()
        self.assertEqual(self.mails, [])
        self.assertEqual((waiting.state, waiting.reason), ("skipped", "replaced"))

    def test_send_again_is_refused_once_the_second_form_has_left(self):
        task = self.send_refused()
        self.run_service()
        with self.assertRaises(UserError):
            self.rows(task)[0].action_send_again()

    def test_send_again_in_time_keeps_the_second_form_away(self):
        task = self.send_refused()
        self.rows(task).action_send_again()
        self.run_service()
        self.assertEqual(self.mails, [])
        self.assertEqual(len(self.texts), 1)

    def test_the_second_form_fails_too(self):
        self.customer.email = False
        task = self.send_refused()
        self.run_service()
        row = self.rows(task)
        self.assertEqual(row.detail, "E-mail: No e-mail address")
        self.assertFalse(row.seeks_second_way)

    def test_not_for_a_task_that_was_moved(self):
        task = self.send_refused()
        task.planned_date_begin = self.now + timedelta(days=3)
        self.run_service()
        self.assertEqual(self.mails, [])

    def test_not_for_a_closed_task(self):
        task = self.send_refused()
        task.state = "1_done"
        self.run_service()
        self.assertEqual(self.mails, [])

    def test_what_has_failed_is_queued_within_a_minute_however_much_it_is(self):
        self.patch(crm_task_reminder_second_way, "BATCH_SIZE", 3)
        self.patch(crm_task_reminder_queue, "BATCH_SIZE", 3)
        tasks = [self.create_task(self.line()) for _number in range(8)]
        self.pass_time(hours=1)
        self.run_service(sms_error="wrong_number_format")
        failed_at = self.now
        self.pass_time(minutes=1)
        self.run_service()
        seconds = self.log.search([("instead_of_id", "!=", False)])
        self.assertEqual(len(seconds), len(tasks))
        self.assertEqual(len(self.mails), len(tasks))
        self.assertEqual(set(seconds.mapped("create_date")), {self.now})
        self.assertLessEqual(self.now - failed_at, timedelta(seconds=60))

    def test_a_second_look_asks_the_blacklist_once_for_all(self):
        for _number in range(6):
            self.create_task(self.line())
        self.pass_time(hours=1)
        self.run_service(sms_error="wrong_number_format")
        rows = self.log.search([("state", "=", "failed")])
        self.company.reminder_mail_server_id.smtp_port = self._get_unused_port()
        self.run_service()
        rows = self.log.search([("instead_of_id", "in", rows.ids)])
        self.assertEqual(len(rows), 6)
        look = self.env["crm.task.reminder.second.look"]

        def count(members):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.assertEqual(look._filter_addressed(members), members)
            return self.env.cr.sql_log_count - before

        self.assertEqual(count(rows), count(rows[:1]))
