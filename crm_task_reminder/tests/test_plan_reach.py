from datetime import datetime, timedelta

from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..models.sending.second_way import (
    crm_task_reminder_queue,
    crm_task_reminder_second_way,
)
from .plan import PlanCommon


@tagged("post_install", "-at_install")
class TestPlanReach(PlanCommon):
    """Who gets a plan, who does not and why; and in which other form."""

    def reasons(self):
        return self.plans().mapped(lambda row: (row.channel, row.reason or row.state))

    # ------------------------------------------------------------------
    # Whose tasks they are
    # ------------------------------------------------------------------

    def test_who_is_left_out_on_a_task_is_not_told_of_it(self):
        second = self._create_user("second", "Sara Second")
        both = [Command.set((self.assignee + second).ids)]
        left_out = [Command.set(self.assignee.ids)]
        self.add("Mow", 3, user_ids=both, reminder_excluded_user_ids=left_out)
        self.add("Cut", 4, user_ids=both)
        self.run_morning()
        bodies = {mail["email_to"][0]: mail["body"] for mail in self.mails}
        mine = next(text for to, text in bodies.items() if "assignee" in to)
        hers = next(text for to, text in bodies.items() if "second" in to)
        self.assertNotIn("Mow", mine)
        self.assertIn("Cut", mine)
        self.assertIn("Mow", hers)

    def test_who_is_left_out_on_all_gets_none(self):
        self.add("Mow", 3, reminder_excluded_user_ids=[Command.set(self.assignee.ids)])
        self.run_morning()
        self.assertFalse(self.mails + list(self.plans()))

    def test_reminders_of_a_task_switched_off(self):
        self.add("Mow", 3, reminder_operator_off=True)
        self.add("Cut", 4)
        self.run_morning()
        self.assertNotIn("Mow", self.mails[0]["body"])

    def test_private_tasks_are_in_nobodys_plan_and_log(self):
        self.add("Buy a present", 3, project_id=False, partner_id=False)
        own = [Command.set(self.operator.ids)]
        self.add("Own secret", 3, project_id=False, partner_id=False, user_ids=own)
        self.run_morning()
        self.assertFalse(self.mails + list(self.plans()))

    def test_only_tasks_that_the_operator_may_not_read(self):
        hidden = self.project.copy(
            {"name": "Hidden", "privacy_visibility": "followers", "task_ids": []}
        )
        self.add("Secret", 4, project_id=hidden.id)
        self.add("Hush", 5, project_id=hidden.id)
        for _quarter in range(3):
            self.run_morning()
            self.assertFalse(self.mails)
        [row] = self.plans()
        self.assertEqual((row.reason, row.detail), ("no_access", "Secret, Hush"))

    # ------------------------------------------------------------------
    # Why there is none
    # ------------------------------------------------------------------

    def test_no_template(self):
        self.set_plan(mail=False)
        self.add("Mow", 3)
        for _quarter in range(2):
            self.run_morning()
        self.assertEqual(self.reasons(), [(False, "no_template")])
        self.assertEqual(self.plans().recipient_name, "Adam Assignee")

    def test_no_address_and_archived(self):
        employee = self.create_employee("Ewa")
        gone = self.create_employee("Gerd", work_email="gerd@zielonydom.example")
        both = [Command.set((employee + gone).ids)]
        self.add("Mow", 3, user_ids=[], reminder_employee_ids=both)
        gone.active = False
        self.run_morning()
        self.assertFalse(self.mails)
        rows = self.plans().mapped(lambda row: (row.recipient_name, row.reason))
        self.assertEqual(sorted(rows), [("Ewa", "no_email"), ("Gerd", "archived")])

    def test_no_account(self):
        self.mail_server.active = True
        self.company.reminder_mail_server_id = False
        self.add("Mow", 3)
        self.run_morning()
        self.assertEqual(self.reasons(), [("email", "no_account")])

    # ------------------------------------------------------------------
    # The second way
    # ------------------------------------------------------------------

    def set_second_way(self, blacklisted=False):
        self.company.write(
            {
                "reminder_sms_second_way": "email",
                "reminder_email_second_way": "sms",
                "reminder_second_way_blacklisted": blacklisted,
            }
        )

    def test_no_number_by_mail_instead(self):
        self.set_second_way()
        self.set_plan(mail=False, sms=True)
        self.assignee.partner_id.phone = False
        self.add("Mow", 3)
        for _quarter in range(2):
            self.run_morning()
            self.assertEqual(len(self.mails), 1 - _quarter)
        refused, sent = self.plans()
        self.assertEqual((refused.channel, refused.reason), ("sms", "no_phone"))
        self.assertEqual((sent.channel, sent.state), ("email", "sent"))
        self.assertEqual(sent.instead_of_id, refused)

    def test_both_forms_set_need_no_second_way(self):
        self.set_second_way()
        self.set_plan(sms=True)
        self.assignee.partner_id.phone = False
        self.add("Mow", 3)
        self.run_morning()
        self.assertEqual(len(self.mails), 1)
        self.assertEqual(
            sorted(self.reasons()), [("email", "sent"), ("sms", "no_phone")]
        )

    def test_no_way_at_all_says_both(self):
        self.set_second_way()
        self.set_plan(mail=False, sms=True)
        self.assignee.partner_id.write({"phone": False, "email": False})
        self.add("Mow", 3)
        self.run_morning()
        [row] = self.plans()
        self.assertIn("No phone number: E-mail: No e-mail address", row.reason_text)

    def test_blacklisted_only_where_the_company_says_so(self):
        self.env["mail.blacklist"]._add("assignee@zielonydom.example")
        self.add("Mow", 5)
        for is_allowed in (False, True):
            self.set_second_way(is_allowed)
            self.set_plan(hour=10.0 if is_allowed else 9.0)
            self.run_morning()
            self.assertEqual(len(self.texts), int(is_allowed))

    @mute_logger("odoo.addons.sms.models.sms_sms")
    def test_refused_by_the_gateway_by_mail_instead(self):
        self.set_second_way()
        self.set_plan(mail=False, sms=True)
        self.add("Mow", 3)
        self.run_morning(sms_error="wrong_number_format")
        self.assertFalse(self.mails)
        self.pass_time(minutes=1)
        self.run_service()
        self.assertEqual(len(self.mails), 1)
        failed, sent = self.plans()
        self.assertEqual(failed.state, "failed")
        self.assertEqual((sent.state, sent.instead_of_id), ("sent", failed))
        self.pass_time(minutes=20)
        self.run_service()
        self.assertFalse(self.mails + self.texts)

    @mute_logger("odoo.addons.sms.models.sms_sms")
    def test_more_than_a_batch_that_were_refused_leave_in_one_run(self):
        for module in (crm_task_reminder_queue, crm_task_reminder_second_way):
            self.patch(module, "BATCH_SIZE", 2)
        self.set_second_way()
        self.set_plan(mail=False, sms=True)
        for number in range(5):
            name = f"staff{number}"
            user = self._create_user(name, name, f"600 100 30{number}")
            self.add("Mow", 3, user_ids=[Command.set(user.ids)])
        self.run_morning(sms_error="wrong_number_format")
        self.assertEqual(set(self.reasons()), {("sms", "invalid_phone")})
        self.pass_time(minutes=1)
        self.run_service()
        self.assertEqual(len(set(self.addresses)), 5)
        self.assertEqual(len(self.mails), 5)

    @mute_logger("odoo.addons.sms.models.sms_sms")
    def test_no_credit_by_mail_instead_and_not_both(self):
        self.set_second_way()
        self.set_plan(mail=False, sms=True)
        self.add("Mow", 3)
        self.run_morning(sms_error="credit")
        self.pass_time(minutes=1)
        self.run_service()
        self.assertEqual(len(self.mails), 1)
        for _hour in range(2):
            self.pass_time(minutes=30)
            self.run_service()
            self.assertFalse(self.mails + self.texts)

    @mute_logger("odoo.addons.sms.models.sms_sms")
    def test_no_credit_where_both_are_set_waits(self):
        self.set_second_way()
        self.set_plan(sms=True)
        self.add("Mow", 3)
        self.run_morning(sms_error="credit")
        self.assertEqual(len(self.mails), 1)
        self.pass_time(minutes=30)
        self.run_service()
        self.assertEqual((len(self.mails), len(self.texts)), (0, 1))

    @mute_logger("odoo.addons.sms.models.sms_sms")
    def test_a_late_receipt_stops_the_second_form(self):
        self.set_second_way()
        self.set_plan(mail=False, sms=True)
        self.add("Mow", 5)
        self.run_morning(sms_error="wrong_number_format")
        failed = self.plans()
        run = self.log.create(
            {"operation": "service", "company_id": self.company.id, "state": "running"}
        )
        self.env["crm.task.reminder.second.way"]._queue_failed(self.company, run)
        failed._note_sent()
        self.pass_time(minutes=2)
        self.run_service()
        self.assertFalse(self.mails)
        self.assertEqual(self.plans()[-1].reason, "replaced")

    # ------------------------------------------------------------------
    # Where it is morning
    # ------------------------------------------------------------------

    def test_each_in_its_own_morning_over_both_changes_of_clocks(self):
        """At 7:00 by each one's clock, the day before and after, and on the day."""
        zones = {"Europe/Warsaw": 5, "America/New_York": 11, "Asia/Kolkata": 1.5}
        for zone in zones:
            user = self._create_user(zone.lower(), zone)
            user.tz = zone
            for first in (datetime(2026, 10, 24, 12), datetime(2027, 3, 27, 12)):
                for offset in range(3):
                    start = first + timedelta(days=offset)
                    own = [Command.set(user.ids)]
                    self.add("Work", 0, user_ids=own, planned_date_begin=start)
        self.set_plan(hour=7.0)
        finder = self.env["crm.task.reminder.day"]
        for first, winter in (
            (datetime(2026, 10, 24), True),
            (datetime(2027, 3, 27), False),
        ):
            for offset in range(3):
                midnight = since = first + timedelta(days=offset)
                left = {}
                for quarter in range(1, 60):
                    now = midnight + timedelta(minutes=15 * quarter)
                    for recipient, *_day in finder._find_days(self.company, since, now):
                        self.assertNotIn(recipient.name, left)
                        left[recipient.name] = quarter / 4
                    since = now
                # New York changes its clocks on other days, Kolkata never
                is_winter = bool(offset) == winter
                warsaw = zones["Europe/Warsaw"] + int(is_winter)
                self.assertEqual(left, {**zones, "Europe/Warsaw": warsaw}, midnight)

    def test_an_hour_that_the_clock_skips(self):
        self.set_plan(hour=2.5)
        self.set_now(datetime(2027, 3, 28, 0, 0))
        self.company.reminder_plan_seen_at = self.now
        self.add("Work", 10)
        self.set_now(datetime(2027, 3, 28, 1, 15))
        self.run_service()
        self.assertFalse(self.mails)
        self.set_now(datetime(2027, 3, 28, 1, 30))  # 3:30, as if it were 2:30
        self.run_service()
        self.assertEqual(len(self.mails), 1)

    def test_two_companies_each_with_its_own(self):
        self.switch_other_on()
        project = self.env["project.project"].create(
            {"name": "There", "company_id": self.other.id}
        )
        self.assignee.company_ids += self.other
        self.add("Here", 3)
        self.add("Dort", 4, project_id=project.id, company_id=self.other.id)
        self.run_morning()
        self.assertEqual(len(self.mails), 2)
        for company, told, hidden in (
            (self.company, "Here", "Dort"),
            (self.other, "Dort", "Here"),
        ):
            [mail] = [one for one in self.mails if company.name in one["body"]]
            self.assertIn(told, mail["body"])
            self.assertNotIn(hidden, mail["body"])
        self.assertEqual(self.plans().company_id, self.company + self.other)

    # ------------------------------------------------------------------
    # Moved after it
    # ------------------------------------------------------------------

    def test_moved_after_the_plan_gets_its_single_reminder_once(self):
        self.set_plan("instead")
        task = self.add("Mow", 4, self.line("operator", "email"))
        self.add("Cut", 5, self.line("operator", "email"))
        self.run_morning()
        task.planned_date_begin += timedelta(hours=2)
        subjects = []
        for _half in range(14):
            self.pass_time(minutes=30)
            self.run_service()
            subjects += [mail["subject"] for mail in self.mails]
        [subject] = subjects
        self.assertIn("Mow", subject)
