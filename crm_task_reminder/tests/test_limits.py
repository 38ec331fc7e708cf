from odoo.exceptions import ValidationError
from odoo.tests import tagged

from ..tools import gsm
from .common import ReminderCommon


@tagged("post_install", "-at_install")
class TestLimits(ReminderCommon):
    """However many lines a task has and however long its title is."""

    def _send_all(self):
        """Run the service for half an hour; return how many messages left."""
        count = 0
        for _run in range(6):
            self.run_service()
            count += len(self.texts)
            self.pass_time(minutes=5)
        return count

    def test_a08_one_address_gets_no_flood(self):
        task = self.create_task(
            *(self.line(duration=n + 1, unit="minutes") for n in range(60))
        )
        for reminder in task.reminder_ids:
            reminder.action_send_now()
        self.assertEqual(self._send_all(), 20)
        waiting = self.rows(task).filtered(lambda row: row.state == "queued")
        self.assertEqual(set(waiting.mapped("reason")), {"address_limit"})
        self.assertTrue(waiting[0].reason_text)

    def test_a08_another_address_is_not_held_up(self):
        self.company.reminder_address_hourly_limit = 1
        self.create_task(self.line(), self.line(duration=59, unit="minutes"))
        self.create_task(self.line("operator", duration=59, unit="minutes"))
        self.pass_time(hours=1, minutes=1)
        self.run_service()
        self.assertEqual(sorted(self.numbers), ["+48600100200", "+48600100201"])

    def test_a08_what_is_held_up_follows_when_the_hour_is_over(self):
        self.company.reminder_address_hourly_limit = 1
        task = self.create_task(self.line(), self.line(duration=2))
        for reminder in task.reminder_ids:
            reminder.action_send_now()
        self.assertEqual(self._send_all(), 1)
        self.assertEqual(self._send_all(), 0)
        self.assertEqual(self._send_all(), 1)

    def test_a08_limit_of_a_day(self):
        self.company.reminder_address_hourly_limit = 0
        self.company.reminder_address_daily_limit = 3
        lines = [self.line(duration=n + 1, unit="minutes") for n in range(5)]
        task = self.create_task(*lines)
        for reminder in task.reminder_ids:
            reminder.action_send_now()
        self.assertEqual(self._send_all(), 3)

    def test_a08_no_limit(self):
        self.company.reminder_address_hourly_limit = 0
        self.company.reminder_address_daily_limit = 0
        lines = [self.line(duration=n + 1, unit="minutes") for n in range(60)]
        task = self.create_task(*lines)
        for reminder in task.reminder_ids:
            reminder.action_send_now()
        self.assertEqual(self._send_all(), 60)

    def test_limits_are_not_negative(self):
        for name in ("reminder_address_daily_limit", "reminder_sms_parts"):
            with self.assertRaisesRegex(ValidationError, "can't be negative"):
                self.company[name] = -1

    # ------------------------------------------------------------------
    # The parts of an SMS
    # ------------------------------------------------------------------

    def test_a08_a_long_title_is_cut_and_the_text_is_not(self):
        self.send(self.line(), name="Mow " * 750)
        [(_number, text)] = self.texts
        self.assertEqual(gsm.count_parts(text), 4)
        self.assertRegex(text, 'reminder of "Mow Mow .*[.]{3}", Tue 14 Jul')
        self.assertTrue(text.endswith("Questions? +48221234567"))

    def test_a08_as_many_parts_as_the_company_wants(self):
        for limit, parts in ((1, 1), (2, 2), (0, 21)):
            self.company.reminder_sms_parts = limit
            self.send(self.line(), name="Mow " * 750)
            self.assertEqual(gsm.count_parts(self.texts[0][1]), parts)
            self.pass_time(days=2)

    def test_a08_fitting(self):
        text = "Hello {}, bye"
        for title, limit in (
            ("x" * 3000, 4),
            ("ł" * 3000, 4),
            ("€" * 3000, 1),
            ("Mow", 1),
            ("", 1),
        ):
            fitted = gsm.fit(text.format(title), title, limit)
            self.assertLessEqual(gsm.count_parts(fitted), limit, title[:3])
            self.assertTrue(fitted.startswith("Hello "))
            self.assertTrue(fitted.endswith(", bye"))
        plain = gsm.fit(text.format("ł" * 3000), "ł" * 3000, 1, gsm.to_plain)
        self.assertEqual(len(plain), 160)
        own = "y" * 700 + " x"  # a title of one letter
        self.assertEqual(gsm.fit(own, "x", 1), "y" * 700 + " ...")

    def test_a08_no_word_of_the_template_is_taken_for_a_title(self):
        """One that has no title, but a word of its own that is this task's title."""
        line = self.line()
        template = self.env["sms.template"].browse(line["sms_template_id"])
        words = "Please leave the gate open. " * 12
        self.company.reminder_sms_parts = 2
        for body, text in (
            (f"{words}Visit: {{{{ object.partner_id.name }}}}", f"{words}Visit: Karol"),
            (f"{words}{{{{ object.display_name }}}}", f"{words}..."),
            (f"{words}{{{{ object.sudo().name }}}}", f"{words}..."),
        ):
            template.body = body
            self.send(self.line(), name="Visit")
            self.assertTrue(self.texts[0][1].startswith(text), body)
            self.pass_time(days=2)
        # what counts is the text that is sent
        self.env["res.lang"]._activate_lang("de_DE")
        self.customer.lang = "de_DE"
        german = f"{words}Visit: {{{{ object.partner_id.name }}}}"
        template.with_context(lang="de_DE").body = german
        self.send(self.line(), name="Visit")
        self.assertTrue(self.texts[0][1].startswith(f"{words}Visit: Karol"))
