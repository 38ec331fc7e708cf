"""What is told of people and companies that one may not read."""

from itertools import product

from odoo import fields
from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .borders import SharedCommon


@tagged("post_install", "-at_install")
class TestRightsPeople(SharedCommon):
    """What nobody may read or learn over the border of companies."""

    # ------------------------------------------------------------------
    # A2, A3: whom one may not read
    # ------------------------------------------------------------------

    def _create_foreign_employee(self):
        employee = self.create_employee(
            "Ewald",
            company_id=self.other.id,
            user_id=self.other_sender.id,
            mobile_phone="+491701234567",
            work_email="ewald@waermewerk.example",
        )
        self.env.flush_all()
        self.env.invalidate_all()
        return employee

    def test_a03_how_another_company_is_set_up_is_not_told(self):
        """Neither before nor after: people of others can do nothing about it."""
        reason, neutral = "No e-mail account is set up", "As its company is set up"
        task = self.create_shared(self.line(channel="email"))
        self.other.reminder_mail_server_id = False
        own = {"allowed_company_ids": self.other.ids}
        colleague = self.env(user=self.other_sender, context=own)
        readers = {self.reader: neutral, colleague: reason}
        for _moment in ("before", "after"):
            for env, told in readers.items():
                people = self.people(task.with_env(env))
                self.assertIn(told, people)
                self.assertNotIn(({reason, neutral} - {told}).pop(), people)
            self.pass_time(hours=1)
            self.run_service()
        self.assertEqual(self.rows(task).reason, "no_account")

    def test_a03_nor_are_the_reasons_of_a_further_form(self):
        log = self.env["crm.task.reminder.log"].with_env(self.reader)
        self.assertFalse(log._is_hidden_set_up(self.other, "error"))
        form = self.env.registry["crm.task.reminder.channel.sms"]
        self.patch(form, "_set_up_reasons", ("error",))
        self.assertTrue(log._is_hidden_set_up(self.other, "error"))
        self.assertFalse(log._is_hidden_set_up(self.company, "error"))

    def test_a03_what_keeps_another_company_from_sending_is_not_told(self):
        task = self.create_shared(self.line())
        self.other_sender.active = False
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertFalse(task.with_env(self.reader).reminder_trouble)
        self.user.company_ids += self.other
        trouble = task.with_user(self.user).reminder_trouble
        self.assertEqual(trouble, "The sender's user is archived")

    def test_a02_unsaved_form_tells_nothing_of_an_employee_of_another_company(self):
        employee = self._create_foreign_employee()
        task = self.create_task(self.line("operator"), self.line("operator", "email"))
        with self.assertRaises(AccessError):
            self.reader["hr.employee.public"].browse(employee.id).read(["name"])
        values = {"reminder_employee_ids": [Command.set(employee.ids)]}
        people = {"fields": {"people": {}}}
        spec = {"reminder_employee_ids": {}, "reminder_operator_ids": people}
        answer = task.with_env(self.reader).onchange(
            {**values, "id": task.id}, list(values), spec
        )
        recipients = str(answer["value"]["reminder_operator_ids"])
        self.assertIn("An employee of another company", recipients)
        for secret in ("Ewald", "Hanna", "+49170", "ewald@", "other_sender@"):
            self.assertNotIn(secret, recipients)

    def test_a02_the_mobile_number_of_an_assignee_is_an_employees(self):
        self._create_foreign_employee()
        task = self.create_shared(
            self.line("operator"), user_ids=[Command.set(self.other_sender.ids)]
        )
        recipients = self.people(task.with_env(self.reader), "operator")
        self.assertNotIn("+49170", recipients)
        colleague = self.env(
            user=self.other_sender, context={"allowed_company_ids": self.other.ids}
        )
        recipients = self.people(task.with_env(colleague), "operator")
        self.assertIn("+491701234567", recipients)

    def test_a03_what_was_not_told_before_is_not_told_after(self):
        employee = self._create_foreign_employee()
        task = self.create_shared(
            self.line(),
            self.line(channel="email"),
            self.line("operator"),
            self.line("operator", "email"),
            partner_id=self.other_customer.id,
            user_ids=[],
            reminder_employee_ids=[Command.set(employee.ids)],
        )
        secrets = ("+49", "karin@", "ewald@", "Ewald", "other_sender@")
        shown = task.with_env(self.reader)
        before = self.people(shown) + self.people(shown, "operator")
        self.pass_time(hours=1)
        self.run_service()
        self.assertEqual(len(self.texts) + len(self.mails), 4)
        after = self.people(shown) + self.people(shown, "operator")
        for text in (before, after):
            self.assertIn("Karin Kundin", text, "Odoo shows whose task it is")
            for secret in secrets:
                self.assertNotIn(secret, text)
        insider = task.with_user(self.other_sender).with_context(
            allowed_company_ids=self.other.ids
        )
        results = self.people(insider) + self.people(insider, "operator")
        for word in ("+4915112345678", "karin@", "+491701234567", "Ewald"):
            self.assertIn(word, results)

    def test_a02_groups_tell_nothing_that_one_may_not_read(self):
        """Odoo groups by fields of many records whoever asks for it."""
        task = self.create_task(self.line())
        task.reminder_excluded_user_ids = self.assignee
        task.reminder_employee_ids = self.create_employee("Ewa")
        readers = {
            "clerk": self._create_user("clerk", "Klara", groups="base.group_user"),
            "sales": self._create_user(
                "sales", "Stefan", groups="sales_team.group_sale_manager"
            ),
            "portal": self._create_portal_user(self.customer),
        }
        names = [
            name
            for name, field in task._fields.items()
            if name.startswith("reminder_") and field.store and field.groups
        ]
        self.assertIn("reminder_excluded_user_ids", names)
        for (who, reader), name in product(readers.items(), names):
            tasks = self.env["project.task"].with_user(reader)
            for path in (name, f"parent_id.{name}"):
                with self.subTest(who=who, path=path), self.assertRaises(AccessError):
                    tasks.formatted_read_group([], [path], ["__count"])
        own = self.env["project.task"].with_env(self.reader)
        [group] = own.formatted_read_group(
            [("id", "=", task.id)], ["reminder_excluded_user_ids"], ["__count"]
        )
        self.assertEqual(group["reminder_excluded_user_ids"][0], self.assignee.id)

    def test_a03_receipts_tell_no_number_to_all_colleagues(self):
        """Odoo lets everybody who works here read all receipts."""
        task = self.create_shared(self.line(), partner_id=self.other_customer.id)
        self.pass_time(hours=1)
        self.run_service()
        self.assertEqual(self.numbers, ["+4915112345678"])
        receipts = self.rows(task).notification_id.with_env(self.reader)
        self.assertTrue(receipts)
        names = ["sms_number", "mail_email_address"]
        self.assertNotIn("+49", str(receipts.read(names)))
        self.assertTrue(receipts.sudo().sms_id)
        with self.assertRaises(AccessError):
            receipts.read(["sms_id"])
        trackers = self.rows(task).notification_id.sms_tracker_ids
        for number in ("+4915112345678", "0151 / 123 456-78", "+49 (151) 12345678"):
            trackers._action_update_from_sms_state(
                "error",
                failure_type="unknown",
                failure_reason=f"The 'To' number {number} is not valid (21211).",
            )
            [receipt] = receipts.read(["failure_reason"])
            self.assertEqual(
                receipt["failure_reason"], "The 'To' number … is not valid (21211)."
            )

    def test_a03_what_is_wrong_with_an_address_does_not_tell_it(self):
        self.other_customer.phone = "12"
        task = self.create_shared(self.line(), partner_id=self.other_customer.id)
        self.pass_time(hours=1)
        self.run_service()
        shown = task.with_env(self.reader)
        self.assertIn("is not valid", self.people(shown))
        self.assertNotIn(": 12", self.people(shown))
        self.assertIn(": 12", self.people(task))

    # ------------------------------------------------------------------
    # A4: a task can be read as without the addon
    # ------------------------------------------------------------------

    def test_a04_task_of_a_hidden_customer_opens(self):
        self.env["res.company"].search([]).reminder_enabled = False
        contact = self.other_customer.copy(
            {"parent_id": self.other_customer.id, "name": "Kai", "phone": "+493012"}
        )
        employee = self._create_foreign_employee()
        for partner in (self.other_customer, contact):
            task = self.create_shared(
                self.line(),
                self.line("operator"),
                partner_id=partner.id,
                user_ids=[Command.set(self.other_sender.ids)],
                reminder_employee_ids=[Command.set(employee.ids)],
                reminder_phone="+4915112345679",
            )
            task = task.with_env(self.reader)
            names = [
                name
                for name, field in task._fields.items()
                if name.startswith("reminder_") and field.groups != fields.NO_ACCESS
            ]
            for name in (*names, "planned_date_begin"):
                self.env.invalidate_all()  # what was read as superuser hides it
                with self.subTest(name=name):
                    task.read([name])
            task.reminder_ids.read()
            self.assertFalse(task.reminder_phone_choices)
            with Form(task, view="project.view_task_form2") as form:
                form.name = "Opened"
            self.assertEqual(task.name, "Opened")
