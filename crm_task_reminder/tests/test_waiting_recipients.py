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

    def create_colleague(self):
        """Create a contact at the customer's address and number."""
        return self.env["res.partner"].create(
            {
                "name": "Jan Kowalski",
                "phone": self.customer.phone,
                "email": self.customer.email,
                "country_id": self.customer.country_id.id,
            }
        )

    def test_b03_another_customer_at_the_same_number_is_written_to(self):
        task = self.send_while_down()
        task.partner_id = self.create_colleague()
        self._run_twice_later()
        self.assertEqual(self.numbers, ["+48600100200"])
        former, present = self.rows(task)
        self.assertEqual((former.state, former.reason), ("skipped", "readdressed"))
        self.assertEqual(present.state, "sent")
        self.assertEqual(present.partner_id, task.partner_id)
        for _run in range(2):
            self._run_later()
            self.assertFalse(self.texts)
        self.assertEqual(len(self.rows(task)), 2)

    def test_b03_a_failed_one_is_written_to_the_other_customer_by_send_now(self):
        task = self.create_task(self.line(), starts_in=timedelta(hours=3))
        self.pass_time(hours=2)
        self.run_service(sms_error="wrong_number_format")
        line = task.reminder_ids
        self.assertFalse(line.can_send_now)
        task.partner_id = self.create_colleague()
        with self.assertRaisesRegex(UserError, "“Send now” on its task"):
            self.rows(task).action_send_again()
        self._run_later()
        self.assertFalse(self.texts)
        self.assertTrue(line.can_send_now)
        line.action_send_now()
        self._run_later()
        self.assertEqual(self.numbers, ["+48600100200"])
        self.assertEqual(self.rows(task).mapped("state"), ["failed", "sent"])
        self.assertEqual(self.rows(task)[-1].partner_id, task.partner_id)
        with self.assertRaisesRegex(UserError, "sent already"):
            line.action_send_now()

    def test_b03_what_was_sent_is_not_sent_again_to_the_other_customer(self):
        for state in ("sent", "unconfirmed"):
            with self.subTest(state):
                task = self.send(self.line())
                if state == "unconfirmed":
                    self.close_row(self.rows(task), state, "no_answer")
                task.partner_id = self.create_colleague()
                self.assertFalse(task.reminder_ids.can_send_now)

    def send_to_staff_while_down(self, **values):
        """Like ``send_while_down``, to operators."""
        task = self.send_while_down(self.line("operator"), **values)
        self.assertEqual(self.rows(task).mapped("state"), ["queued"])
        return task

    def assert_kept(self, task):
        """Assert that what has waited leaves as it is."""
        self._run_later()
        self.assertEqual(len(self.texts), 1)
        self.assertEqual(self.rows(task).mapped("state"), ["sent"])

    def test_b03_of_two_who_share_a_number_either_may_stand_in_the_row(self):
        other = self._create_user("other", "Ola Other", "600 100 201")
        task = self.send_to_staff_while_down(
            user_ids=[Command.set((self.assignee + other).ids)]
        )
        task.user_ids = [Command.set(self.assignee.ids)]
        task.user_ids = [Command.set((other + self.assignee).ids)]
        self.assert_kept(task)

    def test_b03_who_shared_a_number_and_stays_is_written_to(self):
        other = self._create_user("other", "Ola Other", "600 100 201")
        task = self.send_to_staff_while_down(
            user_ids=[Command.set((self.assignee + other).ids)]
        )
        task.user_ids -= self.rows(task).partner_id.user_ids
        self._run_twice_later()
        self.assertEqual(self.numbers, ["+48600100201"])
        self.assertEqual(self.rows(task)[-1].partner_id, task.user_ids.partner_id)

    def test_b03_a_user_who_becomes_an_employee_is_the_same_person(self):
        task = self.send_to_staff_while_down()
        employee = self.create_employee(
            "Adam Assignee", user_id=self.assignee.id, mobile_phone="600 100 201"
        )
        task.reminder_employee_ids = employee
        self.assert_kept(task)

    def test_b03_an_employee_who_gets_another_contact_is_the_same_person(self):
        employee = self.create_employee("Ewa", mobile_phone="600 100 207")
        employee.work_contact_id = False
        task = self.send_to_staff_while_down(
            user_ids=False, reminder_employee_ids=[Command.set(employee.ids)]
        )
        self.assertFalse(self.rows(task).partner_id)
        employee.user_id = self._create_user("ewa", "Ewa")
        self.assert_kept(task)

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
        self._run_twice_later()  # the name is another one: it is written anew
        self.assertEqual(self.numbers, ["+48600100200"])
        self.assertEqual(self.rows(task)[-1].state, "sent")

    def test_not_sent_again_to_an_address_that_was_corrected(self):
        task = self.create_task(self.line())
        self.pass_time(hours=1)
        self.run_service(sms_error="wrong_number_format")
        self.customer.phone = "600 100 555"
        with self.assertRaisesRegex(UserError, "can't be sent again"):
            self.rows(task).action_send_again()
