"""The second way of a morning plan."""

from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..models.sending.second_way import (
    crm_task_reminder_queue,
    crm_task_reminder_second_way,
)
from .plan import PlanCommon


@tagged("post_install", "-at_install")
class TestPlanSecondWay(PlanCommon):
    """A plan that can't go in one form goes in the other, and once."""

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

    def test_b05_each_who_shares_a_blacklisted_number_gets_the_own_plan(self):
        """The log named one of them twice, and the other one's plan was lost."""
        second = self.add_for_two()
        second.partner_id.email = "sara@zielonydom.example"
        self.env["phone.blacklist"].add("+48600100201")
        self.set_plan(mail=False, sms=True)
        self.set_second_way(blacklisted=True)
        self.run_morning()
        texts = {mail["email_to"][0]: mail["body"] for mail in self.mails}
        self.assertEqual(len(texts), 2)
        for to, text in texts.items():
            self.assertEqual("Cut the hedge" in text, "sara@" in to)
        people = set((self.assignee | second).mapped("name"))
        for rows in self.plans().grouped("channel").values():
            self.assertEqual(set(rows.mapped("recipient_name")), people)

    @mute_logger("odoo.addons.sms.models.sms_sms")
    def test_b05_a_shared_plan_waits_for_credit_where_one_has_no_address(self):
        self.set_second_way()
        self.set_plan(mail=False, sms=True)
        self.add_for_two().partner_id.email = False
        self.run_morning(sms_error="insufficient_credit")
        self.assertEqual(self.plans().mapped("state"), ["queued"])
        self.pass_time(minutes=5)
        self.run_service()
        self.assertEqual((len(self.texts), self.mails), (1, []))

    @mute_logger("odoo.addons.sms.models.sms_sms")
    def test_b05_a_shared_plan_goes_by_mail_instead_to_each(self):
        """Nobody got it: half of its tasks are another person's."""
        self.set_second_way()
        self.set_plan(mail=False, sms=True)
        second = self.add_for_two()
        second.partner_id.email = "sara@zielonydom.example"
        self.run_morning(sms_error="wrong_number_format")
        self.pass_time(minutes=1)
        self.run_service()
        texts = {mail["email_to"][0]: mail["body"] for mail in self.mails}
        self.assertEqual(len(texts), 2)
        for to, text in texts.items():
            is_second = "sara@" in to
            self.assertEqual("Cut the hedge" in text, is_second)
            self.assertEqual("Mow the lawn" in text, not is_second)
        failed, *sent = self.plans()
        self.assertEqual([row.instead_of_id for row in sent], [failed, failed])
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
