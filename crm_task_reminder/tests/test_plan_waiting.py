"""A morning plan that has not left is in place of nothing."""

from datetime import timedelta

from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import DOWN
from .plan_waiting import REFUSED, PlanWaitingCommon


@tagged("post_install", "-at_install")
class TestPlanWaiting(PlanWaitingCommon):
    """The plan by SMS, the single reminders by e-mail: nobody is told nothing."""

    # ------------------------------------------------------------------
    # It waits
    # ------------------------------------------------------------------

    def test_b03_a_plan_that_waits_replaces_no_later_reminder(self):
        """The assignee heard nothing all day, though the mail server worked."""
        task = self.add("Mow the lawn", 3, self.line("operator", "email"))
        self.run_morning(sms_error=DOWN)
        self.run_morning(sms_error=DOWN)
        self.assertEqual(len(self.mails), 1)
        self.assertEqual(self.reasons_of(task), ["sent"])
        # there again, the gateway takes the plan: told twice, which is better than not
        self.pass_time(minutes=40)
        self.run_service()
        self.assertEqual((len(self.texts), self.mails), (1, []))
        self.assertEqual(self.run_on(), [])

    def test_b03_what_was_due_with_it_comes_back_once(self):
        task = self.add_due_with_plan()
        self.run_morning(sms_error=DOWN)
        self.assertEqual(self.mails, [])
        self.assertEqual(len(self.run_on(times=6, sms_error=DOWN)), 1)
        self.assertEqual(self.reasons_of(task), ["planned", "sent"])
        self.assertEqual(task.reminder_operator_ids.state, "done")
        self.assertEqual(self.run_on(), [])

    def test_b03_what_waited_before_it_is_not_dropped(self):
        self.company.write(
            {
                "reminder_operator_hours": True,
                "reminder_operator_hour_from": 10.0,
                "reminder_operator_hour_to": 18.0,
            }
        )
        task = self.add(
            "Mow the lawn", 5, self.line("operator", "email", 270, "minutes")
        )
        self.pass_time(minutes=30)
        self.run_service()
        self.assertEqual(self.reasons_of(task), ["queued"])
        self.pass_time(minutes=30)
        self.run_service(sms_error=DOWN)
        self.run_morning(sms_error=DOWN)
        self.assertEqual(len(self.mails), 1)
        self.assertEqual(self.reasons_of(task), ["sent"])

    def test_b03_a_plan_that_waits_with_them_replaces_those_of_its_form(self):
        """They can't leave either, and would all leave with it."""
        task = self.add("Mow the lawn", 2, self.line("operator"))
        self.run_morning(sms_error=DOWN)
        self.run_on(sms_error=DOWN)
        self.assertEqual(self.reasons_of(task), ["planned"])
        self.pass_time(minutes=10)
        self.run_service()
        self.assertEqual(len(self.texts), 1)
        self.run_on()
        self.assertEqual(self.reasons_of(task), ["planned"])

    def test_b03_a_plan_in_another_form_that_has_left_replaces_them(self):
        self.set_plan("instead", sms=True)
        task = self.add_due_with_plan()
        self.run_morning(sms_error=DOWN)
        self.assertEqual(len(self.mails), 1)
        self.assertEqual(self.run_on(times=6, sms_error=DOWN), [])
        self.assertEqual(self.reasons_of(task), ["planned"])

    def test_b03_of_many_plans_one_is_tried_while_the_gateway_is_down(self):
        """The others have not been put off, and wait for the same."""
        for number in range(3):
            name = f"staff{number}"
            user = self._create_user(name, name, f"600 100 30{number}")
            self.add_due_with_plan(user_ids=[Command.set(user.ids)])
        self.run_morning(sms_error=DOWN)
        self.assertEqual(sorted(self.plans().mapped("attempt_count")), [0, 0, 1])
        self.assertEqual(len(self.run_on(times=1, sms_error=DOWN)), 3)
        self.assertEqual(self.run_on(sms_error=DOWN), [])

    def test_b03_a_plan_that_the_limit_holds_replaces_what_waits_once_it_leaves(self):
        self.set_plan("instead")
        self.company.reminder_hourly_limit = 1
        self.add("Another one's", 1.9, self.line(), user_ids=[])
        self.pass_time(minutes=55)
        self.run_service()
        self.assertEqual(len(self.texts), 1)
        task = self.add(
            "Mow the lawn", 3, self.line("operator", "email", 150, "minutes")
        )
        self.pass_time(minutes=5)
        self.run_service()
        self.pass_time(minutes=25)
        self.run_service()
        self.assertEqual(self.plans().state, "queued")
        self.assertEqual(self.reasons_of(task), ["queued"])
        self.pass_time(minutes=32)
        self.run_service()
        self.assertEqual(self.plans().state, "sent")
        self.company.reminder_hourly_limit = 0
        self.assertEqual(self.run_on(), [])
        self.assertEqual(self.reasons_of(task), ["planned"])

    def test_b03_a_reminder_that_is_repeated_comes_back_for_its_time(self):
        repeated = {"repeat_unit": "hours", "repeat_every": 1, "repeat_count": 2}
        line = self.line("operator", "email", 3, **repeated)
        task = self.add("Mow the lawn", 4, line)
        self.run_morning(sms_error=DOWN)
        self.assertEqual(len(self.run_on(sms_error=DOWN)), 1)
        self.assertEqual(len(self.run_on(minutes=15, sms_error=DOWN)), 1)
        self.assertEqual(self.reasons_of(task), ["planned", "sent", "sent"])

    def test_b03_what_comes_back_costs_no_query_for_each(self):
        def count_queries(people):
            for number in range(people):
                name = f"staff{people}-{number}"
                phone = f"600 1{people:02} 3{number:02}"
                user = self._create_user(name, name, phone)
                line = self.line("operator", "email", 5)
                self.add("Mow the lawn", 6, line, user_ids=user.ids)
            self.run_morning(sms_error=DOWN)
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            queue = self.env["crm.task.reminder.queue"]
            queue._replace_waiting_plans(self.company)
            self.env.flush_all()
            count = self.env.cr.sql_log_count - before
            lines = self.env["crm.task.reminder"].search([("state", "=", "scheduled")])
            self.assertEqual(len(lines), people)
            lines.task_id.unlink()
            self.plans().unlink()
            self.set_plan("instead", hour=10.0, mail=False, sms=True)
            return count

        few = count_queries(3)
        self.assertLessEqual(count_queries(12), few + 2)

    # ------------------------------------------------------------------
    # It ends without having left
    # ------------------------------------------------------------------

    @mute_logger("odoo.addons.sms.models.sms_sms")
    def test_b03_what_was_due_with_a_plan_that_is_refused_comes_back_once(self):
        task = self.add_due_with_plan()
        self.run_morning(sms_error=REFUSED)
        self.assertEqual(self.plans().state, "failed")
        self.assertEqual(len(self.run_on()), 1)
        self.assertEqual(self.reasons_of(task), ["planned", "sent"])

    @mute_logger("odoo.addons.sms.models.sms_sms")
    def test_b03_only_to_whom_no_plan_has_told(self):
        second = self._create_user("second", "Sara Second", "600 100 299")
        both = [Command.set((self.assignee + second).ids)]
        self.add_due_with_plan(user_ids=both)
        self.run_morning(answers={"+48600100299": REFUSED})
        self.assertEqual(len(self.texts), 1)
        self.assertEqual(len(self.run_on()), 1)
        sent = self.log.search([("channel", "=", "email"), ("state", "=", "sent")])
        self.assertEqual(sent.recipient_name, "Sara Second")

    @mute_logger("odoo.addons.sms.models.sms_sms")
    def test_b03_a_plan_in_a_second_form_replaces_them(self):
        self.company.reminder_sms_second_way = "email"
        task = self.add_due_with_plan()
        self.run_morning(sms_error=REFUSED)
        self.assertEqual(self.run_on(), ["Your tasks: Tue 14 Jul"])
        self.assertEqual(self.reasons_of(task), ["planned"])

    @mute_logger("odoo.addons.sms.models.sms_sms")
    def test_b03_a_shared_plan_that_is_refused_gives_both_their_reminders(self):
        second = self.add_for_two(self.line("operator", "email", 5))
        second.partner_id.email = "sara@zielonydom.example"
        self.add_due_with_plan()
        self.run_morning(sms_error=REFUSED)
        self.assertEqual(len(self.run_on()), 2)

    def test_b03_a_plan_that_comes_back_later_gives_what_is_still_ahead(self):
        soon = self.add("Sweep", 2, self.line("operator", "email"))
        late = self.add("Mow the lawn", 6, self.line("operator", "email", 5))
        self.run_morning()
        self.assertEqual(self.reasons_of(soon + late), ["planned", "planned"])
        self.pass_time(hours=1)
        self.close_row(self.plans(), "failed", "expired")
        [subject] = self.run_on()
        self.assertIn("Mow the lawn", subject)

    def test_b03_beside_single_reminders_a_failed_plan_makes_no_run(self):
        self.set_plan("beside", mail=False, sms=True)
        self.add("Mow the lawn", 5)
        with mute_logger("odoo.addons.sms.models.sms_sms"):
            self.run_morning(sms_error=REFUSED)
        runs = [("operation", "=", "service"), ("company_id", "=", self.company.id)]
        before = self.log.search_count(runs)
        self.run_on()
        self.assertEqual(self.log.search_count(runs), before)

    def test_b03_switched_off_while_it_waits(self):
        task = self.add_due_with_plan()
        self.run_morning(sms_error=DOWN)
        self.company.reminder_plan = "off"
        self.assertEqual(len(self.run_on()), 1)
        self.assertEqual(self.texts, [])
        self.assertEqual(self.reasons_of(task), ["planned", "sent"])

    def test_b03_the_company_is_switched_off_and_on_while_it_waits(self):
        task = self.add_due_with_plan()
        self.run_morning(sms_error=DOWN)
        self.company.reminder_enabled = False
        self.assertEqual(self.run_on(times=1), [])
        self.assertEqual(self.plans().reason, "company_off")
        self.company.reminder_enabled = True
        self.assertEqual(len(self.run_on()), 1)
        self.assertEqual(self.reasons_of(task), ["planned", "sent"])

    def test_b03_what_has_started_meanwhile_is_not_told(self):
        task = self.add_due_with_plan()
        self.add("Later", 5)
        self.run_morning(sms_error=DOWN)
        self.pass_time(hours=2)
        self.run_service(sms_error=DOWN)
        self.assertEqual(self.run_on(sms_error=DOWN), [])
        self.assertEqual(self.reasons_of(task), ["planned", "started"])

    def test_b03_a_task_that_was_moved_is_reminded_of_by_its_new_start(self):
        task = self.add_due_with_plan()
        self.run_morning(sms_error=DOWN)
        task.planned_date_begin += timedelta(hours=1)
        self.assertEqual(self.run_on(sms_error=DOWN), [])
        self.assertEqual(len(self.run_on(minutes=20, sms_error=DOWN)), 1)
