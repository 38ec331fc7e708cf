from contextlib import suppress
from datetime import timedelta
from itertools import product

from odoo.addons.mail.tests.common import mail_new_test_user
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools.mail import email_normalize_all

from .answers import AnswersCommon


@tagged("post_install", "-at_install")
class TestAnswers(AnswersCommon):
    """What is answered to a reminder by mail gets to whom it is for, and no further."""

    def test_b01_assignees_answer_is_a_note_for_the_sender(self):
        task = self.send(self.line("operator", "email"))
        task.message_subscribe(self.customer.ids)
        message = self.answer(task, self.assignee.email)
        self.assertEqual(message.author_id, self.assignee.partner_id)
        self.assert_for_the_sender(message)

    def test_b01_answer_of_an_assignee_who_does_not_follow(self):
        task = self.send(self.line("operator", "email"))
        task.message_subscribe(self.customer.ids)
        task.message_unsubscribe(self.assignee.partner_id.ids)
        message = self.answer(task, self.assignee.email)
        self.assert_for_the_sender(message)

    def test_b01_out_of_office_note_of_an_assignee(self):
        task = self.send(self.line("operator", "email"))
        task.message_subscribe(self.customer.ids)
        headers = "Auto-Submitted: auto-replied\n"
        message = self.answer(task, self.assignee.email, headers)
        self.assert_for_the_sender(message)

    def test_b01_answer_of_an_employee_without_a_user(self):
        employee = self.create_employee("Ewa", work_email="ewa@zielonydom.example")
        task = self.send(
            self.line("operator", "email"),
            user_ids=[],
            reminder_employee_ids=[Command.set(employee.ids)],
        )
        task.message_subscribe(self.customer.ids)
        message = self.answer(task, "ewa@zielonydom.example")
        self.assert_for_the_sender(message)

    def test_b01_customers_answer_is_for_all_who_follow(self):
        for follows in (False, True):
            with self.subTest(follows=follows):
                task = self.send(self.line(channel="email"))
                if follows:
                    task.message_subscribe(self.customer.ids)
                message = self.answer(task, self.customer.email)
                self.assertFalse(message.is_internal)
                self.assertEqual(message.author_id, self.customer)
                self.assertEqual(message.subtype_id, self.env.ref("mail.mt_comment"))
                self.assertIn(self.assignee.partner_id, message.notified_partner_ids)
                self.assertNotIn(self.customer, message.notified_partner_ids)

    def test_b01_assignee_answers_from_an_address_that_nobody_knows(self):
        """Even then the customer, who follows the task, reads nothing of it."""
        task = self.send(self.line("operator", "email"))
        task.message_subscribe(self.customer.ids)
        message = self.answer(task, "adam.private@mail.example")
        self.assertFalse(message.author_id)
        self.assert_for_the_sender(message)

    def _follow(self, task, partner, follows):
        """Have somebody follow a task, or not."""
        change = task.message_subscribe if follows else task.message_unsubscribe
        change(partner.ids)

    def _answer_to_news(self, audience, sender, headers="", follows=True):
        """Have a date set, moved and called off, and each message of it answered.

        :param res.partner sender:
        :param bool follows: whether the sender follows the task
        :return list[tuple]: per message its moment, the answer and who was told of it
        """
        lines = [
            self.line(audience, "email", moment=moment)
            for moment in ("set", "moved", "called_off")
        ]
        task = self.create_task(*lines, planned_date_begin=False)
        task.message_subscribe(self.customer.ids)
        self._follow(task, sender, follows)
        answers = []
        for change in (
            {"planned_date_begin": self.now + timedelta(days=3)},
            {"planned_date_begin": self.now + timedelta(days=4)},
            {"state": "1_canceled"},
        ):
            task.write(change)
            self.pass_time(minutes=5)
            self.run_service()
            self.assertEqual(len(self.mails), 1)
            row = self.rows(task)[-1]
            message = self.answer(task, sender.email, headers, row=row)
            # Odoo has who writes follow the task; the next answer is as the first
            self._follow(task, sender, follows)
            answers.append((row.moment, message, self.told))
        return answers

    def test_b01_answers_to_news_of_the_staff(self):
        assignee = self.assignee.partner_id
        for headers, follows in product(
            ("", "Auto-Submitted: auto-replied\n"), (True, False)
        ):
            answers = self._answer_to_news("operator", assignee, headers, follows)
            moments = [moment for moment, _message, _told in answers]
            self.assertEqual(moments, ["set", "moved", "called_off"])
            for moment, message, told in answers:
                with self.subTest(moment=moment, headers=headers, follows=follows):
                    self.told = told
                    self.assert_for_the_sender(message)

    def test_b01_answers_to_news_of_the_customer(self):
        for follows in (True, False):
            answers = self._answer_to_news("customer", self.customer, follows=follows)
            moments = [moment for moment, _message, _told in answers]
            self.assertEqual(moments, ["set", "moved", "called_off"])
            for moment, message, _told in answers:
                with self.subTest(moment=moment, follows=follows):
                    self.assertFalse(message.is_internal)
                    self.assertEqual(message.author_id, self.customer)
                    comment = self.env.ref("mail.mt_comment")
                    self.assertEqual(message.subtype_id, comment)
                    told = message.notified_partner_ids
                    self.assertIn(self.assignee.partner_id, told)
                    self.assertNotIn(self.customer, told)

    def test_b01_answer_to_a_message_in_another_form(self):
        """The second way of an SMS is answered as an e-mail is."""
        self.company.reminder_sms_second_way = "email"
        self.assignee.partner_id.phone = False
        task = self.send(self.line("operator"))
        self.assertEqual(len(self.mails), 1)
        task.message_subscribe(self.customer.ids)
        message = self.answer(task, self.assignee.email, row=self.rows(task)[-1])
        self.assert_for_the_sender(message)

    def test_b01_answer_to_a_morning_plan_goes_to_the_sender_alone(self):
        """It belongs to no task; it never gets into Odoo, and if so to no customer."""
        self.company.write(
            {
                "reminder_plan": "beside",
                "reminder_plan_hour": 9.0,
                "reminder_plan_mail_template_id": self.env.ref(
                    "crm_task_reminder.mail_template_plan"
                ).id,
            }
        )
        task = self.create_task(starts_in=timedelta(hours=6))
        task.message_subscribe(self.customer.ids)
        self.pass_time(hours=1)
        self.run_service()
        [mail] = self.mails
        self.assertIn(self.sender.email, mail["reply_to"])
        self.assertNotIn("gardens@", mail["reply_to"])
        plan = self.log.search([("plan_day", "!=", False)])
        messages = task.message_ids
        for address in (f"gardens@{self.domain}", self.sender.email):
            for headers in ("", "Auto-Submitted: auto-replied\n"):
                raw = self.write_answer(plan, self.assignee.email, headers)
                raw = raw.replace(f"gardens@{self.domain}", address)
                with self.mock_mail_gateway(), suppress(ValueError):
                    self.env["mail.thread"].message_process(False, raw)
                    told = str([one["email_to"] for one in self._mails])
                    self.assertNotIn(self.customer.email, told)
                self.assertEqual(task.message_ids, messages)

    def test_b01_colleague_who_follows_reads_no_staff_answer_by_mail(self):
        task = self.send(self.line("operator", "email"))
        portal = mail_new_test_user(
            self.env,
            login="portal",
            email="portal@klient.example",
            groups="base.group_portal",
        )
        task.message_subscribe((portal + self.assignee).partner_id.ids)
        message = self.answer(task, self.assignee.email)
        self.assert_for_the_sender(message)

    def test_b01_answer_of_a_colleague_to_a_copy_is_a_note_for_the_sender(self):
        """What the customer was sent may have gone to colleagues, or the office."""
        template = self.env.ref("crm_task_reminder.mail_template_customer")
        ewa, iga = "ewa@zielonydom.example", "Iga_W@zielonydom.example"
        self.create_employee("Ewa", work_email=ewa)
        self.create_employee("Iga", work_email=iga).work_contact_id = False
        senders = (self.assignee.email, ewa, iga.lower(), self.company.email)
        template.email_cc = ", ".join(senders)
        task = self.send(self.line(channel="email"))
        task.message_subscribe(self.customer.ids)
        for sender, headers in product(senders, ("", "Auto-Submitted: auto-replied\n")):
            message = self.answer(task, sender, headers)
            with self.subTest(sender=sender, headers=headers):
                self.assert_for_the_sender(message)
        answer = self.answer(task, self.customer.email)
        self.assertFalse(answer.is_internal)
        # what is said in answer to that is said to the customer
        mail = self.write_answer(self.rows(task), self.assignee.email)
        mail = mail.replace(self.rows(task).message_id.message_id, answer.message_id)
        with self.mock_mail_gateway():
            self.env["mail.thread"].message_process("project.task", mail)
        self.assertFalse(task.message_ids[0].is_internal)

    def test_b01_answer_of_a_customer_who_works_here_is_for_all_who_follow(self):
        """Staff, or a sister company in the same database, may be customers."""
        customer = self.assignee.partner_id
        task = self.send(
            self.line(channel="email"), partner_id=customer.id, user_ids=[]
        )
        task.message_subscribe(self.sender.partner_id.ids)
        self.assertFalse(self.answer(task, customer.email).is_internal)

    def test_b01_answers_come_in_whoever_may_write_to_the_project(self):
        """A project may take new tasks by mail from few; answers were asked for."""
        employee = self.create_employee("Ewa", work_email="ewa@zielonydom.example")
        for policy in ("partners", "followers", "employees"):
            self.project.alias_contact = policy
            for audience, sender in (
                ("customer", self.customer.email),
                ("operator", self.assignee.email),
                ("operator", "ewa@zielonydom.example"),
            ):
                task = self.send(
                    self.line(audience, "email"),
                    reminder_employee_ids=[Command.set(employee.ids)],
                )
                task.message_unsubscribe(task.message_partner_ids.ids)
                row = self.rows(task)[-1]
                known = task.message_ids
                [address] = email_normalize_all(row.message_id.reply_to)
                mail = self.write_answer(row, sender)
                mail = mail.replace(f"gardens@{self.domain}", address)
                with self.mock_mail_gateway():
                    self.env["mail.thread"].message_process("project.task", mail)
                answer = task.message_ids - known
                with self.subTest(policy=policy, sender=sender):
                    self.assertIn("I shall be late", answer.body or "")
                    self.assertEqual(answer.message_type, "email")

    def test_b01_answer_of_a_former_customer_is_a_note_for_the_sender(self):
        """Who is the customer now read it, and from whom it came."""
        nora = self.customer.copy({"name": "Nora", "email": "nora@new.example"})
        task = self.send(self.line(channel="email"))
        task.partner_id = nora
        task.message_subscribe(nora.ids)
        for sender in (self.customer.email, "karol.private@mail.example"):
            message = self.answer(task, sender)
            with self.subTest(sender=sender):
                self.assertTrue(message.is_internal)
                self.assertNotIn(nora, message.notified_partner_ids)
                self.assert_told(self.sender)
        # of the same firm, or the present customer: as ever
        self.assertFalse(self.answer(task, nora.email).is_internal)
        task.partner_id = self.env["res.partner"].create({"name": "Firma ABC"})
        self.customer.parent_id = task.partner_id
        self.assertFalse(self.answer(task, self.customer.email).is_internal)

    def test_b01_answer_from_an_address_that_was_wrong_is_a_note_for_the_sender(self):
        """As what comes by SMS from a number that is not the customer's any more."""
        task = self.send(self.line(channel="email"))
        task.message_subscribe(self.customer.ids)
        former = self.customer.email
        self.customer.email = "karol@new.example"
        self.assert_for_the_sender(self.answer(task, former))
        nora = self.customer.copy({"name": "Nora", "email": former})
        self.assert_for_the_sender(self.answer(task, former))
        # the customer, by whatever address that is known
        self.assertFalse(self.answer(task, self.customer.email).is_internal)
        self.customer.email = f"karol@new.example, {former}"
        self.assertFalse(self.answer(task, former).is_internal)
        # who is not reached any more at all
        self.customer.email = False
        self.assert_for_the_sender(self.answer(task, "karol@new.example"))
        # but the present customer
        task.partner_id = nora
        self.assertFalse(self.answer(task, former).is_internal)
