from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, tagged

from .common import ReminderCommon

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@tagged("post_install", "-at_install")
class TestAnchors(ReminderCommon):
    """Lines that are counted from the start, the deadline or the end, to both sides."""

    def task_until(self, *lines, starts_in=2 * HOUR, lasts=HOUR, **values):
        """Create a task with a start and an end."""
        end = self.now + starts_in + lasts
        return self.create_task(
            *lines, starts_in=starts_in, date_deadline=end, **values
        )

    def finish(self, task, state="1_done"):
        task.state = state

    def assert_state(self, task, state, shown=None):
        line = task.reminder_ids
        self.assertEqual((line.state, line.shown_state), (state, shown or state))

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
    # For which tasks
    # ------------------------------------------------------------------

    def test_each_moment_has_its_usual_tasks(self):
        for moment, states in (
            ("before", "open"),
            ("after", "open"),
            ("before_end", "open"),
            ("after_end", "done"),
        ):
            line = self.task_until(self.line(moment=moment)).reminder_ids
            self.assertEqual(line.task_states, states)

    def test_who_gets_what_comes_after_the_end(self):
        sent = {
            ("open", "01_in_progress"),
            ("both", "01_in_progress"),
            ("done", "1_done"),
            ("both", "1_done"),
        }
        for task_states in ("open", "done", "both"):
            for state in ("01_in_progress", "1_done", "1_canceled"):
                with self.subTest(task_states=task_states, state=state):
                    line = self.line(moment="after_end", task_states=task_states)
                    task = self.task_until(line)
                    self.pass_time(hours=3)
                    self.finish(task, state)
                    self.pass_time(hours=1)
                    self.run_service()
                    is_sent = (task_states, state) in sent
                    self.assertEqual(len(self.texts), int(is_sent))
                    task.unlink()

    def test_a_line_for_done_tasks_waits_for_that(self):
        task = self.task_until(self.line(moment="after_end"))
        self.assert_state(task, "waiting", "not_done")
        self.pass_time(days=2)
        self.run_service()
        self.assertEqual(self.texts, [])
        self.assertFalse(self.rows(task))
        self.finish(task)
        self.assertEqual(task.reminder_ids.state, "scheduled")
        self.run_service()
        self.assertEqual(len(self.texts), 1)
        self.assert_state(task, "done")

    def test_nobody_is_thanked_for_what_was_long_ago(self):
        task = self.task_until(self.line(moment="after_end"))
        self.pass_time(days=7, hours=5)
        self.finish(task)
        self.run_service()
        self.assert_reason(task, "late")
        self.assert_state(task, "missed")

    def test_a_task_that_is_opened_again_is_none_to_thank_for(self):
        line = self.line(moment="after_end")
        task = self.task_until(line)
        self.finish(task)
        self.pass_time(hours=4)
        self.run_service(sms_error="jsonrpc_exception")
        self.finish(task, "01_in_progress")
        self.pass_time(minutes=10)
        self.run_service()
        self.assertEqual(self.texts, [])
        self.assertEqual(self.rows(task).reason, "not_done")
        self.assert_state(task, "waiting", "not_done")
        self.finish(task)
        self.run_service()
        self.assertEqual(len(self.texts), 1)

    def test_archived_templates_and_switched_off_ones_get_none(self):
        for values, reason in (
            ({"active": False}, "closed"),
            ({"is_template": True}, "closed"),
            ({"reminder_customer_off": True}, "switched_off"),
        ):
            with self.subTest(values=values):
                task = self.task_until(self.line(moment="after_end"))
                self.finish(task)
                task.write(values)
                self.assertEqual(task.reminder_ids.state, "cancelled")
                decision = self.env["crm.task.reminder.decision"]
                error = decision._find_obstacle(task.reminder_ids)
                self.assertEqual(error.reason, reason)

    def test_only_what_comes_after_can_be_for_done_tasks(self):
        for moment in ("before", "before_end", "set"):
            with self.subTest(moment=moment), self.assertRaises(ValidationError):
                self.task_until(self.line(moment=moment, task_states="done"))
        line = self.task_until(self.line(moment="after_end")).reminder_ids
        line.moment = "before"
        self.assertEqual(line.task_states, "open")

    def test_before_the_deadline_ends_with_it(self):
        task = self.task_until(self.line(moment="before_end"))
        self.pass_time(hours=3)
        self.run_service()
        self.assert_reason(task, "ended")
        self.assert_state(task, "missed")

    def test_a_start_that_has_passed_is_nothing_to_what_comes_later(self):
        for moment in ("after", "before_end"):
            task = self.task_until(self.line(moment=moment), lasts=5 * HOUR)
            self.pass_time(hours=6)
            self.run_service()
            self.assertEqual(len(self.texts), 1, moment)
            self.assertFalse(task.reminder_is_past)

    def test_an_end_that_is_set_too_late(self):
        task = self.task_until(
            self.line(moment="after_end", task_states="both"), starts_in=-9 * HOUR
        )
        self.run_service()
        self.assert_reason(task, "passed")

    def test_all_who_are_asked_give_the_same_reason(self):
        for reason, moment, values in (
            ("no_end", "after_end", {"date_deadline": False}),
            ("not_done", "after_end", {}),
            ("ended", "before_end", {"date_deadline": self.now - HOUR}),
        ):
            with self.subTest(reason=reason):
                line = self.task_until(self.line(moment=moment)).reminder_ids
                line.task_id.write(values)
                decision = self.env["crm.task.reminder.decision"]
                error = decision._find_obstacle(line)
                self.assertEqual(error.reason, reason)
                words = self.log._explain(error)
                with self.assertRaisesRegex(UserError, words):
                    line.action_send_now()
                preview = self.env["crm.task.reminder.preview"].create(
                    {"reminder_id": line.id}
                )
                self.assertIn(words, preview.content)

    def test_what_is_late_is_still_sent_at_once_by_a_person(self):
        task = self.task_until(self.line(moment="after_end"))
        self.finish(task)
        self.pass_time(days=9)
        self.run_service()
        self.assert_reason(task, "late")
        task.reminder_ids.action_send_now()
        self.run_service()
        self.assertEqual(len(self.texts), 1)

    def test_thanks_do_not_take_the_place_of_reminders(self):
        self.company.reminder_hourly_limit = 1
        line = self.line(moment="after_end", task_states="both")
        ended = self.task_until(line, starts_in=-HOUR, lasts=2 * HOUR)
        coming = self.task_until(self.line(), starts_in=3 * HOUR)
        self.pass_time(hours=2)
        self.run_service()
        self.assertEqual(self.rows(ended).state, "queued")
        self.assertEqual(self.rows(coming).state, "sent")
        self.pass_time(hours=1, minutes=1)
        self.run_service()
        self.assertEqual(self.rows(ended).state, "sent")

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

    # ------------------------------------------------------------------
    # Words, choice, templates
    # ------------------------------------------------------------------

    def test_the_words_of_a_line(self):
        for moment, words, at_once in (
            ("before", "2 days before", "at the start"),
            ("after", "2 days after the start", "at the start"),
            ("before_end", "2 days before the deadline", "at the deadline"),
            ("after_end", "2 days after the end", "at the end"),
        ):
            line = self.task_until(
                self.line(moment=moment, duration=2, unit="days")
            ).reminder_ids
            self.assertEqual(line.display_name, f"SMS · {words}")
            line.duration = 0
            self.assertEqual(line.display_name, f"SMS · {at_once}")

    def test_the_template_follows_the_date(self):
        task = self.task_until(self.line(channel="email"))
        thanks = self.env.ref("crm_task_reminder.mail_template_customer_after_end")
        with (
            Form(task, "project.view_task_form2") as form,
            form.reminder_customer_ids.edit(0) as line,
        ):
            line.moment = "after_end"
            self.assertEqual(line.task_states, "done")
            self.assertEqual(line.mail_template_id, thanks)
        self.assertEqual(task.reminder_ids.moment, "after_end")
        self.assertEqual(
            task.reminder_ids.sms_template_id,
            self.env.ref("crm_task_reminder.sms_template_customer_after_end"),
        )

    def test_thanks_are_sent_in_both_forms(self):
        templates = {
            "sms_template_id": self.env.ref(
                "crm_task_reminder.sms_template_customer_after_end"
            ).id,
            "mail_template_id": self.env.ref(
                "crm_task_reminder.mail_template_customer_after_end"
            ).id,
        }
        lines = [
            self.line(channel=channel, moment="after_end", **templates)
            for channel in ("sms", "email")
        ]
        task = self.task_until(*lines)
        self.finish(task)
        self.pass_time(hours=4)
        self.run_service()
        [(_number, text)] = self.texts
        self.assertIn("thank you", text)
        [mail] = self.mails
        self.assertIn("Thank you", mail["subject"])
        self.assertEqual(set(self.rows(task).mapped("start")), {task.date_deadline})

    def test_presets_of_company_and_project_reach_new_tasks(self):
        self.company.reminder_customer_default = True
        default = self.company.reminder_default_customer_ids
        default.moment = "after_end"
        default.task_states = "both"
        task = self.env["project.task"].create(
            {"name": "New", "project_id": self.project.id}
        )
        line = task.reminder_customer_ids
        self.assertEqual((line.moment, line.task_states), ("after_end", "both"))
        self.assertEqual(task.reminder_customer_setting, "company")
        line.task_states = "done"
        self.assertEqual(task.reminder_customer_setting, "changed")

    def test_the_import_takes_the_words_of_the_screen(self):
        header = ["name", "project_id", "planned_date_begin", "date_deadline"]
        line = "reminder_customer_ids"
        header += [f"{line}/channel", f"{line}/duration", f"{line}/moment"]
        row = ["Imported", self.project.name, "2026-08-01 08:00:00"]
        row += ["2026-08-01 10:00:00", "SMS", "2", "After the end"]
        result = self.env["project.task"].load(header, [row])
        self.assertFalse(result["messages"])
        task = self.env["project.task"].browse(result["ids"])
        self.assertEqual(task.reminder_ids.moment, "after_end")
        self.assertEqual(task.reminder_ids.task_states, "done")

    def test_the_wizard_counts_what_waits_for_a_done_task(self):
        task = self.task_until()
        wizard = self.env["crm.task.reminder.edit"].create(
            {
                "task_ids": task.ids,
                "audience": "customer",
                "operation": "add",
                "line_ids": [
                    fields.Command.create(self.line(moment="after_end", duration=2))
                ],
            }
        )
        self.assertIn("SMS", wizard.preview)
        self.assertNotIn("Nobody is", wizard.preview)
        wizard.action_apply()
        self.assertEqual(task.reminder_ids.moment, "after_end")
        self.assertEqual(task.reminder_ids.task_states, "done")
