from datetime import timedelta

from odoo.addons.crm_task_reminder.tools.incoming import IncomingText
from odoo.fields import Command
from odoo.tests import tagged

from .common import NUMBER, TextCommon


@tagged("post_install", "-at_install")
class TestText(TextCommon):
    """Which task a text is about, and what becomes of it."""

    def test_yes_no_and_another_time(self):
        task = self.send(self.line())
        for body, kind in {
            "Tak, będę": "coming",
            "Sorry, can't make it": "declined",
            "yes but later": "other",
        }.items():
            self.pass_time(minutes=1)
            received = self.write_text(body)
            answer = task.reminder_answer_ids
            self.assertEqual((answer.kind, answer.text), (kind, body))
            self.assertEqual((answer.way, received.outcome), ("sms", "answer"))
            self.assertEqual(received.task_id, task)
            self.assertIn("By SMS", task.reminder_answer_text)
            self.assertIn(body, task.reminder_answer_text)
        self.assertEqual(task.reminder_answer, "other")

    def test_who_has_dealt_with_an_answer_hears_of_the_next_one(self):
        """It was written onto the activity that was done, which nobody sees."""
        # between the tests nothing is committed that would have to be waited for
        self.patch(self.registry[self.answers._name], "_take_turn", lambda _self: None)
        provider = self.env["crm.task.reminder.sms.provider"]
        task = self.send(self.line())
        for number, body in enumerate(("nie", "yes but later", "ok?", "ok??")):
            text = IncomingText("test", f"M{number}", NUMBER, body)
            provider._receive_text(self.company, text)
            [activity] = task.activity_ids
            self.assertIn(body, activity.note)
            activity.with_user(self.assignee).action_feedback()
            self.env.invalidate_all()

    def test_b01_a_task_that_another_company_has_now_is_for_a_person(self):
        """The link of that message opens nothing any more either."""
        other = self._create_company("Wärmewerk", "de", "Europe/Berlin")
        project = self.env["project.project"].create(
            {"name": "Boilers", "company_id": other.id}
        )
        hanna = self._create_user("hanna", "Hanna", company=other)
        task = self.send(self.line())
        task.with_context(allowed_company_ids=[]).sudo().write(
            {
                "project_id": project.id,
                "company_id": other.id,
                "user_ids": [Command.set(hanna.ids)],
            }
        )
        self.assertEqual(self.write_text("tak").outcome, "moved")
        self.assertFalse(task.reminder_answer)
        self.assertEqual(task.activity_ids.user_id, hanna)
        self.assertFalse(self.env["sms.sms"].search([("state", "=", "outgoing")]))

    def test_b01_the_next_text_is_for_who_may_read_the_task_now(self):
        task = self.send(self.line())
        self.write_text("Halo?")
        self.assertEqual(task.activity_ids.user_id, self.assignee)
        task.user_ids = self._create_user("sonia", "Sonia")
        self.project.privacy_visibility = "followers"
        task.message_unsubscribe(self.assignee.partner_id.ids)
        self.env.invalidate_all()
        self.write_text("Kto to?")
        self.assertEqual(task.activity_ids.user_id, task.user_ids)
        self.assertIn("Kto to?", task.activity_ids.note)
        self.assertIn("Halo", task.activity_ids.note)

    def test_b01_a_number_that_is_not_the_customers_any_more_is_for_a_person(self):
        """Whoever has it can't answer for the customer; nor does the link open."""
        changes = {
            "corrected": lambda task: task.partner_id.write({"phone": "600 100 299"}),
            "another one chosen": lambda task: task.write(
                {"reminder_phone": "600 100 298"}
            ),
            "archived": lambda task: task.partner_id.write({"active": False}),
        }
        for name, change in changes.items():
            with self.subTest(name):
                task = self.send(self.line(), partner_id=self.customer.copy().id)
                change(task)
                received = self.write_text("nie")
                self.assertEqual(received.outcome, "former")
                self.assertFalse(task.reminder_answer_ids)
                self.assertEqual(len(task.activity_ids), 1)
                self.assertNotEqual(task.message_ids[0].author_id, task.partner_id)
                self.assertIn("nie", task.message_ids[0].body)
                self.assertIn(NUMBER, task.message_ids[0].body)
                task.unlink()

    def test_b01_an_answer_is_for_the_company_that_was_written_to(self):
        """Of a task that several remind of, as by the link of the message."""
        other = self._create_company("Wärmewerk", "de", "Europe/Berlin")
        hanna = self._create_user("hanna", "Hanna", company=other)
        self._switch_on(other, hanna, self.mail_server)
        self.project.company_id = self.project.user_id = False
        own, later = self.line(), self.line(duration=30, unit="minutes")
        task = self.create_task(own, user_ids=[], company_id=False)
        self.env["crm.task.reminder"].create(
            {**later, "task_id": task.id, "company_id": other.id}
        )
        self.pass_time(minutes=90)
        self.run_service()
        self.assertEqual(len(self.texts), 2)
        for body, company, users in (
            ("nie", other, hanna),
            ("inny termin", self.company, hanna + self.sender),
            ("nie", other, hanna + self.sender),
        ):
            self.pass_time(minutes=1)
            self.write_text(body, company=company)
            self.assertEqual(task.activity_ids.user_id, users)
            self.assertEqual(len(task.activity_ids), len(users))

    def test_a03_notes_and_receipts_tell_no_address_of_the_customer(self):
        """Who reads the task need not read the customer, nor who reads receipts."""
        self.project.company_id = False
        task = self.send(self.line(), company_id=False)
        self.write_text("Halo?")
        self.write_text("tak")
        self.answer(task, "other", text="Friday?")
        task.reminder_phone = "600 100 298"
        self.assertEqual(self.write_text("nie").outcome, "former")
        notes = task.message_ids - self.rows(task).message_id
        [thanks] = notes.notification_ids
        self.assertEqual(thanks.sms_id.number, NUMBER)
        self.assertFalse(thanks.sms_number)
        told = notes.read(["body", "email_from", "reply_to"])
        told += task.activity_ids.read(["note", "summary"])
        self.assertIn("Friday?", str(told))
        for secret in ("100200", self.customer.email):
            self.assertNotIn(secret, str(told))

    def test_b01_a_number_counts_for_the_task_whose_customer_still_has_it(self):
        former, task = self.send(self.line()), self.send(self.line())
        former.reminder_phone = "600 100 298"
        self.assertEqual(self.write_text("tak").outcome, "answer")
        self.assertEqual(
            (task.reminder_answer, former.reminder_answer), ("coming", False)
        )

    def test_it_changes_nothing_of_the_task(self):
        task = self.send(self.line())
        self.env.flush_all()
        names = ["state", "stage_id", "active", "planned_date_begin", "write_date"]
        before = task.read(names)
        for body in ("tak", "nie", "proszę odwołać", "STOP", "bla bla", "inny termin"):
            self.pass_time(minutes=1)
            self.write_text(body)
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(task.read(names), before)

    def test_unclear_ones_are_for_a_person(self):
        task = self.send(self.line())
        received = self.write_text("A czy mogę <b>z psem</b>?")
        self.assertEqual(received.outcome, "unclear")
        self.assertFalse(task.reminder_answer)
        self.assertIn("z psem", task.message_ids[0].body)
        self.assertIn("&lt;b&gt;", task.message_ids[0].body)
        self.assertEqual(task.message_ids[0].author_id, self.customer)
        self.assertTrue(task.message_ids[0].is_internal)
        self.assertEqual(task.activity_ids.user_id, self.assignee)
        self.write_text("Halo?")
        [activity] = task.activity_ids
        self.assertIn("z psem", activity.note)
        self.assertIn("Halo", activity.note)

    def test_thanks_are_noted_and_nobody_has_to_do_anything(self):
        task = self.send(self.line())
        self.assertEqual(self.write_text("Dziękuję!").outcome, "thanks")
        self.assertFalse(task.activity_ids)
        self.assertFalse(task.reminder_answer)
        self.assertIn("Dziękuję", task.message_ids[0].body)

    def test_several_upcoming_ones_are_for_a_person(self):
        first = self.send(self.line(), starts_in=timedelta(hours=2))
        second = self.create_task(self.line(), starts_in=timedelta(minutes=90))
        self.pass_time(minutes=40)
        self.run_service()
        self.assertEqual(self.write_text("TAK").outcome, "several")
        self.assertFalse(first.reminder_answer or second.reminder_answer)
        self.assertEqual(len(second.activity_ids), 1, "the one written about last")
        self.assertFalse(first.activity_ids)
        # once the first has begun, there is one left
        self.pass_time(minutes=25)
        self.assertEqual(self.write_text("TAK").outcome, "answer")
        self.assertEqual(second.reminder_answer, "coming")

    def test_an_ended_task_is_not_the_one(self):
        old = self.send(self.line())
        self.pass_time(hours=2)
        task = self.send(self.line())
        self.assertEqual(self.write_text("nie").outcome, "answer")
        self.assertEqual(task.reminder_answer, "declined")
        self.assertFalse(old.reminder_answer_ids)

    def test_after_the_start_a_person_reads_it(self):
        task = self.send(self.line())
        self.pass_time(hours=2)
        self.assertEqual(self.write_text("ok").outcome, "begun")
        self.assertFalse(task.activity_ids, "nothing is to be done about it")
        self.assertEqual(self.write_text("nie przyjdę").outcome, "begun")
        self.assertEqual(len(task.activity_ids), 1)
        self.assertFalse(task.reminder_answer_ids)
        self.pass_time(days=8)
        self.assertEqual(self.write_text("halo").outcome, "unknown")

    def test_a_done_or_cancelled_task_takes_no_answer(self):
        for state in ("1_done", "1_canceled"):
            task = self.send(self.line())
            task.state = state
            self.write_text("tak")
            self.assertFalse(task.reminder_answer_ids)

    def test_a_moved_start_is_for_a_person(self):
        task = self.send(self.line())
        task.planned_date_begin += timedelta(days=1)
        self.assertEqual(self.write_text("tak").outcome, "moved")
        self.assertFalse(task.reminder_answer_ids)
        self.assertEqual(len(task.activity_ids), 1)

    def test_another_customer_is_not_meant(self):
        task = self.send(self.line())
        task.partner_id = self.customer.copy({"phone": "600 100 222"})
        self.assertEqual(self.write_text("tak").outcome, "unknown")
        self.assertFalse(task.reminder_answer_ids)

    def test_what_operators_got_is_not_answered(self):
        task = self.send(self.line("operator"))
        self.assertEqual(self.write_text("tak", "+48600100201").outcome, "unknown")
        self.assertFalse(task.reminder_answer_ids)

    def test_unknown_numbers_change_nothing(self):
        task = self.send(self.line())
        messages = self.env["mail.message"].search_count([])
        for number in ("+48600999999", "Orange", "7055", "+1", "", "🦄" * 40):
            received = self.write_text("tak", number)
            self.assertEqual(received.outcome, "unknown", number)
        self.assertEqual(self.env["mail.message"].search_count([]), messages)
        self.assertFalse(task.reminder_answer_ids)

    def test_companies_have_their_own_accounts(self):
        task = self.send(self.line())
        other = self._create_company("Wärmewerk", "de", "Europe/Berlin")
        self.assertEqual(self.write_text("tak", company=other).outcome, "unknown")
        self.assertFalse(task.reminder_answer_ids)
        self.assertEqual(self.write_text("tak").outcome, "answer")

    def test_an_sms_in_doubt_may_have_arrived(self):
        task = self.send_while_down()
        row = self.rows(task)
        self.close_row(row, "unconfirmed", "no_answer")
        self.assertFalse(row.handed_over_at)
        self.assertEqual(self.write_text("tak").outcome, "answer")

    def test_out_of_order_the_later_text_counts(self):
        task = self.send(self.line())
        written = [self.now + timedelta(minutes=minute) for minute in (1, 2)]
        self.pass_time(minutes=10)
        self.write_text("nie", sent_at=written[1])
        received = self.write_text("tak", sent_at=written[0])
        self.assertEqual(received.outcome, "older")
        self.assertEqual(task.reminder_answer, "declined")
        self.write_text("tak", sent_at=self.now - timedelta(minutes=1))
        self.assertEqual(task.reminder_answer, "coming")

    def test_what_was_said_otherwise_since_counts(self):
        task = self.send(self.line())
        written = self.now
        self.pass_time(minutes=1)
        self.answer(task, "declined")
        self.assertEqual(self.write_text("tak", sent_at=written).outcome, "older")
        self.assertEqual(task.reminder_answer, "declined")

    def test_a_text_from_before_the_message_is_about_another_one(self):
        first = self.send(self.line(duration=5), starts_in=timedelta(hours=6))
        written = self.now
        self.pass_time(minutes=30)
        second = self.send(self.line(), starts_in=timedelta(hours=2))
        self.assertEqual(self.write_text("tak", sent_at=written).task_id, first)
        self.assertEqual(first.reminder_answer, "coming")
        self.assertFalse(second.reminder_answer)
