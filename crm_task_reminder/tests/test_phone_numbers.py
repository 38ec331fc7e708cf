from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .common import ReminderCommon


@tagged("post_install", "-at_install")
class TestPhoneNumbers(ReminderCommon):
    """Which number is used, and in what form it leaves."""

    def _send_to(self, number, country=None):
        self.customer.phone = number
        if country is not None:
            self.customer.country_id = country and self.env.ref(f"base.{country}")
        return self.send(self.line())

    # ------------------------------------------------------------------
    # Form: by the recipient's country, then the company's
    # ------------------------------------------------------------------

    def test_r02_polish_number_leaves_in_international_form(self):
        for number in ("600 100 200", "600-100-200", "+48 600100200", "0048600100200"):
            with self.subTest(number=number):
                self._send_to(number)
                self.assertEqual(self.numbers, ["+48600100200"])

    def test_r02_number_in_the_recipients_country(self):
        self._send_to("0151 23456789", "de")
        self.assertEqual(self.numbers, ["+4915123456789"])
        self._send_to("(202) 555-0123", "us")
        self.assertEqual(self.numbers, ["+12025550123"])

    def test_r02_number_in_the_companys_country_when_the_recipient_has_none(self):
        self._send_to("600 100 200", False)
        self.assertEqual(self.numbers, ["+48600100200"])

    def test_r02_prefix_overrules_the_country(self):
        self._send_to("+49 151 23456789", "pl")
        self.assertEqual(self.numbers, ["+4915123456789"])

    def test_no_number(self):
        self.assert_reason(self._send_to(False), "no_phone")

    def test_invalid_number(self):
        for number in ("12", "600 100 2000000", "call me"):
            with self.subTest(number=number):
                task = self._send_to(number)
                self.assert_reason(task, "invalid_phone")
                self.assertIn(number, self.rows(task).reason_text)

    def test_number_changed_before_the_time_is_used(self):
        self.create_task(self.line())
        self.customer.phone = "600 100 999"
        self.pass_time(hours=1)
        self.run_service()
        self.assertEqual(self.numbers, ["+48600100999"])

    # ------------------------------------------------------------------
    # R20: the customer's number chosen on the task
    # ------------------------------------------------------------------

    def test_r20_number_chosen_on_the_task(self):
        self.send(self.line(), reminder_phone="600 100 300")
        self.assertEqual(self.numbers, ["+48600100300"])

    def test_r20_chosen_number_is_for_the_customer_alone(self):
        self.send(self.line("operator"), reminder_phone="600 100 300")
        self.assertEqual(self.numbers, ["+48600100201"])

    def test_r20_chosen_number_in_the_customers_country(self):
        self.customer.country_id = self.env.ref("base.de")
        self.send(self.line(), reminder_phone="0151 23456789")
        self.assertEqual(self.numbers, ["+4915123456789"])

    def test_r20_invalid_chosen_number_is_refused_at_once(self):
        task = self.create_task()
        with self.assertRaisesRegex(ValidationError, "12 34"):
            task.reminder_phone = "12 34"

    def test_r20_chosen_number_is_not_used_for_another_customer(self):
        task = self.create_task(self.line(), reminder_phone="600 100 300")
        task.partner_id = self.env["res.partner"].create(
            {"name": "Nina Nowa", "phone": "+48600100444"}
        )
        self.assertFalse(task.reminder_phone)
        self.pass_time(hours=1)
        self.run_service()
        self.assertEqual(self.numbers, ["+48600100444"])

    def test_b03_a_chosen_number_stays_as_long_as_its_customer(self):
        """Whatever is written of the task, by hand, by a program or by Odoo itself."""
        gardens = {"name": "Gardens", "company_id": self.company.id}
        elsewhere = self.env["project.project"].create(gardens)
        parent = self.create_task()

        def move_on_a_form(task):
            with Form(task, view="project.view_task_form2") as form:
                form.project_id = elsewhere

        changes = {
            "same customer": lambda task: task.write({"partner_id": self.customer.id}),
            "project": lambda task: task.write({"project_id": elsewhere.id}),
            "project on a form": move_on_a_form,
            "parent": lambda task: task.write({"parent_id": parent.id}),
            "another customer of the parent": lambda task: (
                task.write({"parent_id": parent.id}),
                parent.write({"partner_id": self.assignee.partner_id.id}),
            ),
        }
        for name, change in changes.items():
            task = self.create_task(self.line(), reminder_phone="600 100 300")
            change(task)
            self.env.flush_all()
            with self.subTest(name):
                self.assertEqual(task.partner_id, self.customer)
                self.assertEqual(task.reminder_phone, "600 100 300")

    def test_b03_a_chosen_number_goes_with_its_customer(self):
        """Also where it is no number in the country of the next one."""
        kunde = {"name": "Karin", "country_id": self.env.ref("base.de").id}
        other = self.env["res.partner"].create({**kunde, "phone": "0151 23456789"})

        def choose_on_a_form(task):
            with Form(task, view="project.view_task_form2") as form:
                form.partner_id = other

        for name, change in {
            "written": lambda task: task.write({"partner_id": other.id}),
            "on a form": choose_on_a_form,
            "private": lambda task: task.write({"project_id": False}),
        }.items():
            task = self.create_task(self.line(), reminder_phone="600 100 300")
            change(task)
            self.env.flush_all()
            with self.subTest(name):
                self.assertNotEqual(task.partner_id, self.customer)
                self.assertFalse(task.reminder_phone)

    def test_b01_a_chosen_number_is_not_taken_to_a_copy_for_another_customer(self):
        other = self.customer.copy({"phone": "600 100 777"})
        self.project.partner_id = self.customer
        task = self.create_task(self.line(), reminder_phone="600 100 300")
        copied = task.copy({"partner_id": other.id})
        self.project.is_template = True
        made = self.project.action_create_from_template(
            {"name": "From a template", "partner_id": other.id}
        )
        self.assertEqual(len(made.task_ids), 2)
        for one in copied | made.task_ids:
            self.assertEqual(one.partner_id, other)
            self.assertFalse(one.reminder_phone)
        self.assertEqual(task.copy().reminder_phone, "600 100 300")
        both = task.copy({"partner_id": other.id, "reminder_phone": "600 100 301"})
        self.assertEqual(both.reminder_phone, "600 100 301")

    def test_r20_customer_and_number_chosen_together(self):
        task = self.create_task(self.line(), reminder_phone="600 100 300")
        other = self.env["res.partner"].create({"name": "Nina Nowa"})
        task.write({"partner_id": other.id, "reminder_phone": "600 100 400"})
        self.pass_time(hours=1)
        self.run_service()
        self.assertEqual(self.numbers, ["+48600100400"])

    def test_r20_chosen_number_stays_whatever_else_is_changed(self):
        task = self.create_task(self.line(), reminder_phone="600 100 300")
        task.write({"name": "Mow", "user_ids": False, "date_deadline": self.now})
        task.copy()
        self.assertEqual(task.reminder_phone, "600 100 300")
        self.assertEqual(task.copy().reminder_phone, "600 100 300")

    # ------------------------------------------------------------------
    # Operators: employee's mobile, work phone, then the partner's
    # ------------------------------------------------------------------

    def test_r02_order_of_an_assignees_numbers(self):
        employee = self.create_employee("Adam", user_id=self.assignee.id)
        self.assignee.partner_id.phone = "600 100 201"
        employee.write({"mobile_phone": "600 100 222", "work_phone": "600 100 444"})
        self.send(self.line("operator"))
        self.assertEqual(self.numbers, ["+48600100222"])
        employee.mobile_phone = False
        self.send(self.line("operator"))
        self.assertEqual(self.numbers, ["+48600100444"])
        self.env.cr.execute(
            "UPDATE hr_employee SET work_phone = NULL WHERE id = %s", employee.ids
        )
        employee.invalidate_recordset()
        self.assignee.partner_id.phone = "600 100 201"
        self.env.cr.execute(
            "UPDATE hr_employee SET work_phone = NULL WHERE id = %s", employee.ids
        )
        employee.invalidate_recordset()
        self.send(self.line("operator"))
        self.assertEqual(self.numbers, ["+48600100201"])

    def test_r02_order_of_an_employees_numbers(self):
        employee = self.create_employee(
            "Ewa", mobile_phone="600 100 222", work_phone="600 100 444"
        )
        chosen = [Command.set(employee.ids)]
        self.send(self.line("operator"), user_ids=[], reminder_employee_ids=chosen)
        self.assertEqual(self.numbers, ["+48600100222"])
        employee.mobile_phone = False
        self.send(self.line("operator"), user_ids=[], reminder_employee_ids=chosen)
        self.assertEqual(self.numbers, ["+48600100444"])

    def test_r02_employee_of_a_user_is_that_of_the_sending_company(self):
        other_company = self.env["res.company"].create({"name": "Other"})
        self.assignee.company_ids += other_company
        self.create_employee(
            "Adam", user_id=self.assignee.id
        ).mobile_phone = "600 100 222"
        self.env["hr.employee"].with_company(other_company).create(
            {
                "name": "Adam elsewhere",
                "company_id": other_company.id,
                "user_id": self.assignee.id,
                "mobile_phone": "600 100 333",
            }
        )
        self.send(self.line("operator"))
        self.assertEqual(self.numbers, ["+48600100222"])
