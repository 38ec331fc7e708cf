from email import message_from_bytes, policy

from odoo.fields import Command
from odoo.tests import tagged

from .common import ReminderCommon


@tagged("post_install", "-at_install")
class TestRecipients(ReminderCommon):
    """Who is reminded: customer, operator, employee, each by e-mail and by SMS."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.employee = cls.create_employee(
            "Ewa Employee",
            work_email="ewa@zielonydom.example",
            mobile_phone="600 100 203",
        )

    # ------------------------------------------------------------------
    # R2: customer, operator, employee × e-mail, SMS
    # ------------------------------------------------------------------

    def test_r02_customer_by_sms(self):
        task = self.send(self.line())
        self.assertEqual(self.numbers, ["+48600100200"])
        self.assertFalse(self.mails)
        row = self.rows(task)
        self.assertEqual(row.partner_id, self.customer)
        self.assertEqual((row.operation, row.channel), ("customer", "sms"))
        self.assertEqual(row.address, "+48600100200")
        self.assertTrue(row.handed_over_at)

    def test_r02_customer_by_email(self):
        task = self.send(self.line(channel="email"))
        self.assertEqual(self.addresses, ["karol@klient.example"])
        self.assertFalse(self.texts)
        row = self.rows(task)
        self.assertEqual((row.operation, row.channel), ("customer", "email"))
        self.assertEqual(row.address, "karol@klient.example")

    def test_r02_operator_by_sms(self):
        task = self.send(self.line("operator"))
        self.assertEqual(self.numbers, ["+48600100201"])
        self.assertFalse(self.mails)
        self.assertEqual(self.rows(task).partner_id, self.assignee.partner_id)

    def test_r02_operator_by_email(self):
        self.send(self.line("operator", "email"))
        self.assertEqual(self.addresses, ["assignee@zielonydom.example"])
        self.assertFalse(self.texts)

    def test_r02_employee_without_user_by_sms(self):
        self.assertFalse(self.employee.user_id)
        task = self.send(
            self.line("operator"),
            user_ids=[],
            reminder_employee_ids=[Command.set(self.employee.ids)],
        )
        self.assertEqual(self.numbers, ["+48600100203"])
        self.assertEqual(self.rows(task).recipient_name, "Ewa Employee")

    def test_r02_employee_without_user_by_email(self):
        self.send(
            self.line("operator", "email"),
            user_ids=[],
            reminder_employee_ids=[Command.set(self.employee.ids)],
        )
        self.assertEqual(self.addresses, ["ewa@zielonydom.example"])

    def test_r02_employee_without_contact(self):
        self.employee.work_contact_id = False
        self.employee.work_email = False
        self.employee.work_contact_id = False
        self.send(
            self.line("operator"),
            user_ids=[],
            reminder_employee_ids=[Command.set(self.employee.ids)],
        )
        self.assertEqual(self.numbers, ["+48600100203"])

    def test_r02_all_assignees_and_employees(self):
        other = self._create_user("second", "Sonia Second", "600 100 204")
        self.send(
            self.line("operator"),
            user_ids=[Command.set((self.assignee + other).ids)],
            reminder_employee_ids=[Command.set(self.employee.ids)],
        )
        self.assertEqual(
            sorted(self.numbers), ["+48600100201", "+48600100203", "+48600100204"]
        )

    def test_r02_all_three_by_both(self):
        self.send(
            self.line(),
            self.line(channel="email"),
            self.line("operator"),
            self.line("operator", "email"),
            reminder_employee_ids=[Command.set(self.employee.ids)],
        )
        self.assertEqual(len(self.texts), 3)
        self.assertEqual(len(self.mails), 3)

    # ------------------------------------------------------------------
    # R16: customers only, operators only, both
    # ------------------------------------------------------------------

    def test_r16_customers_only(self):
        self.send(self.line(), self.line(channel="email"))
        self.assertEqual(self.numbers, ["+48600100200"])
        self.assertEqual(self.addresses, ["karol@klient.example"])

    def test_r16_operators_only(self):
        self.send(
            self.line("operator"),
            self.line("operator", "email"),
            reminder_employee_ids=[Command.set(self.employee.ids)],
        )
        self.assertEqual(sorted(self.numbers), ["+48600100201", "+48600100203"])
        self.assertEqual(
            sorted(self.addresses),
            ["assignee@zielonydom.example", "ewa@zielonydom.example"],
        )

    def test_r16_both(self):
        self.send(self.line(), self.line("operator"))
        self.assertEqual(sorted(self.numbers), ["+48600100200", "+48600100201"])

    # ------------------------------------------------------------------
    # Nobody, somebody twice, somebody gone
    # ------------------------------------------------------------------

    def test_nobody_to_remind(self):
        task = self.send(self.line(), partner_id=False)
        self.assert_reason(task, "no_recipient")
        task = self.send(self.line("operator"), user_ids=[])
        self.assert_reason(task, "no_recipient")

    def test_each_address_of_an_email_field_gets_a_message(self):
        self.customer.email = "Karol <karol@klient.example>; kaja@klient.example"
        task = self.send(self.line(channel="email"))
        addresses = ["karol@klient.example", "kaja@klient.example"]
        self.assertEqual(self.addresses, addresses)
        self.assertEqual(self.rows(task).mapped("address"), addresses)
        self.run_service()
        self.assertFalse(self.mails)

    def test_one_address_gets_one_message(self):
        self.employee.mobile_phone = self.assignee.partner_id.phone
        task = self.send(
            self.line("operator"),
            reminder_employee_ids=[Command.set(self.employee.ids)],
        )
        self.assertEqual(self.numbers, ["+48600100201"])
        self.assertEqual(len(self.rows(task)), 1)

    def test_one_address_in_two_spellings_gets_one_message(self):
        self.employee.work_email = "Assignee@ZielonyDom.example"
        self.send(
            self.line("operator", "email"),
            reminder_employee_ids=[Command.set(self.employee.ids)],
        )
        self.assertEqual(len(self.mails), 1)

    def test_assignee_chosen_as_employee_too_gets_one_message(self):
        self.employee.user_id = self.assignee
        self.employee.mobile_phone = "600 100 299"
        self.send(
            self.line("operator"),
            reminder_employee_ids=[Command.set(self.employee.ids)],
        )
        self.assertEqual(self.numbers, ["+48600100299"])

    def test_two_lines_are_two_messages(self):
        task = self.create_task(self.line(), self.line(duration=2, unit="minutes"))
        self.pass_time(minutes=119)
        self.run_service()
        self.assertEqual(self.numbers, ["+48600100200"] * 2)
        self.assertEqual(len(self.rows(task)), 2)

    def test_archived_employee_is_left_out_with_reason(self):
        self.employee.active = False
        task = self.send(
            self.line("operator"),
            user_ids=[],
            reminder_employee_ids=[Command.set(self.employee.ids)],
        )
        self.assert_reason(task, "archived")
        self.assertEqual(self.rows(task).recipient_name, "Ewa Employee")

    def test_b03_who_has_left_one_company_is_reminded_by_the_user_that_is_kept(self):
        """Nobody was: the archived employee stood for the assignee."""
        self.employee.user_id = self.assignee
        self.employee.active = False
        task = self.send(
            self.line("operator"),
            reminder_employee_ids=[Command.set(self.employee.ids)],
        )
        self.assertEqual(self.numbers, ["+48600100201"])
        states = set(self.rows(task).mapped(lambda row: (row.state, row.reason)))
        self.assertEqual(states, {("sent", False), ("skipped", "archived")})
        self.run_service()
        self.assertEqual(self.texts, [])

    def test_archived_assignee_is_left_out_others_are_reminded(self):
        other = self._create_user("second", "Sonia Second", "600 100 204")
        task = self.create_task(
            self.line("operator"),
            user_ids=[Command.set((self.assignee + other).ids)],
        )
        self.assignee.active = False
        self.pass_time(hours=1)
        self.run_service()
        self.assertEqual(self.numbers, ["+48600100204"])
        self.assertEqual(task.reminder_ids.state, "done")
        archived = self.rows(task).filtered(lambda row: row.state == "skipped")
        self.assertEqual(archived.reason, "archived")
        self.assertEqual(archived.recipient_name, "Adam Assignee")

    def test_archived_customer(self):
        task = self.create_task(self.line())
        self.customer.active = False
        self.pass_time(hours=1)
        self.run_service()
        self.assert_reason(task, "archived")

    def test_b06_address_of_a_firm_without_a_name_of_its_own(self):
        firm = self.env["res.partner"].create({"name": "Firma ABC", "is_company": True})
        address = self.env["res.partner"].create(
            {
                "parent_id": firm.id,
                "type": "delivery",
                "email": "magazyn@abc.example",
                "phone": "600 100 205",
            }
        )
        task = self.send(self.line(), self.line(channel="email"), partner_id=address.id)
        self.assertIn("Dear Firma ABC,", self.mails[0]["body"])
        names = self.rows(task).mapped("recipient_name")
        self.assertEqual(names, ["Firma ABC, Delivery"] * 2)
        self.assertIn("Firma ABC, Delivery", self.people(task))
        self.assertEqual(task.reminder_customer_name, "Firma ABC")
        address.name = "Magazyn"
        self.assertEqual(task.reminder_customer_name, "Magazyn")

    # ------------------------------------------------------------------
    # Addresses
    # ------------------------------------------------------------------

    def test_no_email(self):
        self.customer.email = False
        self.assert_reason(self.send(self.line(channel="email")), "no_email")

    def test_invalid_email(self):
        self.customer.email = "karol(at)klient"
        task = self.send(self.line(channel="email"))
        self.assert_reason(task, "invalid_email")
        self.assertIn("karol(at)klient", self.rows(task).reason_text)

    def test_email_at_a_domain_with_accents(self):
        self.customer.email = "karol@żółw.example"
        task = self.send(self.line(channel="email"))
        self.assertEqual(self.rows(task).state, "sent")
        self.assertEqual(self.rows(task).address, "karol@żółw.example")
        self.assertEqual(self.addresses, ["karol@xn--w-uga1v8h.example"])

    def test_name_does_not_write_headers(self):
        for name in (
            "Karol\nBcc: others@client.example",
            "Karol\r\n\r\nAnother text",
            'Karol "K", others@client.example',
            "others@client.example, Karol <others@client.example>",
            "Karol\n",
            "\\",
        ):
            with self.subTest(name=name):
                self.customer.name = name
                task = self.send(self.line(channel="email"))
                self.assertEqual(self.rows(task).state, "sent")
                sent = self.mails[0]["EmailMessage"].as_bytes(policy=policy.SMTP)
                received = message_from_bytes(sent, policy=policy.default)
                self.assertNotIn("Bcc", received)
                [recipient] = received["To"].addresses
                self.assertEqual(recipient.addr_spec, "karol@klient.example")
                self.assertEqual(recipient.display_name, " ".join(name.split()))

    def test_one_without_address_does_not_stop_the_other(self):
        self.assignee.partner_id.phone = False
        task = self.send(
            self.line("operator"),
            reminder_employee_ids=[Command.set(self.employee.ids)],
        )
        self.assertEqual(self.numbers, ["+48600100203"])
        self.assertEqual(sorted(self.rows(task).mapped("state")), ["sent", "skipped"])
        self.assertIn("Adam Assignee", task.reminder_ids.people)
        self.assertIn("No phone number", task.reminder_ids.people)
