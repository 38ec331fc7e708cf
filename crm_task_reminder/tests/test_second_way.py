from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from ..models.sending.second_way import (
    crm_task_reminder_queue,
    crm_task_reminder_second_way,
)
from .common import ReminderCommon

MAIL = "karol@klient.example"


@tagged("post_install", "-at_install")
class TestSecondWay(ReminderCommon):
    """Who can't be reached by SMS gets an e-mail, once, and the other way round."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.reminder_sms_second_way = "email"

    def rows(self, task):
        return self.log.search([("task_id", "=", task.id)], order="id")

    def states(self, task):
        return [(row.channel, row.state, row.reason) for row in self.rows(task)]

    # ------------------------------------------------------------------
    # Known beforehand
    # ------------------------------------------------------------------

    def test_no_number_so_by_email(self):
        self.customer.phone = False
        task = self.send(self.line())
        self.assertEqual(self.addresses, [MAIL])
        self.assertEqual(self.texts, [])
        refused, sent = self.rows(task)
        self.assertEqual((refused.state, refused.reason), ("skipped", "no_phone"))
        self.assertEqual((sent.channel, sent.state), ("email", "sent"))
        self.assertEqual(sent.instead_of_id, refused)
        self.assertEqual(sent.instead_of_text, "SMS: No phone number")
        self.assertEqual(task.reminder_ids.state, "done")

    def test_a_landline_gets_no_sms(self):
        self.customer.phone = "22 123 45 67"
        task = self.send(self.line())
        self.assertEqual(
            self.states(task),
            [("sms", "skipped", "landline"), ("email", "sent", False)],
        )
        self.assertEqual(self.texts, [])

    def test_a_landline_is_told_without_a_second_way(self):
        self.company.reminder_sms_second_way = False
        self.customer.phone = "22 123 45 67"
        task = self.send(self.line())
        self.assertEqual(self.states(task), [("sms", "skipped", "landline")])
        self.assertEqual(self.mails, [])

    def test_a_wrong_number(self):
        self.customer.phone = "12"
        task = self.send(self.line())
        self.assertEqual(
            self.states(task),
            [("sms", "skipped", "invalid_phone"), ("email", "sent", False)],
        )

    def test_neither_form_is_possible(self):
        self.customer.write({"phone": False, "email": False})
        task = self.send(self.line())
        row = self.rows(task)
        self.assertEqual(row.reason, "no_phone")
        self.assertEqual(row.detail, "E-mail: No e-mail address")

    def test_the_other_way_round(self):
        self.company.reminder_email_second_way = "sms"
        self.customer.email = False
        task = self.send(self.line(channel="email"))
        self.assertEqual([number for number, _text in self.texts], ["+48600100200"])
        self.assertEqual(
            self.states(task),
            [("email", "skipped", "no_email"), ("sms", "sent", False)],
        )

    def test_no_account_so_by_sms(self):
        self.company.write(
            {"reminder_email_second_way": "sms", "reminder_mail_server_id": False}
        )
        task = self.send(self.line(channel="email"))
        self.assertEqual(len(self.texts), 1)
        self.assertEqual(
            self.states(task),
            [("email", "skipped", "no_account"), ("sms", "sent", False)],
        )

    def test_blacklisted_is_no_reason_unless_the_company_says_so(self):
        self.env["phone.blacklist"].add("+48600100200")
        task = self.send(self.line())
        self.assertEqual(self.states(task), [("sms", "skipped", "blacklisted")])
        self.company.reminder_second_way_blacklisted = True
        task = self.send(self.line())
        self.assertEqual(
            self.states(task),
            [("sms", "skipped", "blacklisted"), ("email", "sent", False)],
        )

    def test_blacklisted_in_both_forms(self):
        self.company.reminder_second_way_blacklisted = True
        self.env["phone.blacklist"].add("+48600100200")
        self.env["mail.blacklist"]._add(MAIL)
        task = self.send(self.line())
        self.assertEqual(self.states(task), [("sms", "skipped", "blacklisted")])
        self.assertEqual(self.mails, [])

    def test_both_forms_set_anyway(self):
        self.customer.phone = False
        self.send(self.line(), self.line(channel="email"))
        self.assertEqual(len(self.mails), 1)

    def test_a_line_without_a_template_tells_nobody(self):
        self.customer.phone = False
        task = self.send(
            self.line(), self.line(channel="email", mail_template_id=False)
        )
        self.assertEqual(self.addresses, [MAIL])
        [sent] = self.rows(task).filtered(lambda row: row.state == "sent")
        self.assertEqual(sent.reminder_id.channel, "sms")

    def test_a_line_for_done_tasks_tells_nothing_of_an_open_one(self):
        self.customer.phone = False
        after = {"moment": "after_end", "duration": 1}
        self.send(
            self.line(**after, task_states="open"),
            self.line(**after, channel="email", task_states="done"),
            date_deadline=self.now,
            planned_date_begin=self.now - timedelta(hours=1),
        )
        self.assertEqual(len(self.mails), 1)

    def test_a_line_about_another_date_does_not_tell_the_same(self):
        self.customer.phone = False
        self.send(
            self.line(),
            self.line(channel="email", moment="before_end", duration=3),
            date_deadline=self.now + timedelta(hours=4),
        )
        self.assertEqual(len(self.mails), 2)

    def test_both_forms_of_which_one_is_repeated(self):
        repeated = {"repeat_unit": "hours", "repeat_every": 1, "repeat_count": 2}
        self.create_task(
            self.line(duration=3, **repeated),
            self.line(channel="email", duration=3),
            starts_in=timedelta(hours=4),
        )
        count = 0
        for _hour in range(3):
            self.pass_time(hours=1)
            for _run in range(2):
                self.run_service(sms_error="wrong_number_format")
                count += len(self.mails)
        # the line's own, and that in place of the second SMS
        self.assertEqual(count, 2)

    def test_two_people_at_one_address_get_one_message(self):
        self.customer.phone = False
        worker = self.create_employee("Ewa", work_email="ewa@zielonydom.example")
        other = self.create_employee("Iga", work_email="ewa@zielonydom.example")
        self.send(
            self.line("operator"),
            user_ids=[],
            reminder_employee_ids=[fields.Command.set((worker + other).ids)],
        )
        self.assertEqual(len(self.mails), 1)

    def test_a_number_that_comes_later_brings_no_second_message(self):
        self.customer.phone = False
        task = self.send(self.line())
        self.customer.phone = "600 100 200"
        self.assertFalse(task.reminder_ids.can_send_now)
        with self.assertRaises(UserError):
            task.reminder_ids.action_send_now()
        self.run_service()
        self.assertEqual(self.texts + self.mails, [])

    # ------------------------------------------------------------------
    # Known afterwards
    # ------------------------------------------------------------------

    def send_refused(self, error="wrong_number_format", **values):
        task = self.create_task(self.line(), **values)
        self.pass_time(hours=1)
        self.run_service(sms_error=error)
        return task

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

    # ------------------------------------------------------------------
    # What a person sees
    # ------------------------------------------------------------------

    def is_in_the_filter(self, task):
        domain = [("id", "=", task.id), ("reminder_not_sent", "=", True)]
        return bool(self.env["project.task"].search(domain))

    def test_who_got_the_second_form_was_reminded(self):
        self.customer.phone = False
        task = self.send(self.line())
        self.assertFalse(task.reminder_not_sent)
        self.assertFalse(self.is_in_the_filter(task))
        self.customer.phone = "600 100 200"
        failed = self.send_refused()
        self.assertTrue(failed.reminder_not_sent)
        self.assertTrue(self.is_in_the_filter(failed))

    def test_who_got_neither_form_was_not(self):
        self.customer.write({"phone": False, "email": False})
        task = self.send(self.line())
        self.assertTrue(task.reminder_not_sent)
        self.assertTrue(self.is_in_the_filter(task))

    def test_said_beforehand(self):
        self.customer.phone = False
        task = self.create_task(self.line())
        people = self.people(task, "customer")
        self.assertIn(MAIL, people)
        self.assertIn("(No phone number)", people)
        self.assertNotIn("text-danger", people)

    def test_a_landline_typed_as_the_tasks_number_is_told_at_once(self):
        task = self.create_task(self.line()).with_user(self.assignee)
        with Form(task, "project.view_task_form2") as form:
            form.reminder_phone = "22 123 45 67"
            people = self.people(form)
            self.assertIn("A landline takes no SMS", people)
            self.assertIn(MAIL, people)
        self.assertEqual(task.reminder_ids.shown_state, "scheduled")
        self.company.reminder_sms_second_way = False
        self.env.invalidate_all()
        self.assertIn("A landline takes no SMS", self.people(task))
        self.assertNotIn(MAIL, self.people(task))
        self.assertEqual(task.reminder_ids.shown_state, "blocked")
        with self.assertRaisesRegex(UserError, "landline"):
            task.reminder_ids.action_send_now()

    def test_the_preview_shows_the_second_form(self):
        self.customer.phone = False
        task = self.create_task(self.line())
        preview = self.env["crm.task.reminder.preview"].create(
            {"reminder_id": task.reminder_ids.id}
        )
        self.assertIn(MAIL, preview.content)
