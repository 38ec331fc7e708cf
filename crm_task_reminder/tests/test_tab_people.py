from datetime import timedelta

from odoo.fields import Command
from odoo.tests import tagged

from .tab import TabCommon


@tagged("post_install", "-at_install")
class TestTabPeople(TabCommon):
    """The tab tells who will get a reminder, at which address, and who gets none."""

    def test_r20_number_of_a_contact(self):
        contact = self.env["res.partner"].create(
            {"name": "Jan", "parent_id": self.customer.id, "phone": "600 100 299"}
        )
        task = self.create_task(self.line())
        numbers = [choice["number"] for choice in task.reminder_phone_choices]
        self.assertCountEqual(numbers, [self.customer.phone, contact.phone])
        with self.form(task) as form:
            self.assertIn("+48600100200", self.people(form))
            form.reminder_phone = contact.phone
            self.assertIn("+48600100299", self.people(form))
        self.pass_time(hours=1)
        self.run_service()
        self.assertEqual([number for number, _text in self.texts], ["+48600100299"])

    def test_a_typed_number_is_checked_at_once(self):
        task = self.create_task(self.line())
        form = self.form(task)
        form.reminder_phone = "12"
        self.assertIn("The phone number is not valid", self.people(form))
        self.assertIn("text-danger", self.people(form))

    def test_says_why_somebody_gets_nothing(self):
        self.customer.phone = False
        task = self.create_task(self.line(), self.line("operator"), user_ids=[])
        self.assertIn("No phone number", self.people(task))
        self.assertIn("Nobody to remind", self.people(task, "operator"))
        self.customer.phone = "600 100 200"
        self.env["phone.blacklist"].create({"number": "+48600100200"})
        self.env.invalidate_all()
        self.assertIn("On the blacklist", self.people(task))

    def test_tells_which_of_several_addresses_is_on_the_blacklist(self):
        self.customer.email = "karol@klient.example, kaja@klient.example"
        task = self.create_task(self.line(channel="email"))
        both = "karol@klient.example, kaja@klient.example"
        self.assertIn(both, self.people(task))
        self.env["mail.blacklist"]._add("karol@klient.example")
        self.env.invalidate_all()
        [first, *_rest] = self.people(task).split("On the blacklist")
        self.assertNotIn("karol@klient.example", first)
        self.assertIn("kaja@klient.example", first)

    def test_unsaved_form_tells_no_address_of_whom_its_reader_may_not_read(self):
        other = self._create_company("Drugi Dom")
        stranger = self.env["res.partner"].create(
            {
                "name": "Stefan Stranger",
                "email": "stefan@stranger.example",
                "phone": "+48600100555",
                "company_id": other.id,
            }
        )
        employee = self.create_employee(
            "Ewa", company_id=other.id, mobile_phone="+48600100556"
        )
        task = self.create_task(self.line(), self.line(channel="email"))
        self.env.flush_all()
        self.env.invalidate_all()
        values = {
            "partner_id": stranger.id,
            "reminder_employee_ids": [Command.set(employee.ids)],
            "reminder_operator_ids": [(0, "virtual_1", self.line("operator"))],
        }
        lines = ("reminder_customer_ids", "reminder_operator_ids")
        spec = {name: {} for name in values}
        spec |= {name: {"fields": {"channel": {}, "people": {}}} for name in lines}
        reader = task.with_user(self.user)
        changed = ["partner_id", "reminder_employee_ids"]
        answer = reader.onchange({**values, "id": task.id}, changed, spec)
        for name in lines:
            self.assertIn("people", str(answer["value"][name]))
        for secret in ("stefan@stranger.example", "+48600100555", "+48600100556"):
            self.assertNotIn(secret, str(answer))

    def test_e05_lines_that_are_not_saved_follow_the_form(self):
        employee = self.create_employee("Ewa", mobile_phone="600 100 203")
        form = self.form()
        form.name = "Mow the lawn"
        form.project_id = self.project
        form.partner_id = self.customer
        self.assertIn("+48600100200", self.people(form))
        form.reminder_employee_ids.add(employee)
        self.assertIn("+48600100203", self.people(form, "operator"))
        form.planned_date_begin = self.now + timedelta(days=3)
        [line] = form.reminder_customer_ids._records
        self.assertIn("16 Jul", line["summary"])
        self.assertEqual(line["shown_state"], "scheduled")

    def test_names_are_texts_in_the_tab(self):
        task = self.create_task(self.line())
        self.customer.name = "<b>Karol</b>"
        before = self.people(task)
        self.pass_time(hours=1)
        self.run_service()
        for content in (before, self.people(task)):
            self.assertIn("&lt;b&gt;Karol", content)
            self.assertNotIn("<b>", content)

    def test_says_what_keeps_the_company_from_sending(self):
        task = self.create_task(self.line())
        self.assertFalse(task.reminder_trouble)
        self.sender.active = False
        task.invalidate_recordset()
        reader = task.with_user(self.user)
        self.assertEqual(reader.reminder_trouble, "The sender's user is archived")

    def test_says_that_the_service_is_off(self):
        task = self.create_task(self.line())
        self.cron.active = False
        self.assertIn("switched off", task.with_user(self.user).reminder_trouble)

    def test_r03_says_that_there_is_no_account(self):
        task = self.create_task(self.line(), self.line(channel="email"))
        self.company.reminder_mail_server_id = False
        recipients = self.people(task.with_user(self.user))
        self.assertIn("No e-mail account is set up", recipients)
        self.assertIn("+48600100200", recipients)

    def test_r20_single_assignees_are_left_out(self):
        other = self._create_user("other", "Ola Other", "600 100 202")
        task = self.create_task(
            self.line("operator"), user_ids=(self.assignee + other).ids
        )
        with self.form(task) as form:
            self.assertIn("+48600100201", self.people(form, "operator"))
            form.reminder_user_ids.remove(id=self.assignee.id)
            self.assertNotIn("+48600100201", self.people(form, "operator"))
        self.assertEqual(task.reminder_user_ids, other)
        self.pass_time(hours=1)
        self.run_service()
        self.assertEqual([number for number, _text in self.texts], ["+48600100202"])

    def test_r20_employees_are_added_by_anybody_who_edits_the_task(self):
        employee = self.env["hr.employee"].create(
            {
                "name": "Piotr",
                "company_id": self.company.id,
                "mobile_phone": "600 100 203",
            }
        )
        self.assertFalse(self.user.has_group("hr.group_hr_user"))
        task = self.create_task(self.line("operator"), user_ids=[])
        with self.form(task) as form:
            form.reminder_employee_ids.add(employee)
            self.assertIn("+48600100203", self.people(form, "operator"))
        self.assertEqual(task.reminder_employee_ids, employee)
        self.pass_time(hours=1)
        self.run_service()
        self.assertEqual([number for number, _text in self.texts], ["+48600100203"])

    def test_a_new_assignee_is_reminded(self):
        task = self.create_task(self.line("operator"))
        task.reminder_user_ids = False
        other = self._create_user("other", "Ola Other", "600 100 202")
        task.user_ids += other
        self.assertEqual(task.reminder_user_ids, other)
