from datetime import timedelta

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from .waiting import WaitingCommon


@tagged("post_install", "-at_install")
class TestWaitingRecipients(WaitingCommon):
    """While a message waits, who is to be reminded changes, or at which address."""

    def test_changed_customer_is_followed(self):
        task = self.send_while_down()
        task.partner_id = self.env["res.partner"].create(
            {"name": "Nina Nowa", "phone": "+48600100444"}
        )
        self._run_twice_later()
        self.assertEqual(self.numbers, ["+48600100444"])
        self.assertEqual(self.rows(task).mapped("state"), ["skipped", "sent"])
        self.assertEqual(self.rows(task)[0].reason, "readdressed")
        self.assertEqual(task.reminder_ids.state, "done")

    def test_changed_assignee_is_followed_the_other_gets_no_second_one(self):
        self.company.reminder_hourly_limit = 1
        other, third = (
            self._create_user(f"user{digit}", f"User {digit}", f"600 100 20{digit}")
            for digit in (4, 5)
        )
        task = self.send(
            self.line("operator"),
            user_ids=[Command.set((self.assignee + other).ids)],
            starts_in=timedelta(hours=4),
        )
        task.reminder_ids.duration = 3
        self.run_service()
        self.assertEqual(self.numbers, ["+48600100201"])
        task.user_ids = [Command.set((self.assignee + third).ids)]
        self.company.reminder_hourly_limit = 0
        self._run_twice_later()
        self.assertEqual(self.numbers, ["+48600100205"])
        self.assertEqual(task.reminder_ids.state, "done")

    def test_corrected_number_is_used(self):
        task = self.send_while_down()
        self.customer.phone = "600 100 555"
        self._run_twice_later()
        self.assertEqual(self.numbers, ["+48600100555"])
        self.assertEqual(self.rows(task)[-1].state, "sent")

    def test_blacklisted_while_it_waits(self):
        task = self.send_while_down()
        self.env["phone.blacklist"].add("+48600100200")
        self._run_twice_later()
        self.assertFalse(self.texts)
        self.assertEqual(self.rows(task).mapped("state"), ["skipped", "skipped"])
        self.assertEqual(self.rows(task)[-1].reason, "blacklisted")
        self.assertEqual(task.reminder_ids.state, "skipped")

    def test_deleted_customer(self):
        task = self.send_while_down()
        task.partner_id = False
        self.customer.unlink()
        self._run_twice_later()
        self.assertFalse(self.texts)
        reasons = self.rows(task).mapped("reason")
        self.assertEqual(reasons, ["readdressed", "no_recipient"])

    def test_merged_customer_gets_it(self):
        task = self.send_while_down()
        partner = self.customer.copy({"name": "Karol K."})
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((self.customer + partner).ids, partner)
        self._run_later()
        self.assertEqual(self.numbers, ["+48600100200"])
        self.assertEqual(self.rows(task).state, "sent")

    def test_not_sent_again_to_an_address_that_was_corrected(self):
        task = self.create_task(self.line())
        self.pass_time(hours=1)
        self.run_service(sms_error="wrong_number_format")
        self.customer.phone = "600 100 555"
        with self.assertRaisesRegex(UserError, "can't be sent again"):
            self.rows(task).action_send_again()
