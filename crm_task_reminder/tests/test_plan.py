"""The morning plan: what is in it, when it is sent, and what it replaces."""

from datetime import timedelta

from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .plan import PlanCommon


@tagged("post_install", "-at_install")
class TestPlan(PlanCommon):
    """One message in the morning with all tasks of the day."""

    # ------------------------------------------------------------------
    # What is in it
    # ------------------------------------------------------------------

    def test_one_message_with_all_tasks_of_the_day(self):
        self.add("Mow the lawn", 3)
        self.add("Cut the hedge", 6)
        self.add("Tomorrow's", 26)
        self.run_service()
        self.assertFalse(self.mails)
        self.run_morning()
        self.assertEqual(self.addresses, ["assignee@zielonydom.example"])
        [mail] = self.mails
        self.assertEqual(mail["subject"], "Your tasks: Tue 14 Jul")
        for words in (
            "11:00",
            "Mow the lawn",
            "02:00",
            "Cut the hedge",
            "Karol Klient",
            "600 100 200",
            "Polna 1, 00-001 Warszawa",
            "/mail/view?model=project.task",
        ):
            self.assertIn(words, mail["body"])
        self.assertNotIn("Tomorrow", mail["body"])
        row = self.plans()
        self.assertEqual(row.state, "sent")
        self.assertEqual(str(row.plan_day), "2026-07-14")
        self.assertEqual(row.recipient_name, "Adam Assignee")
        self.assertEqual((row.operation, row.channel), ("operator", "email"))

    def test_nothing_to_do_no_message(self):
        self.add("Tomorrow's", 26)
        self.add("Done", 3, state="1_done")
        self.add("Nobody's", 3, user_ids=[])
        self.run_morning()
        self.assertFalse(self.mails)
        self.assertFalse(self.plans())

    def test_once_per_person_day_and_form(self):
        self.set_plan(sms=True)
        self.add("Mow the lawn", 3)
        self.run_morning()
        self.assertEqual((len(self.mails), len(self.texts)), (1, 1))
        for _minute in range(3):
            self.pass_time(minutes=20)
            self.run_service()
            self.assertFalse(self.mails + self.texts)
        self.add("Next day", 24)
        self.pass_time(hours=23)
        self.run_service()
        self.assertEqual((len(self.mails), len(self.texts)), (1, 1))
        self.assertEqual(len(self.plans()), 4)

    def test_a_later_hour_the_same_day_sends_it_once(self):
        self.add("Mow the lawn", 5)
        self.run_morning()
        self.set_plan(hour=10.0)
        self.run_morning()
        self.assertFalse(self.mails)
        self.assertEqual(len(self.plans()), 1)

    def test_switched_on_after_its_hour_it_begins_the_next_day(self):
        self.set_plan("off")
        self.add("Mow the lawn", 5)
        self.pass_time(hours=2)
        self.set_plan()
        self.pass_time(minutes=20)
        self.run_service()
        self.assertFalse(self.plans())

    def test_off_sends_none(self):
        self.set_plan("off")
        self.add("Mow the lawn", 3)
        self.run_morning()
        self.assertFalse(self.mails)

    def test_after_a_downtime_what_is_still_to_come(self):
        self.add("Early", 2)
        self.pass_time(hours=4)
        self.run_service()
        self.assertFalse(self.mails)
        self.add("Late", 5)
        self.set_plan(hour=13.0)
        self.pass_time(hours=3)
        self.run_service()
        self.assertEqual(len(self.mails), 1)

    # ------------------------------------------------------------------
    # Language, zone, employees
    # ------------------------------------------------------------------

    def test_language_and_zone_of_the_recipient(self):
        self.assignee.tz = "Europe/Lisbon"
        self.add("Mow the lawn", 6)
        self.run_morning()
        self.assertFalse(self.mails)
        self.run_morning()
        [mail] = self.mails
        self.assertIn("01:00", mail["body"])
        self.assertIn("Lisbon", mail["body"])

    def test_employee_without_a_user(self):
        employee = self.create_employee(
            "Ewa", work_email="ewa@zielonydom.example", mobile_phone="600 100 203"
        )
        self.set_plan(sms=True)
        self.add(
            "Mow the lawn",
            3,
            user_ids=[],
            reminder_employee_ids=[Command.set(employee.ids)],
        )
        self.run_morning()
        self.assertEqual(self.addresses, ["ewa@zielonydom.example"])
        self.assertNotIn("/mail/view?model=project.task", self.mails[0]["body"])
        [(number, text)] = self.texts
        self.assertEqual(number, "+48600100203")
        self.assertIn("11:00 AM Mow the lawn, Karol Klient", text)

    def test_a_long_plan_is_as_many_sms_as_the_company_wants(self):
        self.set_plan(mail=False, sms=True)
        self.company.reminder_sms_parts = 2
        for number in range(20):
            self.add(f"Task number {number}", 3 + number / 10)
        self.run_morning()
        [(_number, text)] = self.texts
        self.assertLessEqual(len(text), 306)
        self.assertRegex(text, r"and \d+ more$")

    def test_others_of_a_task_get_their_own(self):
        other = self._create_user("second", "Sara Second")
        self.add("Mow the lawn", 3, user_ids=[Command.set((self.assignee + other).ids)])
        self.add("Cut the hedge", 4)
        self.run_morning()
        self.assertEqual(len(self.mails), 2)
        body = {mail["email_to"][0]: mail["body"] for mail in self.mails}
        mine = next(text for to, text in body.items() if "second" in to)
        self.assertNotIn("Cut the hedge", mine)

    def test_who_share_an_address_share_the_plan(self):
        second = self._create_user("second", "Sara Second")
        second.partner_id.email = self.assignee.email
        self.add("Mow the lawn", 3)
        self.add("Cut the hedge", 4, user_ids=[Command.set(second.ids)])
        self.run_morning()
        [mail] = self.mails
        self.assertIn("Mow the lawn", mail["body"])
        self.assertIn("Cut the hedge", mail["body"])
        self.assertNotIn("Open the task", mail["body"])

    def test_quiet_hours_do_not_hold_it(self):
        self.company.write(
            {
                "reminder_operator_hours": True,
                "reminder_operator_hour_from": 10.0,
                "reminder_operator_hour_to": 18.0,
            }
        )
        self.assertTrue(self.company._has_reminder_hours())
        self.add("Mow the lawn", 3)
        self.run_morning()
        self.assertEqual(len(self.mails), 1)

    def test_the_log_has_no_run_about_nothing(self):
        self.add("Tomorrow's", 26)
        runs = [("operation", "=", "service"), ("company_id", "=", self.company.id)]
        before = self.log.search_count(runs)
        for _quarter in range(8):
            self.pass_time(minutes=15)
            self.run_service()
        self.assertEqual(self.log.search_count(runs), before)

    # ------------------------------------------------------------------
    # Single reminders
    # ------------------------------------------------------------------

    def test_beside_it_single_reminders_go(self):
        self.add("Mow the lawn", 3, self.line("operator", "email"))
        self.run_morning()
        self.run_morning()
        self.assertEqual(len(self.mails), 1)

    def test_in_place_of_single_reminders(self):
        self.set_plan("instead")
        task = self.add("Mow the lawn", 3, self.line("operator", "email"), self.line())
        self.run_morning()
        self.assertEqual(len(self.mails), 1)
        self.assertIn("The morning plan has told of it", self.people(task, "operator"))
        self.run_morning()
        self.assertFalse(self.mails)
        self.assertEqual(self.numbers, ["+48600100200"])
        preview = self.env["crm.task.reminder.preview"].create(
            {"reminder_id": task.reminder_operator_ids.id}
        )
        self.assertIn("The morning plan has told of it", preview.content)
        refused = self.rows(task).filtered(lambda row: row.operation == "operator")
        self.assertEqual(refused.reason, "planned")
        # asked for by a person it goes all the same
        task.reminder_operator_ids.action_send_now()
        self.run_service()
        self.assertEqual(self.addresses, ["assignee@zielonydom.example"])

    def test_b05_a_shared_plan_is_in_place_of_both_peoples_reminders(self):
        """The second one's task was told of again, at the same address."""
        self.set_plan("instead")
        self.add_for_two(self.line("operator", "email"))
        self.run_morning()
        self.assertEqual(len(self.mails), 1)
        self.pass_time(hours=4)
        self.run_service()
        self.assertFalse(self.mails)
        task = self.env["project.task"].search([("name", "=", "Cut the hedge")])
        self.assertEqual(self.rows(task).mapped("reason"), ["planned"])

    def test_a_task_that_is_moved_after_it_gets_its_reminder(self):
        self.set_plan("instead")
        task = self.add("Mow the lawn", 3, self.line("operator", "email"))
        late = self.add("Came later", 4, self.line("operator", "email"))
        late.user_ids = False
        self.run_morning()
        task.planned_date_begin += timedelta(hours=1)
        late.user_ids = self.assignee
        self.pass_time(hours=2)
        self.run_service()
        self.assertEqual(len(self.mails), 2)

    def test_a_plan_that_was_not_sent_replaces_nothing(self):
        self.set_plan("instead", mail=False, sms=True)
        self.assignee.partner_id.phone = False
        self.add("Mow the lawn", 3, self.line("operator", "email"))
        self.run_morning()
        self.run_morning()
        self.assertEqual(len(self.mails), 1)

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

    # ------------------------------------------------------------------
    # Setting it
    # ------------------------------------------------------------------

    def test_window(self):
        self.set_plan("off", mail=False)
        with self._open() as window:
            window.reminder_plan = "beside"
            self.assertEqual(window.reminder_plan_mail_template_id, self.mail_template)
            window.reminder_plan_hour = 6.5
        self.assertEqual(self.company.reminder_plan, "beside")
        self.assertEqual(self.company.reminder_plan_hour, 6.5)

    def test_an_hour_that_is_none_is_refused(self):
        for hour in (-1, 24, 25, 1e9, float("nan")):
            with self.assertRaisesRegex(ValidationError, "00:00 to 23:59"):
                self.company.reminder_plan_hour = hour

    def test_upgraded_and_new_companies_have_none(self):
        self.assertEqual(self.other.reminder_plan, "off")
