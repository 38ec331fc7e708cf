from datetime import datetime, timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .common import ReplyCommon

DAY = timedelta(days=1)


@tagged("post_install", "-at_install")
class TestMove(ReplyCommon):
    """Who is to find another time gets a proposal, and a window to move the start."""

    def setUp(self):
        super().setUp()
        self.task = self.create_task()
        self.start = self.task.planned_date_begin

    def open_window(self, user=None):
        task = self.task.with_user(user or self.assignee)
        context = task.action_move_reminder_start()["context"]
        window = self.env["crm.task.reminder.move"].with_user(user or self.assignee)
        return Form(window.with_context(**context))

    def test_the_next_working_day_is_proposed(self):
        """14 July is a Tuesday."""
        self.assertEqual(self.open_window().start, self.start + DAY)
        self.task.planned_date_begin = self.start + 3 * DAY
        self.assertEqual(self.open_window().start, self.start + 6 * DAY)

    def test_a_day_on_which_somebody_is_busy_is_not_proposed(self):
        self.create_task(starts_in=timedelta(hours=2, minutes=30) + DAY)
        self.assertEqual(self.open_window().start, self.start + 2 * DAY)

    def test_what_is_done_or_others_do_keeps_nobody_busy(self):
        for values in ({"state": "1_done"}, {"user_ids": self.sender.ids}):
            self.create_task(starts_in=timedelta(hours=2) + DAY, **values)
        self.assertEqual(self.open_window().start, self.start + DAY)

    def test_the_time_of_the_day_is_kept_over_a_change_of_clocks(self):
        self.set_now(self.start.replace(month=10, day=23) - timedelta(hours=3))
        self.task.planned_date_begin = self.start.replace(month=10, day=23)
        monday = self.start.replace(month=10, day=26) + timedelta(hours=1)
        self.assertEqual(self.open_window().start, monday)

    def test_a_start_long_past_has_its_proposal_in_the_future(self):
        self.pass_time(days=7)
        self.assertGreater(self.open_window().start, self.now)

    def test_next_free_time(self):
        window = self.open_window().save()
        for days in (2, 3, 6):
            action = window.action_propose_next()
            self.assertEqual(action["res_id"], window.id)
            self.assertEqual(window.start, self.start + days * DAY)

    def test_the_window_shows_what_the_customer_wants(self):
        self.answer(self.task, "other", text="Friday?")
        words = self.open_window().answer_text
        self.assertIn("Another time", words)
        self.assertIn("“Friday?”", words)

    def test_move(self):
        self.task.date_deadline = self.start + timedelta(hours=3)
        self.answer(self.task, "other", text="Friday?")
        window = self.open_window()
        window.start = self.start + 3 * DAY
        window.save().action_move()
        self.assertEqual(self.task.planned_date_begin, self.start + 3 * DAY)
        span = self.task.date_deadline - self.task.planned_date_begin
        self.assertEqual(span, timedelta(hours=3))
        self.assertFalse(self.task.reminder_answer)
        self.assertFalse(self.task.activity_ids)

    def test_a_deadline_that_is_no_end_stays(self):
        deadline = self.task.date_deadline = self.start + timedelta(days=20)
        self.open_window().save().action_move()
        self.assertEqual(self.task.date_deadline, deadline)

    def test_a_start_that_another_one_has_emptied(self):
        self.task.date_deadline = self.start + timedelta(hours=3)
        window = self.open_window().save()
        self.task.planned_date_begin = False
        window.action_move()
        self.assertEqual(self.task.planned_date_begin, window.start)

    def test_call_off(self):
        self.answer(self.task, "declined")
        self.open_window().save().action_call_off()
        self.assertEqual(self.task.state, "1_canceled")
        self.assertFalse(self.task.activity_ids)

    def test_a_start_in_the_past_is_refused(self):
        for start in (False, self.now):
            window = self.open_window()
            window.start = start
            with self.assertRaises(UserError):
                window.save().action_move()

    def test_b09_the_window_opens_at_the_end_of_the_calendar(self):
        end = datetime(9999, 12, 31, 23, 59, 59)
        self.task.date_deadline = self.start + timedelta(hours=2)
        window = self.open_window()
        window.start = end
        window.save().action_move()
        self.assertEqual(self.task.planned_date_begin, end)
        self.assertEqual(self.task.date_deadline, end)
        window = self.open_window()
        self.assertFalse(window.start)
        window.start = self.start
        window.save().action_move()
        self.assertEqual(self.task.planned_date_begin, self.start)

    def test_only_who_may_change_the_task_moves_it(self):
        stranger = self._create_user("stranger", "Stan", groups="base.group_user")
        with self.assertRaises(AccessError):
            self.open_window(stranger)

    def test_the_activity_has_a_proposal(self):
        self.answer(self.task, "declined")
        [activity] = self.task.activity_ids
        self.assertEqual(activity.activity_category, "reminder_answer")
        self.assertIn("Wed 15 Jul", activity.note)

    def test_the_activity_goes_when_the_task_is_moved_by_hand(self):
        self.answer(self.task, "declined")
        self.task.name = "Mow"
        self.assertTrue(self.task.activity_ids)
        self.task.with_user(self.assignee).planned_date_begin += DAY
        self.assertFalse(self.task.activity_ids)
