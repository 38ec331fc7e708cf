from datetime import datetime, timedelta

from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, tagged

from ..tools import gsm
from .common import DOWN
from .window import WindowCommon

MAIL = "karol@klient.example"
LATE = datetime(2026, 7, 14, 21, 0)  # 23:00 in Warsaw
#: Midnight there, when the company's next day begins.
MIDNIGHT = datetime(2026, 7, 14, 22, 0)


@tagged("post_install", "-at_install")
class TestParts(WindowCommon):
    """At most so many parts of SMS leave on a day of the company; then e-mails do."""

    def setUp(self):
        super().setUp()
        self.company.reminder_address_hourly_limit = 0
        template = self.env.ref("crm_task_reminder.sms_template_customer").copy()
        template.body = "{{ object.name }}"
        self.template = template
        self.company.reminder_sms_daily_parts = 3

    def due(self, *lengths, now=None, before=timedelta(hours=9), **values):
        """Create tasks that are due now, each with a text of so many characters."""
        if now:
            self.set_now(now)
        tasks = self.env["project.task"]
        for length in lengths:
            line = self.line(
                duration=before // timedelta(minutes=1),
                unit="minutes",
                sms_template_id=self.template.id,
            )
            name = "x" * length
            tasks += self.create_task(line, name=name, starts_in=before, **values)
        return tasks

    def parts(self):
        return sum(gsm.count_parts(text) for _number, text in self.texts)

    # ------------------------------------------------------------------
    # Or hold
    # ------------------------------------------------------------------

    def test_what_is_more_waits_for_the_next_day(self):
        tasks = self.due(*[10] * 5, now=LATE)
        self.run_service()
        self.assertEqual(len(self.texts), 3)
        rows = self.log.search([("task_id", "in", tasks.ids)])
        waiting = rows.filtered(lambda row: row.state == "queued")
        self.assertEqual(set(waiting.mapped("reason")), {"daily_limit"})
        self.assertEqual(set(waiting.mapped("next_attempt_at")), {MIDNIGHT})
        self.set_now(MIDNIGHT - timedelta(minutes=1))
        self.run_service()
        self.assertFalse(self.texts)
        self.set_now(MIDNIGHT)
        self.run_service()
        self.assertEqual(len(self.texts), 2)

    def test_a_day_is_one_of_the_companys_zone(self):
        self.company.resource_calendar_id.tz = "Asia/Tokyo"  # 6:00 of the next day
        self.due(10, 10, 10, now=LATE)
        self.run_service()
        self.due(10, now=LATE + timedelta(hours=2))
        self.run_service()
        self.assertFalse(self.texts)

    def test_each_part_counts_and_a_shorter_one_may_leave(self):
        self.due(200, 200, 10)
        self.run_service()
        self.assertEqual(self.parts(), 3)
        self.assertEqual(sorted(len(text) for _number, text in self.texts), [10, 200])

    def test_letters_that_make_an_sms_wide_count(self):
        self.company.reminder_sms_plain = False
        self.template.body = "ąć {{ object.name }}"
        self.due(100, 100)
        self.run_service()
        self.assertEqual(self.parts(), 2)

    def test_what_can_not_wait_is_told_when_the_task_starts(self):
        task = self.due(*[10] * 4, before=timedelta(hours=2))
        self.run_service()
        self.assertEqual(len(self.texts), 3)
        [waiting] = self.log.search(
            [("task_id", "in", task.ids), ("state", "=", "queued")]
        )
        self.pass_time(hours=2)
        self.run_service()
        self.assertFalse(self.texts)
        self.assertEqual((waiting.state, waiting.reason), ("missed", "started"))
        self.assertIn("SMS per day", waiting.reason_text)

    def test_a_higher_limit_lets_go_what_waits(self):
        self.due(*[10] * 5)
        self.run_service()
        self.window.create({"reminder_sms_daily_parts": 4})
        self.run_service()
        self.assertEqual(len(self.texts), 1)
        self.window.create({"reminder_sms_daily_parts": 0})
        self.run_service()
        self.assertEqual(len(self.texts), 1)

    def test_what_has_not_left_does_not_count(self):
        self.due(*[10] * 3)
        self.run_service(sms_error=DOWN)
        self.assertFalse(self._open().reminder_sms_parts_sent)
        self.pass_time(minutes=10)
        self.run_service()
        self.assertEqual(len(self.texts), 3)
        self.due(10)
        self.run_service(sms_error="wrong_number_format")
        self.assertFalse(self.texts)

    def test_refused_ones_leave_room(self):
        self.due(*[10] * 3)
        self.run_service(sms_error="wrong_number_format")
        self.due(*[10] * 3)
        self.run_service()
        self.assertEqual(len(self.texts), 3)

    def test_what_is_sent_again_counts_again(self):
        tasks = self.due(10, 10)
        self.run_service()
        rows = self.log.search([("task_id", "in", tasks.ids)])
        rows.notification_id.write(
            {"notification_status": "bounce", "failure_type": "sms_not_delivered"}
        )
        rows.action_send_again()
        self.run_service()
        self.assertEqual(len(self.texts), 1)
        self.assertEqual(sorted(rows.mapped("part_count")), [1, 2])

    # ------------------------------------------------------------------
    # Tests to oneself
    # ------------------------------------------------------------------

    def test_tests_to_oneself_are_paid_and_count(self):
        clerk = self._create_user("clerk", "Klara Clerk", "600 100 204")
        line = self.line(sms_template_id=self.template.id)
        task = self.create_task(line, starts_in=timedelta(days=50), name="x" * 10)
        preview = self.env["crm.task.reminder.preview"].with_user(clerk)
        preview = preview.create({"reminder_id": task.reminder_ids.id})
        with self.mockSMSGateway():
            for _test in range(2):
                preview.action_send_test()
        self.due(10, 10)
        self.run_service()
        self.assertEqual(len(self.texts), 1)
        with (
            self.mockSMSGateway(),
            self.assertRaisesRegex(UserError, "limit of SMS per day"),
        ):
            preview.action_send_test()
        # as long as the month lasts, they are not cleaned away
        self.pass_time(days=1)
        self.env["crm.task.reminder.trial"]._gc_old_trials()
        told = self._open().reminder_sms_parts_sent
        self.assertEqual(told, "today: 0, this month: 3")
        with self.mockSMSGateway():
            preview.action_send_test()
        self.pass_time(days=40)
        self.env["crm.task.reminder.trial"]._gc_old_trials()
        self.assertFalse(self.env["crm.task.reminder.trial"].search([]))

    def test_tests_by_email_cost_no_parts(self):
        self.company.reminder_sms_daily_parts = 1
        clerk = self._create_user("clerk", "Klara Clerk", "600 100 204")
        task = self.create_task(self.line(channel="email"))
        preview = self.env["crm.task.reminder.preview"].with_user(clerk)
        preview = preview.create({"reminder_id": task.reminder_ids.id})
        with self.mock_mail_gateway():
            for _test in range(2):
                preview.action_send_test()
        self.assertFalse(self._open().reminder_sms_parts_sent)

    # ------------------------------------------------------------------
    # Then by e-mail
    # ------------------------------------------------------------------

    def test_what_is_more_goes_by_email_within_a_minute(self):
        self.company.reminder_sms_daily_second_way = "email"
        self.due(*[10] * 5)
        self.run_service()
        self.assertEqual(len(self.texts), 3)
        self.pass_time(minutes=1)
        self.run_service()
        self.assertFalse(self.texts)
        self.assertEqual(self.addresses, [MAIL] * 2)
        seconds = self.log.search([("instead_of_id", "!=", False)])
        text = "SMS: The limit of SMS per day is reached"
        self.assertEqual(set(seconds.mapped("instead_of_text")), {text})
        self.run_service()
        self.assertFalse(self.mails)

    def test_who_has_no_email_waits_for_the_next_day(self):
        self.company.reminder_sms_daily_second_way = "email"
        self.customer.email = False
        self.due(*[10] * 4, now=LATE)
        self.run_service()
        self.assertEqual(len(self.texts), 3)
        self.set_now(MIDNIGHT)
        self.run_service()
        self.assertEqual(len(self.texts), 1)

    def test_b05_who_can_be_reached_today_is_though_others_share_the_number(self):
        """Tomorrow may be too late. Of who has no other form, the log tells."""
        self.company.reminder_sms_daily_second_way = "email"
        self.due(*[10] * 3)
        self.run_service()
        self.assertEqual(len(self.texts), 3)
        number = self.assignee.partner_id.phone
        second = self._create_user("second", "Sara Second", number)
        second.partner_id.email = False
        people = self.assignee | second
        for hours in (1, 240):
            line = self.line("operator", duration=hours)
            ahead = timedelta(hours=hours, minutes=5)
            task = self.create_task(line, user_ids=people.ids, starts_in=ahead)
            self.pass_time(minutes=5)
            self.run_service()
            self.pass_time(minutes=1)
            self.run_service()
            self.assertEqual((self.texts, self.addresses), ([], [self.assignee.email]))
            row = self.rows(task)[0]
            self.assertEqual((row.state, row.reason), ("failed", "daily_limit"))
            self.assertIn("E-mail: ", row.detail)

    def test_the_second_way_for_failures_is_another_setting(self):
        self.company.reminder_sms_daily_second_way = "email"
        self.due(10)
        self.run_service(sms_error="wrong_number_format")
        self.run_service()
        self.assertFalse(self.mails)

    # ------------------------------------------------------------------
    # The window
    # ------------------------------------------------------------------

    def test_the_window_tells_what_has_left_today_and_this_month(self):
        self.assertFalse(self._open().reminder_sms_parts_sent)
        self.due(10)
        self.run_service()
        self.due(200, now=self.now + timedelta(days=1))
        self.run_service()
        told = self._open().reminder_sms_parts_sent
        self.assertEqual(told, "today: 2, this month: 3")
        self.set_now(datetime(2026, 8, 1, 6, 0))
        self.assertFalse(self._open().reminder_sms_parts_sent)

    def test_another_companys_do_not_count(self):
        self.due(10)
        self.run_service()
        limits = self.env["crm.task.reminder.limit"]
        channel = self.env["crm.task.reminder.channel.sms"]
        day = self.other._get_reminder_day()
        for company, count in ((self.company, 1), (self.other, 0)):
            parts = limits._count_parts(company, channel, day, day)
            self.assertEqual(parts[day], count)

    def test_both_figures_are_of_one_query(self):
        self.due(10)
        self.run_service()
        settings = self.window.create({})
        settings.invalidate_recordset()
        day = self.company._get_reminder_day()
        span = self.company, self.env["crm.task.reminder.channel.sms"], day, day
        with self.assertQueryCount(1):
            self.log._count_parts(*span)
        self.assertEqual(settings.reminder_sms_parts_sent, "today: 1, this month: 1")

    def test_bad_input_is_refused_in_words(self):
        for name in ("reminder_sms_daily_parts", "reminder_sms_receipt_minutes"):
            with self.assertRaisesRegex(ValidationError, "can't be negative"):
                self.window.create({name: -1})
            with self.assertRaisesRegex(ValidationError, "at most 1,000,000,000"):
                self.window.create({name: 10_000_000_000})
            self.window.create({name: 1_000_000_000})
        self.due(10)
        self.run_service()
        self.assertEqual(len(self.texts), 1)

    def test_without_a_limit_there_is_nothing_more_to_set(self):
        window = Form(self.window)
        window.reminder_sms_daily_parts = 0
        self.assertTrue(
            window._get_modifier("reminder_sms_daily_second_way", "invisible")
        )
        window.reminder_sms_daily_parts = 5
        self.assertFalse(
            window._get_modifier("reminder_sms_daily_second_way", "invisible")
        )
        self.assertTrue(
            window._get_modifier("reminder_sms_receipt_minutes", "invisible")
        )
