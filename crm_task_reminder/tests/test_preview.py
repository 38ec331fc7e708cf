from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from ..tools import gsm
from ..tools.errors import ReminderError
from .common import ReminderCommon


@tagged("post_install", "-at_install")
class TestPreview(ReminderCommon):
    """A reminder before it is sent, a test to oneself, and sending at once."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = cls._create_user("clerk", "Klara Clerk", "600 100 204")

    def preview(self, reminder, user=None):
        model = self.env["crm.task.reminder.preview"].with_user(user or self.user)
        return model.create({"reminder_id": reminder.id})

    def send_test(self, reminder):
        with self.mock_mail_gateway(), self.mockSMSGateway():
            action = self.preview(reminder).action_send_test()
        return action["params"]["message"]

    def send_now(self, reminder):
        return reminder.with_user(self.user).action_send_now()

    # ------------------------------------------------------------------
    # Preview
    # ------------------------------------------------------------------

    def test_sms_with_its_length_and_parts(self):
        task = self.create_task(self.line())
        content = self.preview(task.reminder_ids).content
        self.assertIn("Karol Klient +48600100200", content)
        self.assertIn("Mow the lawn", content)
        self.assertIn("characters, 1 SMS", " ".join(content.split()))
        self.assertFalse(self.rows(task))

    def test_mail_as_it_will_look(self):
        task = self.create_task(self.line(channel="email"))
        content = self.preview(task.reminder_ids).content
        self.assertIn("Reminder: Mow the lawn", content)
        self.assertIn("karol@klient.example", content)
        self.assertIn("sandbox", content)

    def test_one_text_per_language_and_zone(self):
        other = self._create_user("other", "Ola Other", "600 100 202")
        other.partner_id.tz = "America/New_York"
        task = self.create_task(
            self.line("operator"), user_ids=(self.assignee + other).ids
        )
        content = self.preview(task.reminder_ids).content
        self.assertEqual(content.count("o_reminder_text"), 2)
        self.assertIn("America/New York", content)

    def test_says_why_somebody_gets_nothing(self):
        self.customer.phone = False
        task = self.create_task(self.line(), self.line(sms_template_id=False))
        with_template, without = task.reminder_ids.sorted("id")
        self.assertIn("No phone number", self.preview(with_template).content)
        self.assertIn("No template", self.preview(without).content)

    def test_says_which_address_gets_nothing(self):
        self.customer.email = "karol@klient.example, kaja@klient.example"
        self.env["mail.blacklist"]._add("kaja@klient.example")
        task = self.create_task(self.line(channel="email"))
        content = self.preview(task.reminder_ids).content
        self.assertIn("Karol Klient karol@klient.example", content)
        self.assertIn("Karol Klient kaja@klient.example – On the blacklist", content)

    def test_only_who_may_read_the_task(self):
        """Also where the right ends while the window is open."""
        task = self.create_task(self.line())
        preview = self.preview(task.reminder_ids)
        self.project.privacy_visibility = "followers"
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            self.preview(task.reminder_ids)
        with self.assertRaises(AccessError):
            preview._prepare_deliveries()
        for name in ("content", "due_text", "channel"):
            with self.subTest(name=name), self.assertRaises(AccessError):
                preview.read([name])

    def test_parts_of_an_sms(self):
        for text, parts in (
            ("", 0),
            ("a" * 160, 1),
            ("a" * 161, 2),
            ("a" * 306, 2),
            ("a" * 307, 3),
            ("€" * 80, 1),
            ("€" * 81, 2),
            ("ł" * 70, 1),
            ("ł" * 71, 2),
            ("😀" * 35, 1),
            ("😀" * 36, 2),
        ):
            self.assertEqual(gsm.count_parts(text), parts, text)

    # ------------------------------------------------------------------
    # A test to oneself
    # ------------------------------------------------------------------

    def test_test_sms_goes_to_the_user_alone(self):
        task = self.create_task(self.line())
        self.assertIn("+48600100204", self.send_test(task.reminder_ids))
        self.assertEqual([sms["number"] for sms in self._sms], ["+48600100204"])
        self.assertIn("Mow the lawn", self._sms[0]["body"])
        self.assertFalse(self.rows(task))
        self.assertEqual(task.reminder_ids.state, "scheduled")

    def test_test_mail_leaves_through_the_companys_account(self):
        task = self.create_task(self.line(channel="email"))
        self.send_test(task.reminder_ids)
        [mail] = self._mails
        self.assertIn("clerk@zielonydom.example", mail["email_to"][0])
        self.assertIn("Olga Operator", mail["email_from"])
        self.assertTrue(mail["subject"].startswith("[Test]"))
        self.assertFalse(self.rows(task))

    def test_test_without_a_number_says_so(self):
        self.user.partner_id.phone = False
        task = self.create_task(self.line())
        with self.assertRaisesRegex(UserError, "No phone number"):
            self.send_test(task.reminder_ids)

    def test_a07_tests_have_a_limit_and_nothing_of_them_stays(self):
        line = self.create_task(self.line()).reminder_ids
        for _number in range(10):
            self.send_test(line)
        self.assertFalse(self.env["sms.sms"].search([("number", "like", "204")]))
        with self.assertRaisesRegex(UserError, "at most 10 tests"):
            self.send_test(line)
        mail = self.create_task(self.line(channel="email")).reminder_ids
        with self.assertRaisesRegex(UserError, "limit"):
            self.send_test(mail)
        self.pass_time(hours=1, seconds=1)
        trials = self.env["crm.task.reminder.trial"]
        trials._gc_old_trials()
        # how many SMS the company has paid for on which day, until the month is over
        self.assertEqual(trials.search([]).mapped("part_count"), [1] * 10)
        later = self.create_task(self.line()).reminder_ids
        self.send_test(later)
        self.pass_time(days=33)
        trials._gc_old_trials()
        self.assertFalse(trials.search([]))

    def test_a07_tests_count_as_messages_of_the_company(self):
        self.company.reminder_hourly_limit = 1
        line = self.create_task(self.line()).reminder_ids
        self.send_test(line)
        with self.assertRaisesRegex(UserError, "limit of messages per hour"):
            self.send_test(line)
        self.send_now(line)
        self.run_service()
        self.assertFalse(self.texts, "it follows when the hour is over")
        with self.assertRaises(AccessError):
            self.env["crm.task.reminder.trial"].with_user(self.user).search([])

    def test_a07_what_has_left_counts_also_where_the_next_is_refused(self):
        other = self._create_user("other", "Ola Other", "600 100 202")
        other.partner_id.tz = "America/New_York"
        task = self.create_task(
            self.line("operator"), user_ids=(self.assignee + other).ids
        )
        channel = type(self.env["crm.task.reminder.channel.sms"])
        send, left = channel._send_test, []

        def send_once(this, company, recipient, address, content):
            if left:
                raise ReminderError("refused")
            left.append(content["body"])
            send(this, company, recipient, address, content)

        self.patch(channel, "_send_test", send_once)
        told = self.send_test(task.reminder_ids)
        self.assertIn("+48600100204", told)
        self.assertIn("Not sent: It was refused", told)
        self.assertTrue(self.env["crm.task.reminder.trial"].search([]))
        with self.assertRaisesRegex(UserError, "could not be sent"):
            self.send_test(task.reminder_ids)

    def test_the_real_one_is_still_sent_after_a_test(self):
        task = self.create_task(self.line("operator"), user_ids=self.user.ids)
        self.send_test(task.reminder_ids)
        self.pass_time(hours=1)
        self.run_service()
        self.assertEqual([number for number, _text in self.texts], ["+48600100204"])

    # ------------------------------------------------------------------
    # Send now
    # ------------------------------------------------------------------

    def test_send_now_sends_once(self):
        task = self.create_task(self.line())
        self.send_now(task.reminder_ids)
        self.run_service()
        self.assertEqual(len(self.texts), 1)
        self.assertEqual(task.reminder_ids.state, "done")
        self.pass_time(hours=1)
        self.run_service()
        self.assertFalse(self.texts)
        with self.assertRaisesRegex(UserError, "sent already"):
            self.send_now(task.reminder_ids)

    def test_send_now_what_was_not_sent(self):
        self.customer.phone = False
        task = self.create_task(self.line())
        self.pass_time(hours=1)
        self.run_service()
        self.assertEqual(task.reminder_ids.state, "skipped")
        self.customer.phone = "600 100 200"
        self.send_now(task.reminder_ids)
        self.run_service()
        self.assertEqual(len(self.texts), 1)

    def test_send_now_reaches_who_was_left_out_and_nobody_twice(self):
        second = self._create_user("second", "Sonia Second")
        task = self.send(
            self.line("operator"),
            user_ids=[Command.set((self.assignee + second).ids)],
        )
        self.assertEqual(self.numbers, ["+48600100201"])
        self.assertFalse(task.reminder_ids.can_send_now, "there is no number yet")
        second.partner_id.phone = "600 100 204"
        self.env.invalidate_all()  # as for the next page
        self.assertTrue(task.reminder_ids.can_send_now)
        self.pass_time(minutes=5)
        self.send_now(task.reminder_ids)
        self.run_service()
        self.assertEqual(self.numbers, ["+48600100204"])
        self.assertFalse(task.reminder_ids.can_send_now)
        self.assertFalse(task.reminder_not_sent)
        for name in ("Adam Assignee", "Sonia Second"):
            self.assertIn(name, self.people(task, "operator"))

    def test_new_time_counts_after_send_now(self):
        task = self.create_task(self.line())
        self.send_now(task.reminder_ids)
        self.customer.phone = False
        self.run_service()
        self.customer.phone = "600 100 200"
        line = task.reminder_ids.with_user(self.user)
        line.write({"duration": 30, "duration_unit": "minutes"})
        self.assertEqual(line.state, "scheduled")
        self.pass_time(minutes=90)
        self.run_service()
        self.assertEqual(len(self.texts), 1)

    def test_sent_now_holds_for_the_start_it_was_asked_for(self):
        task = self.create_task(self.line())
        self.send_now(task.reminder_ids)
        self.run_service()
        start = task.planned_date_begin
        task.planned_date_begin = start.replace(day=start.day + 1)
        self.assertEqual(task.reminder_ids.state, "scheduled")
        self.assertEqual(task.reminder_ids.due_at.day, start.day + 1)

    def test_send_now_is_refused_in_words(self):
        for values, words in (
            ({"planned_date_begin": False}, "no start"),
            ({"planned_date_begin": self.now}, "has started"),
            ({"state": "1_done"}, "closed"),
            ({"reminder_customer_off": True}, "switched off"),
            ({"partner_id": False}, "Nobody to remind"),
        ):
            task = self.create_task(self.line())
            task.write(values)
            with self.assertRaisesRegex(UserError, words):
                self.send_now(task.reminder_ids)

    def test_send_now_needs_the_right_to_edit_the_task(self):
        task = self.create_task(self.line())
        self.project.privacy_visibility = "followers"
        with self.assertRaises(AccessError):
            self.send_now(task.reminder_ids)

    def test_send_now_does_not_promise_what_the_company_can_not_keep(self):
        task = self.create_task(self.line())
        self.sender.active = False
        with self.assertRaisesRegex(UserError, "sender's user is archived"):
            self.send_now(task.reminder_ids)
