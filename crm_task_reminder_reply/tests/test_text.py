from datetime import datetime, timedelta

from odoo import fields
from odoo.addons.crm_task_reminder.tests.common import NOW
from odoo.addons.crm_task_reminder.tools.incoming import IncomingText
from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..models.text.take.crm_task_reminder_text import HOURLY_LIMIT
from .common import ReplyCommon

TEXT_MODULE = "odoo.addons.crm_task_reminder_reply.models.text.crm_task_reminder_text"
NUMBER = "+48600100200"


class TextCommon(ReplyCommon):
    """Customers who write SMS."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.texts_in = cls.env["crm.task.reminder.text"]
        cls.blacklist = cls.env["phone.blacklist"]

    def write_text(self, body, number=NUMBER, company=None, ident=None, **values):
        """Let a text come in; return what is kept of it."""
        self.count = getattr(self, "count", 0) + 1
        text = IncomingText("test", ident or f"M{self.count}", number, body, **values)
        return self.texts_in._receive_text(company or self.company, text)

    def is_blacklisted(self, number=NUMBER):
        return bool(self.blacklist.search_count([("number", "=", number)]))


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

    def test_what_no_database_takes_is_left_out(self):
        self.send(self.line())
        received = self.write_text("T\0AK", f"\0{NUMBER}\0", ident="M\0one")
        self.assertEqual((received.body, received.number), ("TAK", NUMBER))
        self.assertEqual((received.ident, received.outcome), ("Mone", "answer"))
        again = self.write_text("TAK", NUMBER, ident="M\0one")
        self.assertFalse(again, "the same name")

    def test_a_time_of_the_first_year_is_taken(self):
        self.send(self.line())
        received = self.write_text("TAK", sent_at=datetime(1, 1, 1))
        self.assertEqual(received.outcome, "unknown")

    def test_the_appointment_s_own_time_and_day_are_known(self):
        task = self.send(self.line(duration=20), starts_in=timedelta(hours=21))
        task.partner_id.tz = "Europe/Warsaw"
        start = fields.Datetime.context_timestamp(
            task.with_context(tz="Europe/Warsaw"), task.planned_date_begin
        )
        for body, outcome in {
            f"Tak, będę o {start:%H:%M}": "answer",
            f"see you on {start:%A} at {start:%H:%M}": "answer",
            f"Tak, będę {start:%d.%m.%Y} o {start:%H.%M}": "answer",
            f"Tak, będę o {start + timedelta(hours=1):%H:%M}": "unclear",
            f"see you on {start + timedelta(days=1):%A}": "unclear",
        }.items():
            self.assertEqual(self.write_text(body).outcome, outcome, body)

    def test_b08_the_time_is_read_by_the_clock_that_it_was_told_by(self):
        """Odoo copies the zone of whoever enters a contact, which told no time."""
        for zone in ("Asia/Kolkata", "Europe/Berlin"):
            self.customer.tz = zone
            task = self.send(self.line())
            self.assertIn("10:00", self.texts[0][1])
            for body, outcome in {
                "Tak, będę o 10:00": "answer",
                "Tak, będę o 13:30": "unclear",
            }.items():
                self.assertEqual(self.write_text(body).outcome, outcome, body)
            task.unlink()
            self.set_now(NOW)

    def test_b07_the_time_is_read_where_a_zone_is_none_any_more(self):
        self.send(self.line())
        self.env.cr.execute("UPDATE res_partner SET tz = 'US/Pacific-New'")
        self.env.cr.execute("UPDATE crm_task_reminder_link SET tz = 'US/Pacific-New'")
        self.env.invalidate_all()
        self.assertEqual(self.write_text("Tak, będę o 10:00").outcome, "answer")

    def test_b07_activity_of_who_has_no_zone_has_the_companys(self):
        self.assignee.tz = self.env.user.tz = False
        for _number in range(2):
            self.send(self.line(duration=2), starts_in=timedelta(hours=3))
        self.assertEqual(self.write_text("tak").outcome, "several")
        [activity] = self.env["mail.activity"].search(
            [("user_id", "=", self.assignee.id)]
        )
        self.assertIn("11:00 AM", activity.note)
        self.assertNotIn("09:00 AM", activity.note)

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
                task.unlink()

    def test_b01_a_number_counts_for_the_task_whose_customer_still_has_it(self):
        former, task = self.send(self.line()), self.send(self.line())
        former.reminder_phone = "600 100 298"
        self.assertEqual(self.write_text("tak").outcome, "answer")
        self.assertEqual(
            (task.reminder_answer, former.reminder_answer), ("coming", False)
        )

    def test_b09_start_on_the_last_day_of_the_calendar(self):
        line = self.line(moment="set")
        for zone, country in {
            "Europe/Warsaw": "base.pl",
            "Asia/Tokyo": "base.jp",
        }.items():
            self.customer.write({"tz": zone, "phone": "+48 600 100 200"})
            self.customer.country_id = self.env.ref(country)
            task = self.create_task(dict(line), planned_date_begin=False)
            task.planned_date_begin = datetime(9999, 12, 31, 23, 59, 59)
            self.pass_time(minutes=6)
            self.run_service()
            for body in ("tak", "nie"):
                self.assertEqual(self.write_text(body).outcome, "answer")
            self.assertEqual(task.reminder_answer, "declined")
            task.unlink()

    def test_the_writer_s_name_and_the_day_are_known(self):
        task = self.send(self.line(duration=20), starts_in=timedelta(hours=21))
        task.partner_id.name = "Anna Nowak"
        for body, outcome in {
            "Tak. Pozdrawiam, Anna Nowak": "answer",
            "Tak. Pozdrawiam, Jan Kowalski": "unclear",
            "do zobaczenia jutro": "answer",
            "do zobaczenia dzisiaj": "unclear",
        }.items():
            self.assertEqual(self.write_text(body).outcome, outcome, body)
        task.partner_id.write({"name": "Faktura", "is_company": True})
        self.assertEqual(self.write_text("Tak, faktura").outcome, "unclear")

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

    def test_ten_thousand_repeated_ones_are_one(self):
        task = self.send(self.line())
        for number in range(10_000):
            self.write_text("tak" if number % 2 else "nie", ident="SM1")
        [received] = self.texts_in.search([("ident", "=", "SM1")])
        self.assertEqual(received.body, "nie")
        self.assertEqual(task.reminder_answer, "declined")
        self.assertEqual(len(task.activity_ids), 1)

    def test_one_number_is_heard_so_often_in_an_hour(self):
        self.send(self.line())
        with mute_logger(TEXT_MODULE):
            for number in range(HOURLY_LIMIT + 5):
                self.write_text(f"bla {number}")
            kept = self.texts_in.search_count([("number", "=", NUMBER)])
            self.assertEqual(kept, HOURLY_LIMIT)
            self.write_text("STOP")
        self.assertTrue(self.is_blacklisted(), "that is heard at any time")
        self.pass_time(hours=2)
        self.assertTrue(self.write_text("bla"))

    def test_an_oversized_one_is_cut(self):
        task = self.send(self.line())
        received = self.write_text("später " * 1000 + "\0")
        self.assertLessEqual(len(received.body), 1600)
        self.assertEqual(len(task.reminder_answer_ids.text), 500)

    def test_only_managers_read_the_list_each_of_the_own_company(self):
        self.send(self.line())
        received = self.write_text("bla")
        manager = self._create_user("pm", "Pia", groups="project.group_project_manager")
        self.assertEqual(received.with_user(manager).body, "bla")
        for change in ("write", "unlink", "create"):
            with self.assertRaises(AccessError):
                received.with_user(manager).check_access(change)
        with self.assertRaises(AccessError):
            _unread = received.with_user(self.assignee).body
        other = self._create_company("Other")
        foreign = self._create_user(
            "fpm", "Fred", groups="project.group_project_manager", company=other
        )
        texts = self.texts_in.with_user(foreign)
        texts = texts.with_context(allowed_company_ids=other.ids)
        self.assertFalse(texts.search([]))

    def test_old_ones_are_removed(self):
        received = self.write_text("bla")
        self.pass_time(days=400)
        self.texts_in._gc_old_texts()
        self.assertFalse(received.exists())


@tagged("post_install", "-at_install")
class TestStop(TextCommon):
    """Who wants no more SMS gets none."""

    def test_stop_comes_before_all_else(self):
        first = self.send(self.line(duration=2), starts_in=timedelta(hours=3))
        waiting = self.create_task(self.line(), starts_in=timedelta(hours=4))
        received = self.write_text("Stop.")
        self.assertEqual(received.outcome, "stop")
        self.assertTrue(self.is_blacklisted())
        self.assertIn("Stop.", first.message_ids[0].body)
        self.assertFalse(first.reminder_answer_ids)
        self.pass_time(hours=3)
        self.run_service()
        self.assertFalse(self.texts)
        self.assertEqual(self.rows(waiting).reason, "blacklisted")

    def test_stop_of_a_number_that_nobody_has_written_to(self):
        self.assertEqual(self.write_text("STOP", "+48600999998").outcome, "stop")
        self.assertTrue(self.is_blacklisted("+48600999998"))
        self.assertFalse(self.env["sms.sms"].search([("number", "=", "+48600999998")]))

    def test_stop_twice_is_said_once(self):
        self.write_text("STOP")
        [entry] = self.blacklist.search([("number", "=", NUMBER)])
        count = len(entry.message_ids)
        self.write_text("STOP")
        self.assertEqual(len(entry.message_ids), count)
        self.assertIn("STOP", entry.message_ids[0].body)
        self.assertIn("Zielony Dom", entry.message_ids[0].body)

    def test_staff_is_not_cut_off_by_a_forged_one(self):
        received = self.write_text("STOP", "+48600100201")
        self.assertEqual(received.outcome, "staff")
        self.assertFalse(self.is_blacklisted("+48600100201"))

    def test_stop_of_what_is_no_number(self):
        for number in ("Orange", "+Orange", "7055", "+7055", "+1", ""):
            self.write_text("STOP", number)
        self.assertFalse(self.blacklist.search([]))

    def test_stop_where_the_company_is_switched_off(self):
        self.company.reminder_enabled = False
        self.write_text("STOP")
        self.assertTrue(self.is_blacklisted())


@tagged("post_install", "-at_install")
class TestReceipt(TextCommon):
    """Who has answered is told what was understood, and two robots don't talk."""

    def get_receipts(self):
        """Return the SMS that wait in Odoo's own queue."""
        return self.env["sms.sms"].search([("state", "=", "outgoing")], order="id")

    def test_what_was_understood_is_told_in_the_reader_s_language(self):
        for body, word in {
            "tak": "You have confirmed: Tue 14 Jul",
            "nie": "can't come: Tue 14 Jul",
            "inny termin": "asked for another time",
        }.items():
            task = self.send(self.line())
            self.write_text(body)
            receipt = self.get_receipts()[-1]
            self.assertIn(word, receipt.body)
            self.assertEqual(receipt.number, NUMBER)
            self.assertEqual(receipt.record_company_id, self.company)
            self.assertEqual(receipt.mail_message_id.res_id, task.id)
            self.assertEqual(
                receipt.mail_message_id.author_id, self.operator.partner_id
            )
            self.pass_time(hours=2)

    def test_e03_the_zone_is_named_as_in_the_reminder(self):
        london = {"country_id": self.env.ref("base.uk").id, "tz": "Europe/London"}
        self.customer.write({**london, "phone": "+44 7400 123456"})
        self.send(self.line())
        [(number, text)] = self.texts
        when = "Tue 14 Jul, 09:00 AM (London)"
        self.assertIn(when, text)
        self.write_text("yes", number)
        self.assertIn(when, self.get_receipts().body)

    def test_one_in_an_hour_at_most(self):
        self.send(self.line(duration=29), starts_in=timedelta(hours=30))
        for _time in range(6):
            self.write_text("tak")
            self.write_text("nie")
            self.pass_time(minutes=10)
        self.assertEqual(len(self.get_receipts()), 1)
        self.pass_time(minutes=1)
        self.write_text("tak")
        self.assertEqual(len(self.get_receipts()), 2)

    def test_what_is_not_clear_gets_none(self):
        self.send(self.line())
        for body in ("bla", "Dziękuję", "Nie mogę rozmawiać, oddzwonię", "STOP"):
            self.write_text(body)
        self.assertFalse(self.get_receipts())

    def test_a_company_may_send_none(self):
        self.company.reminder_sms_receipts = False
        self.send(self.line())
        self.write_text("tak")
        self.assertFalse(self.get_receipts())

    def test_a_company_that_sends_nothing_thanks_nobody(self):
        """The answer counts; nothing leaves in the name of who has not agreed to it."""
        for change in (
            {"reminder_enabled": False},
            {"reminder_user_id": False},
            {"reminder_seal": "broken"},
            {"active": False},
        ):
            task = self.send(self.line())
            with self.subTest(change=change), self.env.cr.savepoint() as savepoint:
                if "active" in change:
                    # Odoo archives none that has users
                    self.company.flush_recordset()
                    self.env.cr.execute("UPDATE res_company SET active = FALSE")
                    self.env.invalidate_all()
                else:
                    self.company.write(change)
                self.assertEqual(self.write_text("tak").outcome, "answer")
                self.assertEqual(task.reminder_answer, "coming")
                self.assertFalse(self.get_receipts())
                savepoint.rollback()
            self.env.invalidate_all()
            self.pass_time(hours=2)

    def test_a_blacklisted_number_gets_none(self):
        self.send(self.line())
        self.blacklist._add([NUMBER])
        self.assertEqual(self.write_text("tak").outcome, "answer")
        self.assertFalse(self.get_receipts())


@tagged("post_install", "-at_install")
class TestHint(TextCommon):
    """An SMS says how to answer where the company takes answers, and only there."""

    def setUp(self):
        super().setUp()
        self.provider = self.env["crm.task.reminder.channel.sms"]._get_provider(
            self.company
        )

    def take_answers(self, **values):
        """Let the provider bring what customers write."""
        self.patch(type(self.provider), "_can_receive", True)
        self.patch(
            type(self.provider), "_can_be_answered", lambda _self, _company: True
        )
        self.company.write({"reminder_sms_answers": True, **values})

    def test_nothing_is_promised_that_does_not_work(self):
        self.company.reminder_sms_answers = True
        task = self.send(self.line())
        self.assertNotIn("YES", self.texts[0][1])
        self.assertFalse(task.reminder_reply_hint)

    def test_it_stands_before_the_link(self):
        self.take_answers()
        self.send(self.line())
        self.assertIn("Reply YES or NO. Answer: https://", self.texts[0][1])

    def test_a_number_where_the_sender_is_a_name(self):
        self.take_answers(reminder_sms_answer_number="500 600 700")
        self.patch(
            type(self.provider), "_can_be_answered", lambda _self, _company: False
        )
        self.send(self.line())
        self.assertIn("Text YES or NO to 500 600 700.", self.texts[0][1])
        self.company.reminder_sms_answer_number = False
        self.assertFalse(self.company._takes_reminder_answers())

    def test_it_is_as_polite_as_the_rest_in_polish(self):
        """The SMS asks with “prosimy” for a call, so it does not say “odpisz”."""
        self.env["res.lang"]._activate_lang("pl_PL")
        company = self.company.with_context(lang="pl_PL")
        self.take_answers()
        hints = [company._get_reminder_reply_hint()]
        self.company.reminder_sms_answer_number = "500 600 700"
        hints.append(company._get_reminder_reply_hint())
        for hint in hints:
            self.assertRegex(hint, "^Prosimy .* TAK lub NIE")
        self.assertIn("500 600 700", hints[1])

    def test_it_costs_no_further_sms(self):
        self.take_answers()
        self.send(self.line(), name="x" * 50)
        self.assertNotIn("YES", self.texts[0][1])
        self.assertIn("/a/", self.texts[0][1])

    def test_a_template_says_it_where_it_wants(self):
        self.take_answers()
        template = self.env["sms.template"].create(
            {
                "name": "Short",
                "model_id": self.env.ref("project.model_project_task").id,
                "body": "{{ object.reminder_reply_hint }} {{ object.reminder_start }}",
            }
        )
        self.send(self.line(sms_template_id=template.id))
        self.assertTrue(self.texts[0][1].startswith("Reply YES or NO. Tue"))
        self.assertEqual(self.texts[0][1].count("YES"), 1)

    def test_staff_is_not_told(self):
        self.take_answers()
        self.send(self.line("operator"))
        self.assertNotIn("YES", self.texts[0][1])

    def test_the_window_says_whether_customers_can_answer(self):
        settings = self.env["crm.task.reminder.settings"]
        window = settings.new({"company_id": self.company.id})
        self.assertFalse(window.reminder_sms_can_receive)
        self.take_answers()
        window = settings.new({"company_id": self.company.id})
        self.assertTrue(window.reminder_sms_can_receive)
        self.assertTrue(window.reminder_sms_can_be_answered)

    def test_the_address_for_incoming_sms_is_the_administrators(self):
        manager = self._create_user("sm", "Mia", groups="sales_team.group_sale_manager")
        with self.assertRaises(AccessError):
            self.company.with_user(manager).read(["reminder_sms_incoming_address"])
        window = self.env["crm.task.reminder.settings"].with_user(manager)
        self.assertNotIn("reminder_sms_incoming_address", window.fields_get())
