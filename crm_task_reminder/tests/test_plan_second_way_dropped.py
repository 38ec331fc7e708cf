from datetime import timedelta

from odoo.tests import tagged
from odoo.tools import mute_logger

from .plan import PlanCommon

MAIL = "assignee@zielonydom.example"


@tagged("post_install", "-at_install")
class TestPlanSecondWayDropped(PlanCommon):
    """A plan in its second form that is dropped is written anew, as the day is now."""

    def setUp(self):
        super().setUp()
        self.company.reminder_sms_second_way = "email"
        self.set_plan(mail=False, sms=True)

    @mute_logger("odoo.addons.sms.models.sms_sms")
    def wait(self):
        """Have the plan by SMS refused and its e-mails wait; return both."""
        self.run_morning(sms_error="wrong_number_format")
        failed = self.plans()
        self.assertEqual(failed.state, "failed")
        self.company.reminder_mail_server_id.smtp_port = self._get_unused_port()
        self.pass_time(minutes=1)
        self.run_service()
        waiting = self.plans() - failed
        self.assertEqual(set(waiting.mapped("state")), {"queued"})
        return failed, waiting

    def repair_mail_server(self):
        self.company.reminder_mail_server_id.smtp_port = self.greeter.server_address[1]

    def run_for(self, minutes):
        """Run the service each minute, no text leaves; return the e-mails."""
        mails = []
        for _minute in range(minutes):
            self.pass_time(minutes=1)
            self.run_service()
            self.assertEqual(self.texts, [])
            mails += self.mails
        return mails

    def test_b04_one_of_its_tasks_is_moved(self):
        self.add("Mow the lawn", 5)
        moved = self.add("Cut the hedge", 6)
        failed, waiting = self.wait()
        for _again in range(3):
            moved.planned_date_begin += timedelta(hours=1)
            self.assertEqual(self.run_for(18), [])
        self.repair_mail_server()
        [mail] = self.run_for(20)
        self.assertIn("Mow the lawn", mail["body"])
        self.assertIn("05:00 PM", mail["body"])
        self.assertEqual((waiting.state, waiting.reason), ("skipped", "renewed"))
        self.assertEqual(self.plans()[1:].instead_of_id, failed)
        self.assertEqual(self.plans()[-1].state, "sent")
        self.assertEqual(self.run_for(20), [])

    def test_b02_the_sender_is_changed(self):
        self.add("Mow the lawn", 5)
        _failed, waiting = self.wait()
        self.company.reminder_user_id = self._create_user("next", "Nora Next")
        self.repair_mail_server()
        self.assertEqual(len(self.run_for(8)), 1)
        self.assertEqual(waiting.reason, "renewed")
        self.assertEqual(self.run_for(20), [])

    def test_b04_a_late_receipt_keeps_it_away(self):
        moved = self.add("Mow the lawn", 5)
        failed, waiting = self.wait()
        moved.planned_date_begin += timedelta(hours=1)
        self.repair_mail_server()
        while waiting.state == "queued":
            self.assertEqual(self.run_for(1), [])
        failed._note_sent()
        self.assertEqual(self.run_for(20), [])
        self.assertEqual(waiting.reason, "renewed")

    def test_b04_there_is_no_second_form_any_more(self):
        moved = self.add("Mow the lawn", 5)
        self.wait()
        moved.planned_date_begin += timedelta(hours=1)
        self.company.reminder_sms_second_way = False
        self.repair_mail_server()
        self.assertEqual(self.run_for(20), [])
        self.assertEqual(len(self.plans()), 2)

    def test_b04_the_task_is_another_day_s(self):
        moved = self.add("Mow the lawn", 5)
        self.wait()
        moved.planned_date_begin += timedelta(days=2)
        self.repair_mail_server()
        self.assertEqual(self.run_for(20), [])

    def test_b05_only_who_shares_the_number_and_has_not_got_it(self):
        """One has the e-mail, when a task of the other one's is moved."""
        second = self.add_for_two()
        second.partner_id.email = "sara@zielonydom.example"
        _failed, waiting = self.wait()
        first = waiting.filtered(lambda row: row.address == MAIL)
        first._note_sent()
        waiting -= first
        # a new address is nobody's who has not got it
        self.assignee.partner_id.email = "adam.new@zielonydom.example"
        tasks = self.env["project.task"].search([("name", "=", "Cut the hedge")])
        tasks.planned_date_begin += timedelta(hours=1)
        self.repair_mail_server()
        [mail] = self.run_for(20)
        self.assertIn("sara@zielonydom.example", mail["email_to"][0])
        self.assertIn("Cut the hedge", mail["body"])
        self.assertNotIn("Mow the lawn", mail["body"])
        self.assertEqual(waiting.reason, "renewed")
        self.assertEqual(self.run_for(20), [])
