from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .common import ReminderCommon


@tagged("post_install", "-at_install")
class TestRightsCompanies(ReminderCommon):
    """What nobody may say, read or learn over the border of companies."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls._create_company("Wärmewerk", "de", "Europe/Berlin")
        cls.other_operator = cls._create_user(
            "other_operator", "Hanna Operator", company=cls.other
        )
        cls._switch_on(cls.other, cls.other_operator, cls._create_mail_server("B"))
        cls.other_customer = cls.env["res.partner"].create(
            {
                "name": "Karin Kundin",
                "email": "karin@kundin.example",
                "phone": "+4915112345678",
                "company_id": cls.other.id,
            }
        )
        cls.user = cls._create_user("user", "Urszula User", "600 100 206")
        cls.project.company_id = False
        cls.reader = cls.env(
            user=cls.user, context={"allowed_company_ids": cls.company.ids}
        )
        cls.template = cls.env["sms.template"].create(
            {
                "name": "Curious",
                "model_id": cls.env.ref("project.model_project_task").id,
                "body": "{{ object.env['project.task'].search([]).mapped('name') }}",
            }
        )

    def create_shared(self, *lines, company=None, **values):
        """Create a task without company, with lines of another one unless given."""
        company = company or self.other
        task = self.create_task(company_id=False, **values)
        link = {"task_id": task.id, "company_id": company.id}
        self.env["crm.task.reminder"].create([{**line, **link} for line in lines])
        self.assertEqual(task.reminder_ids.company_id, company)
        self.env.flush_all()
        self.env.invalidate_all()
        return task

    # ------------------------------------------------------------------
    # A1: in whose name
    # ------------------------------------------------------------------

    def test_a01_context_sends_no_repeated_reminder_of_another_company(self):
        line = self.line(
            duration=10, unit="days", repeat_unit="days", repeat_every=1, repeat_count=5
        )
        task = self.create_shared(line, starts_in=timedelta(days=20))
        due_at = task.reminder_ids.due_at
        for turn in (-9, 3):
            own = task.with_env(self.reader).with_context(crm_task_reminder_turn=turn)
            own.planned_date_begin += timedelta(minutes=1)
            self.env.flush_all()
            self.env.invalidate_all()
            due_at += timedelta(minutes=1)
            self.assertEqual(task.reminder_ids.due_at, due_at)

    def test_a01_nobody_speaks_in_the_name_of_another_company(self):
        task = self.create_shared(self.line(), self.line("operator"))
        customers, operators = task.reminder_ids.with_env(self.reader).sorted("id")
        task = task.with_env(self.reader)
        template = {"sms_template_id": self.template.id}
        for change in (
            lambda: customers.write(template),
            lambda: task.write(
                {"reminder_customer_ids": [Command.update(customers.id, template)]}
            ),
            lambda: task.write({"reminder_ids": [Command.delete(customers.id)]}),
            lambda: task.write({"reminder_phone": "600 100 300"}),
            lambda: task.write({"reminder_customer": False}),
            lambda: task.write({"reminder_operator": False}),
            lambda: task.write({"reminder_user_ids": False}),
            task.action_reset_customer_reminders,
            operators.action_send_now,
        ):
            with (
                self.assertRaisesRegex(AccessError, "Only users of Wärmewerk"),
                self.env.cr.savepoint(),
            ):
                change()
        self.assertEqual(task.name, "Mow the lawn")
        self.assertEqual(customers.duration, 1)

    def test_a01_nobody_is_offered_to_send_in_the_name_of_another_company(self):
        line = self.create_shared(self.line()).reminder_ids
        self.assertFalse(line.with_env(self.reader).can_send_now)
        self.assertTrue(line.with_user(self.other_operator).can_send_now)

    def test_a01_import_and_forms_neither(self):
        task = self.create_shared(self.line())
        line = task.reminder_ids
        self.env["ir.model.data"].create(
            {
                "module": "__import__",
                "name": "line",
                "model": line._name,
                "res_id": line.id,
            }
        )
        result = (
            line.browse()
            .with_env(self.reader)
            .load(["id", "duration"], [["__import__.line", "5"]])
        )
        self.assertIn("Wärmewerk", result["messages"][0]["message"])
        form = Form(task.with_env(self.reader), view="project.view_task_form2")
        with (
            self.assertRaisesRegex(AccessError, "Wärmewerk"),
            form.reminder_customer_ids.edit(0) as edited,
        ):
            edited.duration = 5

    def test_a01_what_is_the_tasks_own_may_be_changed(self):
        task = self.create_shared(self.line(), reminder_phone="600 100 300")
        task = task.with_env(self.reader)
        with Form(task, view="project.view_task_form2") as form:
            form.name = "Mow it well"
            form.partner_id = self.assignee.partner_id
        self.assertFalse(task.reminder_phone)
        task.write({"reminder_customer_off": False, "user_ids": self.user.ids})

    def test_a01_a_line_takes_no_text_to_another_company(self):
        task = self.create_shared(self.line(), company=self.company)
        line = task.reminder_ids.with_env(self.reader)
        with self.assertRaisesRegex(AccessError, "Wärmewerk"), self.env.cr.savepoint():
            line.company_id = self.other
        with self.assertRaisesRegex(AccessError, "Wärmewerk"):
            task.with_env(self.reader).company_id = self.other

    def test_a01_a_project_takes_no_text_to_another_company(self):
        manager = self._create_user(
            "boss", "Bogdan", groups="project.group_project_manager"
        )
        self.project.company_id = self.company
        self.create_task(self.line())
        self.env.flush_all()
        project = self.project.with_user(manager)
        with self.assertRaisesRegex(AccessError, "Wärmewerk"):
            project.company_id = self.other
            project.env.flush_all()  # as at the end of a request

    def test_a01_preview_reads_nothing_of_another_company(self):
        self.create_task(name="Secret of Wärmewerk", company_id=self.other.id)
        task = self.create_shared(self.line(sms_template_id=self.template.id))
        preview = self.reader["crm.task.reminder.preview"].create(
            {"reminder_id": task.reminder_ids.id}
        )
        with self.assertRaisesRegex(AccessError, "Only users of Wärmewerk"):
            preview.read(["content"])
        with self.assertRaisesRegex(AccessError, "Only users of Wärmewerk"):
            preview.action_send_test()

    def test_a10_preview_reads_no_more_than_its_reader(self):
        """Unless its reader may write whatever template, which can read everything."""
        hidden = self.env["project.project"].create(
            {"name": "Hidden", "privacy_visibility": "followers"}
        )
        hidden.message_subscribe(self.operator.partner_id.ids)
        self.create_task(name="Secret", project_id=hidden.id)
        task = self.create_task(self.line(sms_template_id=self.template.id))
        self.env.ref("base.group_user")._remove_group(
            self.env.ref("mail.group_mail_template_editor")
        )
        self.env.invalidate_all()
        preview = self.reader["crm.task.reminder.preview"].create(
            {"reminder_id": task.reminder_ids.id}
        )
        self.assertIn("Mow the lawn", preview.content)
        self.assertNotIn("Secret", preview.content)
        with self.mock_mail_gateway(), self.mockSMSGateway():
            preview.action_send_test()
        self.assertNotIn("Secret", self._sms[0]["body"])

    # ------------------------------------------------------------------
    # A2, A3: whom one may not read
    # ------------------------------------------------------------------

    def _create_foreign_employee(self):
        employee = self.create_employee(
            "Ewald",
            company_id=self.other.id,
            user_id=self.other_operator.id,
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
        colleague = self.env(user=self.other_operator, context=own)
        readers = {self.reader: neutral, colleague: reason}
        for _moment in ("before", "after"):
            for env, told in readers.items():
                people = self.people(task.with_env(env))
                self.assertIn(told, people)
                self.assertNotIn(({reason, neutral} - {told}).pop(), people)
            self.pass_time(hours=1)
            self.run_service()
        self.assertEqual(self.rows(task).reason, "no_account")

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
        for secret in ("Ewald", "Hanna", "+49170", "ewald@", "other_operator@"):
            self.assertNotIn(secret, recipients)

    def test_a02_the_mobile_number_of_an_assignee_is_an_employees(self):
        self._create_foreign_employee()
        task = self.create_shared(
            self.line("operator"), user_ids=[Command.set(self.other_operator.ids)]
        )
        recipients = self.people(task.with_env(self.reader), "operator")
        self.assertNotIn("+49170", recipients)
        colleague = self.env(
            user=self.other_operator, context={"allowed_company_ids": self.other.ids}
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
        secrets = ("+49", "karin@", "ewald@", "Ewald", "other_operator@")
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
        insider = task.with_user(self.other_operator).with_context(
            allowed_company_ids=self.other.ids
        )
        results = self.people(insider) + self.people(insider, "operator")
        for word in ("+4915112345678", "karin@", "+491701234567", "Ewald"):
            self.assertIn(word, results)

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
                user_ids=[Command.set(self.other_operator.ids)],
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

    # ------------------------------------------------------------------
    # A5: a private task
    # ------------------------------------------------------------------

    def _create_private(self, **values):
        tasks = self.env["project.task"].with_user(self.user)
        task = tasks.create(
            {
                "name": "See the doctor",
                "user_ids": [Command.set(self.user.ids)],
                "planned_date_begin": self.now + timedelta(days=2),
                **values,
            }
        )
        self.env.flush_all()
        return task

    def test_a05_private_task_gets_no_preset(self):
        self.company.write(
            {"reminder_customer_default": True, "reminder_operator_default": True}
        )
        task = self._create_private()
        self.assertFalse(task.project_id)
        self.assertFalse(task.reminder_ids)
        form = Form(task.browse(), view="project.view_task_form2")
        form.name = "Mow"
        self.assertFalse(form.reminder_preset_company_id)
        form.project_id = self.project
        self.assertEqual(len(form.save().reminder_ids), 2)

    def test_a05_window_names_no_project_for_invited_users(self):
        """Of stages that write to customers by themselves it names the projects."""
        manager = self._create_user(
            "manager", "Maria Manager", groups="sales_team.group_sale_manager"
        )
        hidden = self.env["project.project"].create(
            {
                "name": "Sale of the Firm",
                "company_id": self.company.id,
                "privacy_visibility": "followers",
            }
        )
        hidden.message_unsubscribe(hidden.message_partner_ids.ids)
        template = self.env.ref("crm_task_reminder.mail_template_customer").id
        stages = self.env["project.task.type"].create(
            [
                {
                    "name": f"Stage of {project.name}",
                    "mail_template_id": template,
                    "project_ids": [Command.set(project.ids)],
                }
                for project in (hidden, self.project)
            ]
        )
        self.assertTrue(stages)
        self.company.reminder_customer_default = True
        self.company.reminder_default_customer_ids.moment = "moved"
        window = self.env["crm.task.reminder.settings"].with_user(manager)
        hint = Form(window).reminder_stage_hint
        self.assertIn("Stage of Gardens (Gardens)", hint)
        self.assertNotIn("Sale of the Firm", hint)

    def test_a05_nobody_reads_of_a_private_task_in_the_log(self):
        boss = self._create_user(
            "boss", "Bogdan", groups="project.group_project_manager"
        )
        task = self._create_private()
        line = self.line("operator", task_id=task.id)
        self.env["crm.task.reminder"].with_user(self.user).create(line)
        self.pass_time(hours=47)
        self.run_service()
        row = self.rows(task)
        self.assertEqual(row.reason, "no_access")
        self.assertFalse(row.task_name)
        seen = self.env["crm.task.reminder.log"].with_user(boss).search([])
        shown = {"task_id": {"fields": {"display_name": {}}}, "display_name": {}}
        self.assertNotIn("See the doctor", str(seen.web_read(shown)))
        self.assertNotIn(row, seen)
        self.assertIn(row, seen.with_user(self.user).search([]))

    def test_a05_operator_who_may_read_it_reminds_its_owner(self):
        task = self._create_private()
        line = self.line("operator", task_id=task.id)
        self.env["crm.task.reminder"].with_user(self.user).create(line)
        task.message_subscribe(self.operator.partner_id.ids)
        task.user_ids += self.operator
        self.pass_time(hours=47)
        self.run_service()
        self.assertIn("+48600100206", self.numbers)
        self.assertFalse(any(self.rows(task).mapped("task_name")))
