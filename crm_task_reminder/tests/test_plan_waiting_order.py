"""What is left to single reminders when plans wait, fail or are cancelled later."""

from datetime import timedelta
from unittest.mock import patch

from odoo.tests import tagged

from ..tools.errors import TemporaryError
from .common import DOWN
from .plan_waiting import PlanWaitingCommon


@tagged("post_install", "-at_install")
class TestPlanWaitingOrder(PlanWaitingCommon):
    """Plans have their attempt first; what comes back then leaves once."""

    def stop_before_hand_over(self):
        """Let the morning begin, and a worker die that has just queued its plans."""
        self.add_due_with_plan()
        hand_over = self.env.registry["crm.task.reminder.hand.over"]
        with patch.object(hand_over, "_hand_over", return_value=0):
            self.run_morning()
        [plan] = self.plans()
        self.assertEqual(plan.state, "queued")
        plan.run_id.write({"state": "failed", "reason": "interrupted"})
        return plan

    def test_b03_a_plan_put_off_to_tomorrow_leaves_it_to_single_reminders(self):
        """No run follows a plan that waits for the next day's limit."""
        self.company.reminder_sms_daily_parts = 1
        self.add("Another one's", 1.9, self.line(), user_ids=[])
        task = self.add_due_with_plan()
        self.pass_time(minutes=55)
        self.run_service()
        self.assertEqual(len(self.texts), 1)
        self.pass_time(minutes=5)
        self.run_service()
        self.assertEqual(self.plans().reason, "daily_limit")
        self.assertEqual(len(self.run_on()), 1)
        self.assertEqual(self.reasons_of(task), ["planned", "sent"])

    def test_b03_after_a_downtime_plans_have_their_attempt_first(self):
        """The gateway was down for two minutes, then Odoo for twenty."""
        tasks = self.env["project.task"]
        for number in range(3):
            name = f"staff{number}"
            user = self._create_user(name, name, f"600 100 30{number}")
            tasks += self.add("Mow", 2, self.line("operator"), user_ids=user.ids)
        self.run_morning(sms_error=DOWN)
        self.assertEqual(self.reasons_of(tasks), ["planned"] * 3)
        self.pass_time(minutes=20)
        self.run_service()
        self.assertEqual(len(self.texts), 3)
        self.run_on()
        self.assertEqual(self.reasons_of(tasks), ["planned"] * 3)

    def test_b03_after_a_downtime_what_is_due_by_then_is_told_by_the_plan(self):
        task = self.add("Mow", 3, self.line("operator", "sms", 110, "minutes"))
        self.run_morning(sms_error=DOWN)
        self.pass_time(minutes=20)
        self.run_service()
        self.assertEqual(len(self.texts), 1)
        self.run_on()
        self.assertEqual(self.reasons_of(task), ["planned"])

    def test_b03_a_worker_that_died_before_the_hand_over_doubles_nothing(self):
        late = self.add("Sweep", 3, self.line("operator", "email", 110, "minutes"))
        self.stop_before_hand_over()
        self.pass_time(minutes=20)
        self.run_service()
        self.assertEqual((len(self.texts), self.mails), (1, []))
        self.assertEqual(self.run_on(), [])
        self.assertEqual(self.reasons_of(late), ["planned"])

    def test_b03_a_worker_that_died_and_then_a_gateway_lose_nothing(self):
        self.stop_before_hand_over()
        self.pass_time(minutes=20)
        self.run_service(sms_error=DOWN)
        self.assertEqual(len(self.run_on(sms_error=DOWN)), 1)

    def test_b03_one_who_is_put_off_alone_holds_up_no_form(self):
        """A mail server puts off one address; the others' mails leave."""
        for number in range(3):
            name = f"staff{number}"
            user = self._create_user(name, name, f"600 100 30{number}")
            line = self.line("operator", "email", 115, "minutes")
            self.add("Mow", 3, line, user_ids=user.ids)
        hand_over = self.env["crm.task.reminder.hand.over"]
        with patch.object(type(hand_over), "_hand_over", return_value=0):
            self.run_morning()
        put_off, left, _fresh = self.plans()
        hand_over._put_off(put_off, TemporaryError("sms_gateway", "451 Later"))
        left._note_sent()
        put_off.next_attempt_at = self.now + timedelta(minutes=30)
        self.pass_time(minutes=5)
        self.run_service()
        self.assertEqual(self.plans().mapped("state"), ["queued", "sent", "sent"])
        # nobody but who is put off is told of it singly
        self.assertEqual(len(self.mails), 1)
        self.assertEqual(self.run_on(), [])

    def test_b03_a_waiting_plan_that_a_person_cancels(self):
        """What it was to tell was told by nothing."""
        plan = self.stop_before_hand_over()
        plan.notification_id.sudo().notification_status = "canceled"
        self.assertEqual((plan.state, plan.reason), ("skipped", "cancelled"))
        self.assertEqual(len(self.run_on()), 1)
        self.assertEqual(self.texts, [])

    def test_b03_a_plan_that_fails_after_the_choice_was_changed(self):
        """Its refused reminders are no less untold."""
        task = self.add("Sweep", 6, self.line("operator", "email", 5))
        self.run_morning()
        self.assertEqual(self.reasons_of(task), ["planned"])
        self.company.reminder_plan = "beside"
        self.close_row(self.plans(), "failed", "expired")
        self.assertEqual(len(self.run_on()), 1)
        self.assertEqual(self.reasons_of(task), ["planned", "sent"])

    def test_b03_a_form_that_is_held_is_not_looked_at_for_each_reminder(self):
        self.add("Mow the lawn", 2, self.line("operator"))
        self.run_morning(sms_error=DOWN)
        decision = self.env.registry["crm.task.reminder.decision"]
        queue = self.env["crm.task.reminder.queue"]
        with patch.object(decision, "_resolve_missing") as resolve:
            queue._replace_waiting_plans(self.company)
        resolve.assert_not_called()
        self.assertEqual(len(self.plans()), 1)

    def test_b03_where_a_plan_reaches_somebody_is_found_out_once(self):
        self.add("Sweep", 5)
        self.run_morning()
        task = self.add("Mow the lawn", 6, self.line("operator", "email", 3))
        decision = self.env["crm.task.reminder.decision"]
        with patch.object(
            type(decision), "_list_plan_addresses", return_value=[]
        ) as list_addresses:
            deliveries, _refusals = decision._resolve(task.reminder_operator_ids)
        self.assertEqual((len(deliveries), list_addresses.call_count), (1, 1))
