"""When a line that is repeated is sent, and each time once."""

from odoo.tests import tagged

from .common import DOWN
from .repeats import DAY, HOUR, RepeatsCommon


@tagged("post_install", "-at_install")
class TestRepeats(RepeatsCommon):
    """A line that is sent every so many hours or days, until its number or its date."""

    # ------------------------------------------------------------------
    # Every, at most, never past
    # ------------------------------------------------------------------

    def test_every_day_at_most_three_times_before_the_start(self):
        task = self.create_repeated(self.repeated())
        start = task.planned_date_begin
        sent = self.let_time_pass(start + DAY)
        self.assertEqual(sent, [start - days * DAY for days in (4, 3, 2)])
        self.assertEqual(task.reminder_ids.state, "done")
        rows = self.rows(task)
        self.assertEqual(rows.mapped("turn"), [0, 1, 2])
        self.assertEqual(set(rows.mapped("start")), {start})
        self.assertEqual(rows.mapped("due_at"), sent)

    def test_never_once_the_start_has_come(self):
        task = self.create_repeated(self.repeated(every=30, unit="hours", count=50))
        start = task.planned_date_begin
        first = start - 4 * DAY
        sent = self.let_time_pass(start + 2 * DAY)
        self.assertEqual(sent, [first + 30 * number * HOUR for number in range(4)])
        self.assertLess(sent[-1], start)

    def test_after_the_end_it_ends_by_its_number(self):
        line = self.repeated(every=2, moment="after_end", task_states="both")
        task = self.create_repeated(
            {**line, "duration": 1}, starts_in=HOUR, date_deadline=self.now + 2 * HOUR
        )
        end = task.date_deadline
        sent = self.let_time_pass(end + 20 * DAY)
        self.assertEqual(len(sent), 3)
        self.assertEqual(
            self.rows(task).mapped("due_at"), [end + days * DAY for days in (1, 3, 5)]
        )

    def test_a_year_after_the_end_is_the_last_time(self):
        line = self.repeated(every=300, count=50, moment="after", task_states="both")
        task = self.create_repeated(line)
        start = task.planned_date_begin
        times = task.reminder_ids._list_turns(start)
        self.assertEqual(times, [start + days * DAY for days in (4, 304)])

    # ------------------------------------------------------------------
    # Until
    # ------------------------------------------------------------------

    def test_it_ends_when_the_task_is_done(self):
        task = self.create_repeated(self.repeated())
        self.let_time_pass(self.now + DAY)
        task.state = "1_done"
        self.assertEqual(self.let_time_pass(self.now + 4 * DAY), [])
        self.assertEqual(len(self.rows(task)), 1)
        self.assertEqual(task.reminder_ids.state, "cancelled")

    def test_open_tasks_are_asked_about_until_they_are_done(self):
        line = self.repeated(moment="after_end", task_states="open", count=5)
        task = self.create_repeated(
            {**line, "duration": 1}, starts_in=HOUR, date_deadline=self.now + 2 * HOUR
        )
        self.assertEqual(len(self.let_time_pass(self.now + 3 * DAY)), 2)
        task.state = "1_done"
        self.assertEqual(self.let_time_pass(self.now + 4 * DAY), [])

    def test_no_template_ends_one_time_and_not_the_others(self):
        task = self.create_repeated(self.repeated(sms_template_id=False))
        self.let_time_pass(self.now + DAY)
        [row] = self.rows(task)
        self.assertEqual(row.reason, "no_template")
        template = self.env.ref("crm_task_reminder.sms_template_customer")
        task.reminder_ids.sms_template_id = template
        self.assertEqual(len(self.let_time_pass(self.now + 4 * DAY)), 2)

    # ------------------------------------------------------------------
    # Once
    # ------------------------------------------------------------------

    def test_a_downtime_is_made_up_for_once(self):
        task = self.create_repeated(self.repeated(count=4))
        self.pass_time(days=3, hours=12)
        self.run_service()
        self.assertEqual(len(self.texts), 1)
        self.run_service()
        self.assertEqual(self.texts, [])
        self.assertEqual(len(self.let_time_pass(task.planned_date_begin)), 1)
        self.assertEqual(self.rows(task).mapped("turn"), [0, 3])

    def test_a_gateway_that_is_down_leaves_one_message_not_three(self):
        task = self.create_repeated(self.repeated(every=2, unit="hours"))
        self.pass_time(days=1)
        for _attempt in range(3):
            self.run_service(sms_error=DOWN)
            self.pass_time(hours=2)
        self.run_service()
        self.assertEqual(len(self.texts), 1)
        rows = self.rows(task)
        self.assertEqual(rows.mapped("reason"), ["next_time", "next_time", False])
        self.assertEqual(rows.mapped("turn"), [0, 1, 2])

    def test_a_moved_start_begins_anew_and_moved_back_tells_nothing_twice(self):
        task = self.create_repeated(self.repeated())
        start = task.planned_date_begin
        self.let_time_pass(self.now + 2 * DAY)
        self.assertEqual(self.rows(task).mapped("turn"), [0, 1])
        task.planned_date_begin = start + 9 * DAY
        self.assertEqual(task.reminder_ids.due_at, start + 5 * DAY)
        task.planned_date_begin = start
        self.let_time_pass(start)
        rows = self.rows(task)
        self.assertEqual(rows.mapped("turn"), [0, 1, 2])
        self.assertEqual(set(rows.mapped("state")), {"sent"})

    def test_moved_there_told_and_back_is_told_again(self):
        task = self.create_repeated(self.repeated())
        start = task.planned_date_begin
        self.let_time_pass(self.now + DAY)
        task.planned_date_begin = start + 12 * HOUR
        self.let_time_pass(self.now + 12 * HOUR)
        task.planned_date_begin = start
        self.run_service()
        starts = self.rows(task).mapped("start")
        self.assertEqual(starts[-1], start)
        self.assertIn(start + 12 * HOUR, starts)

    def test_send_now_takes_the_place_of_the_next_time(self):
        task = self.create_repeated(self.repeated())
        start = task.planned_date_begin
        task.reminder_ids.action_send_now()
        self.run_service()
        self.assertEqual(len(self.texts), 1)
        sent = self.let_time_pass(start)
        self.assertEqual(sent, [start - days * DAY for days in (3, 2)])

    def test_a_renewed_message_keeps_its_time(self):
        task = self.create_repeated(self.repeated())
        self.pass_time(days=1)
        self.run_service(sms_error=DOWN)
        task.reminder_customer_off = True
        self.pass_time(hours=1)
        self.run_service()
        self.assertEqual(self.rows(task).reason, "switched_off")
        task.reminder_customer_off = False
        self.run_service()
        self.assertEqual(len(self.texts), 1)
        self.assertEqual(self.rows(task)[-1].turn, 0)

    def test_a_failed_time_takes_the_second_way_and_the_next_its_own(self):
        self.company.reminder_sms_second_way = "email"
        task = self.create_repeated(self.repeated())
        self.pass_time(days=1)
        self.run_service(sms_error="wrong_number_format")
        self.run_service()
        failed, second = self.rows(task)
        self.assertEqual((failed.state, second.channel), ("failed", "email"))
        self.assertEqual((failed.turn, second.turn), (0, 0))
        self.assertEqual(second.due_at, failed.due_at)
        self.assertEqual(len(self.mails), 1)
        self.pass_time(days=1)
        self.run_service()
        self.assertEqual(len(self.texts), 1)
        self.assertEqual(self.rows(task)[-1].turn, 1)

    def test_the_next_occurrence_begins_with_the_first_time(self):
        task = self.create_repeated(
            self.repeated(),
            recurring_task=True,
            repeat_interval=1,
            repeat_unit="month",
            repeat_type="forever",
        )
        self.let_time_pass(self.now + DAY)
        task.state = "1_done"
        line = (task.recurrence_id.task_ids - task).reminder_ids
        self.assertEqual((line.repeat_unit, line.repeat_count), ("days", 3))
        self.assertEqual(line._get_turn(), 0)
        self.assertEqual(line.due_at, line.task_id.planned_date_begin - 4 * DAY)

    # ------------------------------------------------------------------
    # Quiet hours
    # ------------------------------------------------------------------

    def test_of_a_night_one_is_left(self):
        self.company.write(
            {
                "reminder_customer_hours": True,
                "reminder_customer_hour_from": 8,
                "reminder_customer_hour_to": 20,
            }
        )
        line = self.repeated(every=3, unit="hours", count=20, duration=2)
        task = self.create_repeated(line, starts_in=3 * DAY)
        sent = self.let_time_pass(task.planned_date_begin + DAY)
        self.assertEqual(len(set(sent)), len(sent), "two at once")
        for moment in sent:
            self.assertIn(moment.hour + 2, range(8, 21))  # Warsaw in summer
            self.assertLess(moment, task.planned_date_begin)
        self.assertGreater(len(sent), 5)
