from odoo.exceptions import ValidationError
from odoo.fields import Command, Domain
from odoo.tests import tagged

from .common import ReminderCommon


@tagged("post_install", "-at_install")
class TestPresets(ReminderCommon):
    """The company's defaults and what a task makes of them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.reminder_customer_default = True
        cls.customer_line = cls.company.reminder_default_customer_ids
        cls.operator_line = cls.company.reminder_default_operator_ids

    def _create(self, **values):
        task = self.env["project.task"].create(
            {"name": "Task", "project_id": self.project.id, **values}
        )
        self.env.flush_all()
        return task

    def _get_settings(self, lines):
        return [
            {name: line[name] for name in line._get_setting_fields()} for line in lines
        ]

    # ------------------------------------------------------------------
    # R8, R9: two tabs, each with its switch
    # ------------------------------------------------------------------

    def test_r09_company_starts_with_one_sms_line_per_tab(self):
        company = self._create_company("Nowy Dom")
        self.assertFalse(company.reminder_customer_default)
        self.assertFalse(company.reminder_operator_default)
        for audience in ("customer", "operator"):
            line = company[f"reminder_default_{audience}_ids"]
            self.assertEqual(len(line), 1)
            self.assertEqual((line.audience, line.channel), (audience, "sms"))

    def test_r09_switched_on_gives_new_tasks_the_line(self):
        task = self._create()
        self.assertEqual(len(task.reminder_customer_ids), 1)
        self.assertEqual(
            self._get_settings(task.reminder_customer_ids),
            self._get_settings(self.customer_line),
        )

    def test_r09_switched_off_gives_none(self):
        self.company.reminder_customer_default = False
        self.assertFalse(self._create().reminder_customer_ids)

    def test_r04_automat_off_gives_none(self):
        self.company.reminder_enabled = False
        self.assertFalse(self._create().reminder_customer_ids)

    def test_r08_tabs_do_not_influence_each_other(self):
        task = self._create()
        self.assertFalse(task.reminder_operator_ids)
        before = self._get_settings(self.operator_line)
        self.customer_line.write({"duration": 5, "channel": "email"})
        self.company.reminder_default_customer_ids = [
            Command.create({"audience": "customer", "channel": "email"})
        ]
        self.assertEqual(self._get_settings(self.operator_line), before)
        self.assertEqual(self.company.reminder_default_operator_ids, self.operator_line)
        self.company.reminder_operator_default = True
        self.company.reminder_customer_default = False
        task = self._create()
        self.assertEqual(len(task.reminder_operator_ids), 1)
        self.assertFalse(task.reminder_customer_ids)

    # ------------------------------------------------------------------
    # R10, R12, R14: templates
    # ------------------------------------------------------------------

    def _create_template(self, model_name, model="project.model_project_task"):
        values = {"name": "Mine", "model_id": self.env.ref(model).id}
        if model_name == "sms.template":
            values["body"] = "Do not forget."
        return self.env[model_name].create(values)

    def test_r10_sms_template_is_preset_on_the_task(self):
        template = self._create_template("sms.template")
        self.customer_line.sms_template_id = template
        self.assertEqual(self._create().reminder_customer_ids.sms_template_id, template)

    def test_r12_mail_template_is_preset_on_the_task(self):
        template = self._create_template("mail.template")
        self.customer_line.write({"channel": "email", "mail_template_id": template.id})
        line = self._create().reminder_customer_ids
        self.assertEqual((line.channel, line.mail_template_id), ("email", template))

    def _assert_only_task_templates(self, model_name, field_name):
        for_tasks = self._create_template(model_name)
        for_partners = self._create_template(model_name, "base.model_res_partner")
        for line_model in ("crm.task.reminder", "crm.task.reminder.default"):
            field = self.env[line_model]._fields[field_name]
            offered = self.env[model_name].search(Domain(field.domain))
            self.assertIn(for_tasks, offered)
            self.assertNotIn(for_partners, offered)
            self.assertEqual(set(offered.mapped("model")), {"project.task"})
        with self.assertRaisesRegex(ValidationError, "not one for tasks"):
            self.customer_line[field_name] = for_partners

    def test_r10_only_sms_templates_for_tasks_are_offered(self):
        self._assert_only_task_templates("sms.template", "sms_template_id")

    def test_r12_only_mail_templates_for_tasks_are_offered(self):
        self._assert_only_task_templates("mail.template", "mail_template_id")

    def test_r14_template_created_from_the_tab_is_one_for_tasks(self):
        for field_name in ("sms_template_id", "mail_template_id"):
            with self.subTest(field_name=field_name):
                field = self.env["crm.task.reminder"]._fields[field_name]
                model = self.env[field.comodel_name].with_context(**field.context)
                values = {"name": "New", "body": "Do not forget."}
                known = {name: values[name] for name in values if name in model._fields}
                template = model.create(known)
                self.assertEqual(template.model, "project.task")
                self.assertIn(template, model.search(Domain(field.domain)))

    def test_r14_default_without_template(self):
        self.customer_line.sms_template_id = False
        task = self._create(
            partner_id=self.customer.id, planned_date_begin=self.now.replace(day=16)
        )
        line = task.reminder_customer_ids
        self.assertFalse(line.sms_template_id)
        self.assertEqual(line.state, "scheduled")
        self.pass_time(days=1)
        self.run_service()
        self.assert_reason(task, "no_template")
        self.assertEqual(line.state, "skipped")
        self.assertIn("No template", line.people)

    def test_r14_template_chosen_on_the_task(self):
        self.customer_line.sms_template_id = False
        task = self._create(
            partner_id=self.customer.id, planned_date_begin=self.now.replace(day=16)
        )
        standard = self.env.ref("crm_task_reminder.sms_template_customer")
        task.reminder_customer_ids.sms_template_id = standard
        self.pass_time(days=1)
        self.run_service()
        self.assertEqual(self.numbers, ["+48600100200"])

    def test_r14_deleted_template_is_none(self):
        template = self._create_template("sms.template")
        task = self.create_task(self.line(sms_template_id=template.id))
        template.unlink()
        self.pass_time(hours=1)
        self.run_service()
        self.assert_reason(task, "no_template")

    # ------------------------------------------------------------------
    # R20, R21: changes on the task, two forms at once
    # ------------------------------------------------------------------

    def test_r20_form_template_and_time_are_changed_per_task(self):
        before = self._get_settings(self.customer_line)
        template = self._create_template("mail.template")
        task, untouched = self._create(), self._create()
        task.reminder_customer_ids.write(
            {
                "channel": "email",
                "mail_template_id": template.id,
                "duration": 20,
                "duration_unit": "minutes",
            }
        )
        self.assertEqual(self._get_settings(self.customer_line), before)
        self.assertEqual(self._get_settings(untouched.reminder_customer_ids), before)

    def test_r20_reminders_are_removed_per_task(self):
        task = self._create()
        task.reminder_customer_ids.unlink()
        self.env.invalidate_all()
        self.assertFalse(task.reminder_customer_ids)
        task.name = "Another title"
        task.partner_id = self.customer
        self.assertFalse(task.reminder_customer_ids)

    def test_r21_two_forms_at_once(self):
        standard = self.env.ref("crm_task_reminder.mail_template_customer")
        self.customer_line.copy({"channel": "email", "mail_template_id": standard.id})
        task = self._create(
            partner_id=self.customer.id, planned_date_begin=self.now.replace(day=16)
        )
        channels = sorted(task.reminder_customer_ids.mapped("channel"))
        self.assertEqual(channels, ["email", "sms"])
        self.pass_time(days=1)
        self.run_service()
        self.assertEqual((len(self.mails), len(self.texts)), (1, 1))

    def test_changed_default_asks_nothing_of_existing_tasks(self):
        task = self._create()
        before = self._get_settings(task.reminder_customer_ids)
        self.customer_line.write({"duration": 5, "channel": "email"})
        self.customer_line.copy()
        self.company.reminder_operator_default = True
        self.env.invalidate_all()
        self.assertEqual(self._get_settings(task.reminder_customer_ids), before)
        self.assertFalse(task.reminder_operator_ids)
        self.customer_line.unlink()
        self.company.reminder_customer_default = False
        self.env.invalidate_all()
        self.assertEqual(self._get_settings(task.reminder_customer_ids), before)

    def test_lines_made_for_a_task_in_the_same_breath_are_kept(self):
        """Those that an automation adds before anything is written to the database."""
        task = self.env["project.task"].create(
            {"name": "Task", "project_id": self.project.id}
        )
        own = self.env["crm.task.reminder"].create(
            [
                {"task_id": task.id, **self.line(duration=7)},
                {"task_id": task.id, **self.line("operator", "email")},
            ]
        )
        self.env.flush_all()
        self.assertEqual(own.exists(), own)
        lines = task.reminder_customer_ids - own
        self.assertEqual(
            self._get_settings(lines), self._get_settings(self.customer_line)
        )
        self.assertEqual(task.reminder_operator_ids, own[1])
