"""Whom the morning plan reaches, where it is morning, and why there is none."""

from datetime import datetime, timedelta

from odoo.fields import Command
from odoo.tests import tagged

from .common import DOWN
from .plan import PlanCommon


@tagged("post_install", "-at_install")
class TestPlanReach(PlanCommon):
    """Who gets a plan, who does not and why."""

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
        own = [Command.set(self.sender.ids)]
        self.add("Own secret", 3, project_id=False, partner_id=False, user_ids=own)
        self.run_morning()
        self.assertFalse(self.mails + list(self.plans()))

    def test_only_tasks_that_the_sender_may_not_read(self):
        hidden = self.project.copy(
            {"name": "Hidden", "privacy_visibility": "followers", "task_ids": []}
        )
        self.add("Secret", 4, project_id=hidden.id)
        self.add("Hush", 5, project_id=hidden.id)
        for _quarter in range(3):
            self.run_morning()
            self.assertFalse(self.mails)
        [row] = self.plans()
        self.assertEqual(row.reason, "no_access")
        self.assertEqual(row.reason_text, "The sender may not read it: Secret, Hush")

    def test_a05_a_task_that_became_private_is_named_to_nobody(self):
        """The row about those that the sender may not read went on to name it."""
        boss = self._create_user(
            "boss", "Bogdan", groups="project.group_project_manager"
        )
        hidden = self.project.copy(
            {"name": "Hidden", "privacy_visibility": "followers", "task_ids": []}
        )
        task = self.add("See the doctor", 4, project_id=hidden.id)
        self.run_morning()
        row = self.plans().with_user(boss)
        self.assertIn("See the doctor", row.reason_text)
        task.write({"project_id": False, "partner_id": False})
        self.env.invalidate_all()
        seen = [row.reason_text, row.detail, row.display_name]
        self.assertNotIn("doctor", str(seen))
        task.unlink()
        self.env.invalidate_all()
        self.assertEqual(row.reason_text, "The sender may not read it")

    # ------------------------------------------------------------------
    # Companies, rights
    # ------------------------------------------------------------------

    def test_shared_tasks_are_planned_by_the_company_somebody_works_in(self):
        self.switch_other_on()
        shared = self.env["project.project"].create(
            {"name": "Common", "company_id": False}
        )
        self.add("Mow the lawn", 3, project_id=shared.id, company_id=False)
        self.run_morning()
        self.assertEqual(len(self.mails), 1)
        self.assertEqual(self.plans().company_id, self.company)

    def test_what_the_sender_may_not_read_is_not_told(self):
        self.add("Mow the lawn", 3)
        hidden = self.add("Secret", 4)
        hidden.project_id = self.project.copy(
            {"name": "Hidden", "privacy_visibility": "followers", "task_ids": []}
        )
        self.run_morning()
        self.assertNotIn("Secret", self.mails[0]["body"])
        [told, refused] = self.plans().sorted(lambda row: row.reason or "")
        self.assertFalse(told.reason)
        self.assertEqual(refused.reason, "no_access")
        self.assertEqual(refused.reason_text, "The sender may not read it: Secret")
        self.assertEqual(refused.recipient_name, "Adam Assignee")
        self.assertEqual(refused.state, "skipped")

    def test_nobody_else_reads_the_message(self):
        self.add("Mow the lawn", 3)
        self.run_morning()
        message = self.plans().message_id
        self.assertFalse(message.model)
        boss = self._create_user("boss", "B", groups="project.group_project_manager")
        self.assertFalse(message.with_user(boss)._filtered_access("read"))
        self.assertTrue(message.with_user(self.assignee)._filtered_access("read"))

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

    def test_reasons_are_in_the_log(self):
        self.set_plan(sms=True)
        self.add("Mow the lawn", 3)
        self.assignee.partner_id.phone = False
        self.env["mail.blacklist"]._add("assignee@zielonydom.example")
        self.run_morning()
        self.assertFalse(self.mails + self.texts)
        reasons = dict(self.plans().mapped(lambda row: (row.channel, row.reason)))
        self.assertEqual(reasons, {"email": "blacklisted", "sms": "no_phone"})
        self.pass_time(minutes=20)
        self.run_service()
        self.assertEqual(len(self.plans()), 2)

    def test_a_template_that_fails_is_a_failure(self):
        body = "<p t-out='1 / (1 - len(object.partner_id))'/>"
        self.mail_template.body_html = body
        self.add("Mow the lawn", 3)
        self.run_morning()
        self.assertEqual(self.plans().state, "failed")
        self.assertFalse(self.mails)

    def test_a_plan_that_waited_is_written_anew(self):
        self.set_plan(mail=False, sms=True)
        self.add("Mow the lawn", 5)
        moved = self.add("Cut the hedge", 6)
        self.run_morning(sms_error=DOWN)
        self.assertEqual(self.plans().state, "queued")
        moved.planned_date_begin += timedelta(hours=1)
        self.pass_time(minutes=20)
        self.run_service()
        self.run_service()
        [(_number, text)] = self.texts
        self.assertIn("03:00 PM Cut the hedge", text)
        self.assertEqual(self.plans().mapped("state"), ["skipped", "sent"])
        self.assertEqual(self.plans()[0].reason, "renewed")

    def test_b05_a_shared_plan_that_waits_is_not_written_anew(self):
        """Each look took it for changed: half of its tasks are another person's."""
        self.set_plan(mail=False, sms=True)
        self.add_for_two()
        self.run_morning(sms_error=DOWN)
        self.pass_time(minutes=20)
        self.run_service(sms_error=DOWN)
        self.assertEqual(self.plans().state, "queued")
        self.pass_time(minutes=20)
        self.run_service()
        [(_number, text)] = self.texts
        self.assertIn("Mow the lawn", text)
        self.assertIn("Cut the hedge", text)
        self.assertEqual(self.plans().state, "sent")

    def test_a_plan_that_waited_too_long_is_missed(self):
        self.set_plan(mail=False, sms=True)
        self.add("Mow the lawn", 3)
        self.run_morning(sms_error=DOWN)
        self.pass_time(hours=3)
        self.run_service()
        self.assertFalse(self.texts)
        self.assertEqual(self.plans().reason, "started")

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
