from datetime import timedelta

from odoo.addons.crm_task_reminder.tests.notice import DAY, NoticeCommon
from odoo.tests import tagged

from .common import TextCommon


@tagged("post_install", "-at_install")
class TestTextTold(NoticeCommon, TextCommon):
    """A text answers what its writer was told last, in whichever form."""

    def test_b04_told_another_date_by_email_since(self):
        task = self.create_watched(
            self.news("set"), self.news("moved", channel="email"), told=True
        )
        task.planned_date_begin += DAY
        self.tell()
        self.assertEqual(len(self.mails), 1)
        task.planned_date_begin -= DAY
        self.assertEqual(self.write_text("tak").outcome, "moved")
        self.assertFalse(task.reminder_answer)
        self.tell()
        self.assertEqual(len(self.mails), 1, "the customer has to be told")

    def test_b04_told_by_email_that_the_date_has_moved(self):
        """A yes is to the SMS, which has the former date, or to the e-mail."""
        task = self.create_watched(
            self.news("set"), self.news("moved", channel="email"), told=True
        )
        task.planned_date_begin += DAY
        self.tell()
        self.assertEqual(len(self.mails), 1)
        self.assertEqual(self.write_text("tak").outcome, "moved")
        self.assertFalse(task.reminder_answer)
        self.assertEqual(len(task.activity_ids), 1)

    def test_b04_the_last_sms_may_not_have_arrived(self):
        task = self.create_watched(told=True)
        task.planned_date_begin += DAY
        self.pass_time(minutes=5)
        self.run_service(sms_error="jsonrpc_exception")
        row = self.rows(task)[-1]
        self.close_row(row, "unconfirmed", "no_answer")
        self.assertEqual(row.start, task.planned_date_begin)
        self.assertFalse(row.handed_over_at)
        self.assertEqual(self.write_text("tak").outcome, "moved")
        self.assertFalse(task.reminder_answer)

    def test_b04_told_by_email_that_it_is_off(self):
        task = self.create_watched(
            self.news("set"), self.news("called_off", channel="email"), told=True
        )
        task.state = "1_canceled"
        self.tell()
        self.assertEqual(len(self.mails), 1)
        task.state = "01_in_progress"
        self.assertEqual(self.write_text("ok").outcome, "moved")
        self.assertFalse(task.reminder_answer)

    def test_b04_told_by_sms_that_it_is_off(self):
        task = self.create_watched(told=True)
        task.state = "1_canceled"
        self.tell()
        self.assert_told("called off")
        task.state = "01_in_progress"
        self.assertEqual(self.write_text("ok").outcome, "moved")
        self.assertFalse(task.reminder_answer)

    def create_line_before_end(self):
        """Return the values of a reminder of a deadline, by SMS."""
        template = self.env.ref("crm_task_reminder.sms_template_customer_before_end")
        return self.line(moment="before_end", sms_template_id=template.id)

    def test_b04_reminded_of_the_deadline_since(self):
        """It tells no other start, and asks about none."""
        task = self.create_task(self.line(), self.create_line_before_end())
        task.date_deadline = task.planned_date_begin + timedelta(minutes=10)
        for minutes in (60, 10):
            self.pass_time(minutes=minutes)
            self.run_service()
            self.assertEqual(len(self.texts), 1)
        self.assertEqual(self.write_text("tak").outcome, "answer")
        self.assertEqual(task.reminder_answer, "coming")

    def test_b04_reminded_of_the_deadline_alone(self):
        """There was no question; that the time has changed would not be true."""
        task = self.create_task(self.create_line_before_end())
        task.date_deadline = task.planned_date_begin - timedelta(minutes=30)
        self.pass_time(hours=1)
        self.run_service()
        self.assertEqual(len(self.texts), 1)
        self.assertEqual(self.write_text("tak").outcome, "unclear")
        self.assertFalse(task.reminder_answer)
        self.assertEqual(len(task.activity_ids), 1)

    def test_b04_told_the_same_date_in_another_form_since(self):
        task = self.create_watched(
            self.news("set"), self.line(channel="email"), told=True
        )
        self.set_now(task.planned_date_begin - timedelta(hours=1))
        self.run_service()
        self.assertEqual(len(self.mails), 1)
        self.assertEqual(self.write_text("tak").outcome, "answer")
        self.assertEqual(task.reminder_answer, "coming")

    def test_b01_another_customer_with_the_same_number_is_for_a_person(self):
        """As where a contact was there twice; it was said that nobody was reminded."""
        task = self.send(self.line())
        task.partner_id = self.customer.copy({"name": "Karol K."})
        received = self.write_text("nie")
        self.assertEqual((received.outcome, received.task_id), ("unclear", task))
        self.assertEqual(received.partner_id, task.partner_id)
        self.assertFalse(task.reminder_answer_ids)
        both = self.customer | task.partner_id
        self.assertNotIn(task.message_ids[0].author_id, both)
        self.assertEqual(len(task.activity_ids), 1)

    def test_a03_a_contact_of_the_company_that_has_the_task_now_is_not_named(self):
        """It has the number of the former customer."""
        other = self._create_company("Wärmewerk", "de", "Europe/Berlin")
        boilers = self.env["project.project"].create(
            {"name": "Boilers", "company_id": other.id}
        )
        own = {"name": "Karin", "company_id": other.id}
        task = self.send(self.line())
        task.write({"project_id": boilers.id, "company_id": other.id, "user_ids": []})
        task.partner_id = self.customer.copy(own)
        received = self.write_text("nie")
        self.assertEqual((received.outcome, received.task_id), ("moved", task))
        self.assertEqual(received.partner_id, self.customer)
        for name in ("Karin", "Karol"):
            self.assertNotIn(name, task.message_ids[0].body)
