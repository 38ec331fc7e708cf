from datetime import timedelta

from odoo.tests import tagged

from .common import DOWN, ReminderCommon


@tagged("post_install", "-at_install")
class TestToldLast(ReminderCommon):
    """What counts is the start that an address was told last."""

    def setUp(self):
        super().setUp()
        day = self.line(duration=1, unit="days")
        self.task = self.create_task(day, starts_in=timedelta(days=2))
        self.first = self.task.planned_date_begin
        self.second = self.first + timedelta(hours=3)
        self.pass_time(days=1)
        self.run_service()
        self.assertEqual(len(self.texts), 1)

    def move_to(self, start, **later):
        self.task.planned_date_begin = start
        self.pass_time(**later)
        self.run_service()

    def test_b04_moved_and_back_is_told_again(self):
        self.move_to(self.second, hours=3)
        self.assertEqual(len(self.texts), 1)
        told = self.texts
        self.move_to(self.first)
        self.assertEqual(len(self.texts), 1)
        self.assertNotEqual(self.texts, told)
        self.assertEqual(self.task.reminder_ids.state, "done")
        rows = self.rows(self.task)
        self.assertEqual(rows.mapped("state"), ["sent"] * 3)
        self.assertEqual(rows.mapped("is_superseded"), [True, False, False])
        self.run_service()
        self.assertFalse(self.texts)

    def test_b04_send_now_tells_again(self):
        self.move_to(self.second, hours=3)
        self.task.planned_date_begin = self.first
        self.assertTrue(self.task.reminder_ids.can_send_now)
        self.task.reminder_ids.action_send_now()
        self.run_service()
        self.assertEqual(len(self.texts), 1)
        self.assertFalse(self.task.reminder_ids.can_send_now)

    def test_b04_there_and_back_many_times(self):
        for _turn in range(3):
            self.move_to(self.second, hours=3)
            self.assertEqual(len(self.texts), 1)
            self.move_to(self.first)
            self.assertEqual(len(self.texts), 1)
            self.set_now(self.now - timedelta(hours=3))

    def test_b04_moved_and_back_before_the_second_was_told(self):
        self.move_to(self.second, hours=1)
        self.assertFalse(self.texts)
        self.move_to(self.first)
        self.assertFalse(self.texts)
        self.assertEqual(self.task.reminder_ids.state, "done")

    def test_b04_moved_back_while_the_second_waits(self):
        self.task.planned_date_begin = self.second
        self.pass_time(hours=3)
        self.run_service(sms_error=DOWN)
        self.assertEqual(self.rows(self.task).mapped("state"), ["sent", "queued"])
        self.move_to(self.first, minutes=2)
        self.assertFalse(self.texts)
        self.assertEqual(self.rows(self.task)[1].reason, "moved")
        self.assertEqual(self.task.reminder_ids.state, "done")

    def test_b04_second_was_refused(self):
        self.task.planned_date_begin = self.second
        self.pass_time(hours=3)
        self.run_service(sms_error="wrong_number_format")
        self.assertEqual(self.rows(self.task)[1].state, "failed")
        self.move_to(self.first)
        self.assertFalse(self.texts)

    def test_b04_first_was_refused_and_the_second_told(self):
        """The row of the first start makes room for another message about it."""
        self.close_row(self.rows(self.task), "failed", "refused")
        self.move_to(self.second, hours=3)
        self.move_to(self.first)
        self.assertEqual(len(self.texts), 1)
        self.assertEqual(
            self.rows(self.task).mapped("state"), ["failed", "sent", "sent"]
        )

    def test_b04_superseded_row_is_not_sent_again(self):
        first = self.rows(self.task)
        self.close_row(first, "unconfirmed", "no_answer")
        self.move_to(self.second, hours=3)
        self.move_to(self.first)
        with self.assertRaisesRegex(Exception, "can't be sent again"):
            first.action_send_again()

    def test_b04_told_of_a_later_start_than_there_is(self):
        """Its time is over, but nobody is left with a start that is not true."""
        self.move_to(self.first - timedelta(hours=3))
        self.assertEqual(len(self.texts), 1)
        self.assertEqual(self.task.reminder_ids.shown_state, "done")
        self.assertEqual(self.task.reminder_ids.state, "done")

    def test_b04_each_address_by_itself(self):
        self.move_to(self.second, hours=3)
        other = self.customer.copy({"name": "Ola", "phone": "600 100 777"})
        self.task.partner_id = other
        self.move_to(self.first)
        self.assertEqual(self.numbers, ["+48600100777"])
        self.task.partner_id = self.customer
        self.task.reminder_ids.action_send_now()
        self.run_service()
        self.assertEqual(self.numbers, ["+48600100200"])

    def test_b04_told_of_another_start_at_another_number(self):
        """It is the same person who has both."""
        self.task.reminder_phone = "600 100 999"
        self.move_to(self.second, hours=3)
        self.assertEqual(self.numbers, ["+48600100999"])
        self.task.reminder_phone = False
        for numbers in (["+48600100200"], []):
            self.move_to(self.first)
            self.assertEqual(self.numbers, numbers)
        self.assertEqual(self.task.reminder_ids.state, "done")

    def test_b04_told_of_another_start_in_another_form(self):
        self.company.reminder_sms_second_way = "email"
        phone = self.customer.phone
        for phone_then in (phone, False):
            self.customer.phone = False
            self.move_to(self.second, hours=3)
            self.assertEqual((len(self.texts), len(self.mails)), (0, 1))
            self.customer.phone = phone_then
            self.move_to(self.first)
            told = (1, 0) if phone_then else (0, 1)
            self.assertEqual((len(self.texts), len(self.mails)), told)
            self.move_to(self.first)
            self.assertEqual((len(self.texts), len(self.mails)), (0, 0))
            self.set_now(self.now - timedelta(hours=3))
