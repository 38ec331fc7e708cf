from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from .second_way import MAIL, SecondWayCommon


@tagged("post_install", "-at_install")
class TestSecondWay(SecondWayCommon):
    """Who can't be reached by SMS gets an e-mail, once, and the other way round."""

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

    def test_b05_another_companys_line_makes_no_second_form_needless(self):
        other = self._create_company("Wärmewerk", "de", "Europe/Berlin")
        self.project.company_id = False
        self.customer.phone = False
        theirs = self.line(channel="email", company_id=other.id)
        self.send(self.line(), theirs, company_id=False)
        self.assertEqual(self.addresses, [MAIL])

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
