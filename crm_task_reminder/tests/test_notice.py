"""News of a date: set, moved or called off, as it was told before."""

from datetime import timedelta

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from .notice import DAY, NoticeCommon


@tagged("post_install", "-at_install")
class TestNotice(NoticeCommon):
    """People are told when a date is set, moved or called off: once, the truth."""

    # ------------------------------------------------------------------
    # Set, moved, called off
    # ------------------------------------------------------------------

    def test_set(self):
        task = self.create_watched()
        self.run_service()
        self.assert_silent()
        self.tell()
        self.assert_told("is on Fri 17 Jul, 08:00 AM")
        self.assertEqual(self.rows(task).moment, "set")
        self.tell(60)
        self.assert_silent()

    def test_set_when_the_task_is_made(self):
        self.company.reminder_customer_default = True
        self.company.reminder_default_customer_ids = [
            Command.clear(),
            Command.create(self.news("set")),
        ]
        self.env["project.task"].create(
            {
                "name": "Mow the lawn",
                "project_id": self.project.id,
                "partner_id": self.customer.id,
                "planned_date_begin": self.now + DAY,
            }
        )
        self.tell()
        self.assert_told("is on Wed 15 Jul, 08:00 AM")

    def test_moved(self):
        task = self.create_watched(told=True)
        task.planned_date_begin += DAY
        self.tell()
        self.assert_told("was moved from Fri 17 Jul, 08:00 AM to Sat 18 Jul, 08:00 AM")
        self.assertEqual(self.rows(task).mapped("moment"), ["set", "moved"])

    def test_moved_by_mail(self):
        task = self.create_watched(*self.all_news(channel="email"))
        self.tell()
        [mail] = self.mails
        self.assertIn("Your appointment: Mow the lawn, Fri 17 Jul", mail["subject"])
        task.planned_date_begin += timedelta(hours=2)
        self.tell()
        [mail] = self.mails
        self.assertIn("Your appointment was moved: Mow the lawn", mail["subject"])
        self.assertIn("was moved from Fri 17 Jul, 08:00 AM", mail["body_alternative"])
        self.assertIn("Fri 17 Jul, 10:00 AM", mail["body_alternative"])

    def test_moved_by_mail_keeps_both_dates_on_one_line(self):
        task = self.create_watched(*self.all_news(channel="email"))
        self.tell()
        task.planned_date_begin += timedelta(hours=2)
        self.tell()
        [mail] = self.mails
        for words in ("Fri 17 Jul, 08:00 AM", "Fri 17 Jul, 10:00 AM"):
            whole = words.replace(" ", "\N{NO-BREAK SPACE}")
            self.assertIn(whole, mail["body"])
            self.assertIn(words, mail["body_alternative"])

    def test_called_off(self):
        for values in ({"state": "1_canceled"}, {"active": False}):
            with self.subTest(values=values):
                task = self.create_watched(told=True)
                task.write(values)
                self.tell()
                self.assert_told("on Fri 17 Jul, 08:", "was called off")
                self.tell()
                self.assert_silent()

    def test_called_off_by_mail_strikes_the_date_out(self):
        task = self.create_watched(*self.all_news(channel="email"))
        self.tell()
        task.state = "1_canceled"
        self.tell()
        [mail] = self.mails
        self.assertIn("was called off: Mow the lawn, Fri 17 Jul", mail["subject"])
        self.assertIn("line-through", mail["body"])
        self.assertIn("Called off", mail["body"])

    def test_called_off_names_the_start_that_was_told(self):
        task = self.create_watched(told=True)
        task.planned_date_begin += DAY
        self.pass_time(minutes=1)
        task.state = "1_canceled"
        self.tell()
        self.assert_told("on Fri 17 Jul, 08:00 AM was called off")

    def test_done_is_not_called_off(self):
        task = self.create_watched(told=True)
        task.state = "1_done"
        self.tell()
        task.active = False
        self.tell()
        self.assert_silent()

    def test_reopened_is_set_again(self):
        task = self.create_watched(told=True)
        for _round in range(2):
            task.state = "1_canceled"
            self.tell()
            self.assert_told("was called off")
            task.state = "01_in_progress"
            self.tell()
            self.assert_told("is on Fri 17 Jul, 08:00 AM")
        self.assertEqual(
            self.rows(task).mapped("state"), ["sent"] * 5, "two of them are superseded"
        )

    def test_operators_and_employees(self):
        employee = self.create_employee("Ewa Employee", mobile_phone="600 100 209")
        self.create_watched(
            *self.all_news("operator"),
            reminder_employee_ids=[Command.set(employee.ids)],
        )
        self.tell()
        self.assertEqual(sorted(self.numbers), ["+48600100201", "+48600100209"])
        self.assertIn("the date of your task", self.texts[0][1])

    def test_both_forms_of_the_same_news(self):
        task = self.create_watched(*self.all_news(), *self.all_news(channel="email"))
        self.tell()
        self.assertEqual((len(self.texts), len(self.mails)), (1, 1))
        task.planned_date_begin += DAY
        self.tell()
        self.assertEqual((len(self.texts), len(self.mails)), (1, 1))
        self.assertIn("moved from Fri", self.texts[0][1])

    # ------------------------------------------------------------------
    # What was never told can't be moved
    # ------------------------------------------------------------------

    def test_moved_before_it_was_told_is_set(self):
        task = self.create_watched()
        self.pass_time(minutes=4)
        task.planned_date_begin += DAY
        self.tell()
        self.assert_told("is on Sat 18 Jul, 08:00 AM")

    def test_called_off_before_it_was_told_is_nothing(self):
        task = self.create_watched()
        task.state = "1_canceled"
        self.tell()
        self.assert_silent()
        self.assertFalse(self.rows(task))

    def test_what_a_reminder_has_told_can_be_moved(self):
        task = self.create_watched(self.line(), self.news("moved"), starts_in=DAY)
        self.pass_time(hours=23)
        self.run_service()
        self.assert_told("a reminder")
        task.planned_date_begin += DAY
        self.tell()
        self.assert_told("was moved from Wed 15 Jul, 08:00 AM")

    def test_what_failed_was_not_told(self):
        task = self.create_watched()
        self.pass_time(minutes=5)
        self.run_service(sms_error="wrong_number_format")
        self.assertEqual(self.rows(task).state, "failed")
        task.planned_date_begin += DAY
        self.tell()
        self.assert_told("is on Sat 18 Jul, 08:00 AM")

    def test_new_customer_was_told_nothing(self):
        task = self.create_watched(told=True)
        task.partner_id = self.env["res.partner"].create(
            {"name": "Nina Nowa", "phone": "+48600100444"}
        )
        self.tell()
        self.assertEqual(self.numbers, ["+48600100444"])
        self.assert_told("is on Fri 17 Jul, 08:00 AM")

    def test_told_meanwhile_by_a_reminder(self):
        """The reminder has said the new date: there is no news left."""
        task = self.create_watched(self.line(duration=1, unit="days"), *self.all_news())
        self.tell()
        self.assert_told("is on")
        task.planned_date_begin = self.now + DAY + timedelta(minutes=1)
        self.pass_time(minutes=1)
        self.run_service()
        self.assert_told("a reminder", "08:06 AM")
        self.tell()
        self.assert_silent()

    # ------------------------------------------------------------------
    # What else a line does
    # ------------------------------------------------------------------

    def test_send_now(self):
        task = self.create_watched()
        task.reminder_ids.filtered(lambda one: one.moment == "set").action_send_now()
        self.run_service()
        self.assert_told("is on")
        self.tell()
        self.assert_silent()

    def test_nothing_to_send_now(self):
        task = self.create_watched(told=True)
        for line in task.reminder_ids:
            with self.subTest(moment=line.moment), self.assertRaises(UserError):
                line.action_send_now()

    def test_next_news_after_one_that_could_not_be_sent(self):
        lines = self.all_news()
        lines[0]["sms_template_id"] = False
        task = self.create_watched(*lines)
        self.tell()
        self.assert_reason(task, "no_template")
        [line] = task.reminder_ids.filtered(lambda one: one.moment == "set")
        line.sms_template_id = self.env.ref(
            "crm_task_reminder.sms_template_customer_set"
        )
        line.action_send_now()
        self.run_service()
        self.assert_told("is on")

    def test_texts_in_the_recipients_zone(self):
        self.customer.write({"tz": "America/New_York", "country_id": False})
        task = self.create_watched()
        self.tell()
        self.assert_told("Fri 17 Jul, 02:00 AM (New York)")
        task.planned_date_begin += DAY
        self.tell()
        self.assert_told("from Fri 17 Jul, 02:00 AM (New York) to Sat 18 Jul, 02:00 AM")

    def test_standard_texts_are_one_sms(self):
        task = self.create_watched(told=True)
        lengths = [len(self.texts[0][1])]
        task.planned_date_begin += DAY
        self.tell()
        lengths.append(len(self.texts[0][1]))
        self.assertLessEqual(max(lengths), 160)
