from datetime import timedelta

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .common import ReminderCommon


@tagged("post_install", "-at_install")
class TestTab(ReminderCommon):
    """What the tab of a task's reminders shows and changes (R20, R21)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.write(
            {"reminder_customer_default": True, "reminder_operator_default": True}
        )
        cls.user = cls._create_user("clerk", "Klara Clerk")

    def new_task(self, **values):
        """Create a task with the reminders that the company has set."""
        return self.env["project.task"].create(
            {
                "name": "Mow the lawn",
                "project_id": self.project.id,
                "partner_id": self.customer.id,
                "user_ids": self.assignee.ids,
                "planned_date_begin": self.now + timedelta(days=3),
                **values,
            }
        )

    def form(self, task=None):
        tasks = (task or self.env["project.task"]).with_user(self.user)
        return Form(tasks, view="project.view_task_form2")

    # ------------------------------------------------------------------
    # The switches
    # ------------------------------------------------------------------

    def test_r20_switches_are_preset_from_the_defaults(self):
        self.company.reminder_operator_default = False
        with self.form() as form:
            form.name = "Mow the lawn"
            form.project_id = self.project
            self.assertTrue(form.reminder_customer)
            self.assertEqual(len(form.reminder_customer_ids), 1)
            self.assertFalse(form.reminder_operator)
        task = form.record
        self.assertEqual(task.reminder_customer_setting, "company")
        self.assertEqual(task.reminder_operator_setting, "company")
        self.assertFalse(task.reminder_operator_off)

    def test_r20_switched_off_nothing_is_sent_and_the_lines_are_kept(self):
        task = self.create_task(self.line(), self.line("operator"))
        with self.form(task) as form:
            form.reminder_customer = False
        self.assertEqual(task.reminder_customer_ids.state, "cancelled")
        self.assertEqual(task.reminder_customer_setting, "off")
        self.pass_time(hours=1)
        self.run_service()
        self.assertEqual([number for number, _text in self.texts], ["+48600100201"])

    def test_r20_switched_on_again_they_are_sent(self):
        task = self.create_task(self.line())
        with self.form(task) as form:
            form.reminder_customer = False
        with self.form(task) as form:
            form.reminder_customer = True
        self.assertEqual(task.reminder_customer_ids.state, "scheduled")
        self.pass_time(hours=1)
        self.run_service()
        self.assertEqual(len(self.texts), 1)

    def test_r20_switching_on_without_lines_proposes_the_companys(self):
        self.company.reminder_customer_default = False
        task = self.new_task()
        self.assertFalse(task.reminder_customer)
        with self.form(task) as form:
            form.reminder_customer = True
            self.assertEqual(len(form.reminder_customer_ids), 1)
        self.assertEqual(task.reminder_customer_ids.channel, "sms")
        self.assertEqual(task.reminder_customer_setting, "changed")

    def test_a_line_added_over_the_api_is_sent(self):
        self.company.reminder_customer_default = False
        with self.form() as form:
            form.name = "Mow the lawn"
            form.project_id = self.project
            form.partner_id = self.customer
            form.planned_date_begin = self.now + timedelta(hours=2)
        self.env["crm.task.reminder"].create({**self.line(), "task_id": form.record.id})
        self.assertTrue(form.record.reminder_customer)

    # ------------------------------------------------------------------
    # As the company has it, changed, off
    # ------------------------------------------------------------------

    def test_three_settings_and_back(self):
        task = self.new_task()
        self.assertEqual(task.reminder_customer_setting, "company")
        task.reminder_customer_ids.duration = 5
        self.assertEqual(task.reminder_customer_setting, "changed")
        self.assertEqual(task.reminder_operator_setting, "company")
        task.action_reset_customer_reminders()
        self.assertEqual(task.reminder_customer_setting, "company")
        self.assertEqual(task.reminder_customer_ids.duration, 1)
        task.reminder_operator_ids.unlink()
        self.assertEqual(task.reminder_operator_setting, "off")
        task.action_reset_operator_reminders()
        self.assertEqual(task.reminder_operator_setting, "company")

    def test_reset_switches_on_again(self):
        task = self.new_task()
        task.reminder_customer = False
        self.assertEqual(task.reminder_customer_setting, "off")
        task.with_user(self.user).action_reset_customer_reminders()
        self.assertEqual(task.reminder_customer_setting, "company")
        self.assertEqual(task.reminder_customer_ids.state, "scheduled")

    def test_reset_keeps_what_was_sent_and_sends_nothing_again(self):
        defaults = self.company.reminder_default_customer_ids
        defaults.write({"duration": 1, "duration_unit": "hours"})
        task = self.new_task(planned_date_begin=self.now + timedelta(hours=2))
        self.env["crm.task.reminder"].create(
            {**self.line(duration=10, unit="minutes"), "task_id": task.id}
        )
        self.pass_time(hours=1)
        self.run_service()
        sent = task.reminder_customer_ids.filtered(lambda line: line.state == "done")
        self.assertEqual(len(sent), 1)
        task.action_reset_customer_reminders()
        self.assertEqual(task.reminder_customer_ids, sent)
        self.run_service()
        self.assertFalse(self.texts)

    # ------------------------------------------------------------------
    # Who will get them
    # ------------------------------------------------------------------

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
        self.operator.active = False
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

    # ------------------------------------------------------------------
    # Lines in words
    # ------------------------------------------------------------------

    def test_when_is_in_words_and_in_the_readers_zone(self):
        task = self.create_task(self.line(), starts_in=timedelta(hours=3))
        line = task.reminder_ids
        self.assertEqual(line.with_context(tz="UTC").due_text, "Tue 14 Jul, 08:00 AM")
        warsaw = line.with_context(tz="Europe/Warsaw")
        self.assertEqual(warsaw.due_text, "Tue 14 Jul, 10:00 AM")
        self.assertEqual(line.display_name, "SMS · 1 hour before")
        line.duration = 2
        self.assertEqual(line.display_name, "SMS · 2 hours before")
        line.duration = 0
        self.assertEqual(line.display_name, "SMS · at the start")

    def test_tells_that_the_time_had_passed_when_it_was_set(self):
        late = self.create_task(self.line(duration=3))
        self.assertFalse(self.create_task(self.line()).reminder_overdue_count)
        self.assertEqual(late.with_user(self.user).reminder_overdue_count, 1)
        with self.form(late) as form, form.reminder_customer_ids.edit(0) as line:
            self.assertEqual(line.shown_state, "overdue")
            line.duration = 1
        self.assertFalse(late.reminder_overdue_count)

    def test_only_what_was_not_sent_is_red(self):
        task = self.create_task(self.line())
        self.pass_time(hours=1)
        self.run_service(sms_error="wrong_number_format")
        self.assertIn("text-danger", self.people(task))
        self.assertNotIn("text-danger", self.people(self.send_while_down()))

    def test_what_was_sent_shows_to_whom_and_when(self):
        task = self.create_task(self.line())
        self.pass_time(hours=1)
        self.run_service()
        reader = task.with_user(self.user).with_context(tz="UTC")
        self.assertIn("Karol Klient +48600100200", self.people(reader))
        self.assertIn("Sent", self.people(reader))
        self.assertIn("7:00", self.people(reader))
        self.assertEqual(reader.reminder_ids.state, "done")

    def test_what_was_sent_is_not_edited(self):
        task = self.create_task(self.line())
        self.pass_time(hours=1)
        self.run_service()
        with self.assertRaisesRegex(UserError, "has been sent"):
            task.reminder_ids.duration = 2

    # ------------------------------------------------------------------
    # Costs
    # ------------------------------------------------------------------

    def test_e05_who_gets_them_is_found_out_for_all_lines_at_once(self):
        lines = [self.line(duration=number) for number in range(1, 9)]
        few, many = self.create_task(*lines[:2]), self.create_task(*lines)

        def count(task):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.assertIn("Karol Klient", self.people(task))
            return self.env.cr.sql_log_count - before

        count(few)
        self.assertLessEqual(count(many), count(few) + 2)

    def test_the_tab_costs_a_save_nothing(self):
        tasks = self.env["project.task"].union(
            *(self.create_task(self.line(), self.line("operator")) for _i in range(10))
        )
        self.env.flush_all()

        def count(records):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            records.write({"planned_date_begin": self.now + timedelta(days=1)})
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        count(tasks)
        self.assertLessEqual(count(tasks), count(tasks[:2]) + 5)
