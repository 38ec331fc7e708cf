"""Private tasks, and projects for invited users."""

from datetime import timedelta

from odoo.fields import Command
from odoo.tests import Form, tagged

from .borders import BorderCommon


@tagged("post_install", "-at_install")
class TestRightsPrivate(BorderCommon):
    """A private task stays private: no preset, no name in a window or the log."""

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

    def test_a05_nobody_reads_of_a_private_task_that_was_deleted(self):
        """Its rows have an address and a name, and were shown to managers then."""
        boss = self._create_user(
            "boss", "Bogdan", groups="project.group_project_manager"
        )
        private = self._create_private()
        private.user_ids += self.sender
        private.message_subscribe(self.sender.partner_id.ids)
        line = self.line("operator", task_id=private.id)
        self.env["crm.task.reminder"].with_user(self.user).create(line)
        public = self.create_task(self.line(), starts_in=timedelta(days=2))
        later = self.create_task(self.line(), starts_in=timedelta(days=2))
        self.pass_time(hours=47)
        self.run_service()
        rows, others = self.rows(private), self.rows(public)
        self.assertIn("+48600100206", rows.mapped("address"))
        # it became private after its customer was reminded
        later.project_id = False
        rows += self.rows(later)
        self.assertTrue(self.rows(later).mapped("task_name"))
        for task in (private, public, later):
            task.unlink()
        seen = self.env["crm.task.reminder.log"].with_user(boss).search([])
        self.assertTrue(rows.exists())
        self.assertFalse(rows & seen)
        self.assertTrue(others)
        self.assertLessEqual(others, seen)
        self.assertIn("service", seen.mapped("operation"))

    def test_log_keeps_what_was_sent_about_a_task_that_went_to_another_company(self):
        """What left in a company's name is in its books."""
        boss = self._create_user(
            "boss", "Bogdan", groups="project.group_project_manager"
        )
        foreign = self.env["project.project"].create(
            {"name": "B", "company_id": self.other.id}
        )
        task = self.send(self.line(), company_id=self.company.id)
        row = self.rows(task)
        task.write({"project_id": foreign.id, "company_id": self.other.id})
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertIn(row, self.log.with_user(boss).search([]))

    def test_a05_sender_who_may_read_it_reminds_its_owner(self):
        task = self._create_private()
        line = self.line("operator", task_id=task.id)
        self.env["crm.task.reminder"].with_user(self.user).create(line)
        task.message_subscribe(self.sender.partner_id.ids)
        task.user_ids += self.sender
        self.pass_time(hours=47)
        self.run_service()
        self.assertIn("+48600100206", self.numbers)
        self.assertFalse(any(self.rows(task).mapped("task_name")))
