"""When what is counted from the start, the deadline or the end is sent."""

from odoo import fields
from odoo.tests import tagged

from .anchors import DAY, HOUR, AnchorsCommon


@tagged("post_install", "-at_install")
class TestAnchors(AnchorsCommon):
    """Lines that are counted from the start, the deadline or the end, to both sides."""

    # ------------------------------------------------------------------
    # When
    # ------------------------------------------------------------------

    def test_each_moment_has_its_date_and_side(self):
        for moment, due_in in (
            ("before", 1 * HOUR),
            ("after", 3 * HOUR),
            ("before_end", 2 * HOUR),
            ("after_end", 4 * HOUR),
        ):
            with self.subTest(moment=moment):
                task = self.task_until(self.line(moment=moment))
                self.assertEqual(task.reminder_ids.due_at, self.now + due_in)

    def test_r11_the_lines_of_a_company_are_counted_from_the_start(self):
        self.company.reminder_customer_default = True
        lines = self.company.reminder_default_customer_ids
        self.assertEqual(set(lines.mapped("moment")), {"before"})
        self.assertEqual(set(lines.mapped("task_states")), {"open"})

    def test_days_after_keep_their_hour_and_may_have_another(self):
        starts_in = fields.Datetime.to_datetime("2026-10-23 08:00:00") - self.now
        line = self.line(moment="after_end", duration=2, unit="days")
        task = self.task_until(line, starts_in=starts_in)
        # 11:00 in summer is 09:00 UTC, in winter 10:00
        self.assertEqual(f"{task.reminder_ids.due_at}", "2026-10-25 10:00:00")
        task.reminder_ids.time_of_day = "16:00"
        self.assertEqual(f"{task.reminder_ids.due_at}", "2026-10-25 15:00:00")

    def test_a_moved_end_moves_what_is_counted_from_it(self):
        task = self.task_until(self.line(moment="after_end"))
        task.date_deadline += DAY
        self.assertEqual(task.reminder_ids.due_at, self.now + DAY + 4 * HOUR)
        task.planned_date_begin += HOUR
        self.assertEqual(task.reminder_ids.due_at, self.now + DAY + 4 * HOUR)

    def test_a_task_without_a_start_has_a_deadline_but_no_end(self):
        for moment, reason in (("before_end", None), ("after_end", "no_start")):
            with self.subTest(moment=moment):
                task = self.create_task(
                    self.line(moment=moment),
                    planned_date_begin=False,
                    date_deadline=self.now + DAY,
                )
                self.assertEqual(bool(task.reminder_ids.due_at), not reason)
                error = self.env["crm.task.reminder.decision"]._find_obstacle(
                    task.reminder_ids
                )
                self.assertEqual(error and error.reason, reason)

    def test_a_task_without_a_deadline_says_so(self):
        for moment in ("before_end", "after_end"):
            task = self.create_task(self.line(moment=moment))
            self.assert_state(task, "waiting", "no_end")
            decision = self.env["crm.task.reminder.decision"]
            self.assertEqual(
                decision._find_obstacle(task.reminder_ids).reason, "no_end"
            )

    # ------------------------------------------------------------------
    # Quiet hours, plan, news, recurrence, zone
    # ------------------------------------------------------------------

    def test_quiet_hours_put_it_off_and_never_drop_it(self):
        self.company.write(
            {
                "reminder_customer_hours": True,
                "reminder_customer_hour_from": 8,
                "reminder_customer_hour_to": 20,
            }
        )
        line = self.line(moment="after_end", task_states="both", duration=10)
        task = self.task_until(line)
        self.assertFalse(task.reminder_ids.early_at)
        self.assertIn("moved from", task.reminder_ids.due_text)
        self.set_now(task.reminder_ids.due_at)
        self.run_service()
        self.assertEqual(self.texts, [])
        [row] = self.rows(task)
        self.assertEqual(row.next_attempt_at, row.leave_at)
        self.assertGreater(row.leave_at, row.due_at)
        self.set_now(row.leave_at)
        self.run_service()
        self.assertEqual(len(self.texts), 1)

    def test_at_the_end_itself_is_held_too(self):
        self.company.write(
            {
                "reminder_customer_hours": True,
                "reminder_customer_hour_from": 9,
                "reminder_customer_hour_to": 10,
            }
        )
        line = self.line(moment="after_end", task_states="both", duration=0)
        task = self.task_until(line)
        self.set_now(task.date_deadline)
        self.run_service()
        self.assertEqual(self.texts, [])
        self.set_now(self.rows(task).leave_at)
        self.run_service()
        self.assertEqual(len(self.texts), 1)

    def test_the_next_occurrence_has_its_own(self):
        task = self.task_until(
            self.line(moment="after_end"),
            recurring_task=True,
            repeat_interval=1,
            repeat_unit="week",
            repeat_type="forever",
        )
        self.finish(task)
        following = task.recurrence_id.task_ids - task
        line = following.reminder_ids
        self.assertEqual((line.moment, line.task_states), ("after_end", "done"))
        self.assertEqual(line.due_at, task.reminder_ids.due_at + 7 * DAY)
        self.assertEqual(line.state, "waiting")
        self.assertEqual(task.reminder_ids.state, "scheduled")

    def test_another_zone_counts_days_anew_after_the_start(self):
        starts_in = fields.Datetime.to_datetime("2026-10-23 08:00:00") - self.now
        line = self.line(
            moment="after_end", duration=3, unit="days", task_states="both"
        )
        task = self.task_until(line, starts_in=starts_in)
        self.set_now(task.date_deadline + DAY)
        due_at = task.reminder_ids.due_at
        self.company.resource_calendar_id.tz = "UTC"
        self.company._recount_reminders()
        self.assertEqual(task.reminder_ids.due_at, due_at - HOUR)

    def test_what_comes_after_tells_no_start(self):
        """A moved start is told as moved from what was told last before it."""
        task = self.task_until(
            self.line(), self.line(moment="after", task_states="both")
        )
        self.pass_time(hours=1)
        self.run_service()
        self.pass_time(hours=2)
        self.run_service()
        start = task.planned_date_begin
        told = self.log._find_telling_rows(task, ["customer"])[task.id, "customer"]
        self.assertEqual(told.mapped("moment"), ["before"])
        self.assertEqual(told[-1:]._get_told_start(), start)
        after = task.reminder_ids.filtered(lambda line: line.moment == "after")
        self.assertEqual(after.state, "done")

    def test_a_plan_tells_nothing_of_what_comes_after(self):
        task = self.task_until(
            self.line("operator", moment="after"),
            self.line("operator", moment="before_end"),
            self.line("operator"),
        )
        decision = self.env["crm.task.reminder.decision"]
        [*deliveries], _refusals = decision._resolve(task.reminder_ids)
        planned = {
            (
                None,  # in place of reminders in any form
                self.company,
                one.recipient.partner,
                one.recipient.employee,
                task.id,
                one.anchor.isoformat(),
            )
            for one in deliveries
        }
        hidden = [one for one in deliveries if decision._is_planned(one, planned)]
        self.assertEqual([one.reminder.moment for one in hidden], ["before"])
