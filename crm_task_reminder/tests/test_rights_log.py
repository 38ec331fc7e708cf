import runpy

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged
from odoo.tools import file_path

from .common import ReminderCommon

MANAGERS = ("project.group_project_manager", "sales_team.group_sale_manager")


@tagged("post_install", "-at_install")
class TestRightsLog(ReminderCommon):
    """Managers read the log of their own companies; nobody writes it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls._create_company("Drugi Dom")
        cls.foreign_row = cls.log.create(
            {"operation": "service", "company_id": cls.other.id, "state": "finished"}
        )

    def _create_managers(self):
        return [
            self._create_user(f"manager{number}", "Maria Manager", groups=groups)
            for number, groups in enumerate(MANAGERS)
        ]

    def test_managers_read_the_log_of_their_companies(self):
        task = self.send(self.line())
        for manager in self._create_managers():
            with self.subTest(groups=manager.login):
                log = self.log.with_user(manager)
                self.assertIn(self.rows(task).id, log.search([]).ids)
                self.assertEqual(log.search([]).company_id, self.company)
                with self.assertRaises(AccessError):
                    self.foreign_row.with_user(manager).read(["state"])

    def test_log_tells_a_manager_what_happened(self):
        self.customer.phone = False
        task = self.send(self.line())
        manager = self._create_managers()[0]
        row = self.rows(task).with_user(manager)
        self.assertEqual(row.reason_text, "No phone number")
        self.assertEqual(row.display_name, "Karol Klient – Mow the lawn")

    def test_text_of_what_an_administrator_may_not_read(self):
        task = self.send(self.line())
        admin = self._create_user("admin2", "Anna Admin", groups="base.group_system")
        row = self.rows(task).with_user(admin)
        self.assertIn("Mow the lawn", row.message_preview)
        self.project.privacy_visibility = "followers"
        row.invalidate_recordset()
        self.assertEqual(row.state, "sent")
        self.assertFalse(row.message_preview)

    def test_a05_sales_manager_sees_the_log_of_tasks_that_are_open_to_the_manager(self):
        """Runs of the service as well; nothing of projects for invited users."""
        tasks = self.send(self.line()) + self.send(self.line())
        hidden = self.project.copy({"privacy_visibility": "followers"})
        tasks[1].project_id = hidden
        tasks[1].message_unsubscribe(tasks[1].message_partner_ids.ids)
        log = self.log.with_user(self._create_managers()[1])
        self.assertEqual(log.search([("operation", "=", "customer")]).task_id, tasks[0])
        self.assertTrue(log.search([("operation", "=", "service")]))
        tasks[1].message_subscribe(log.env.user.partner_id.ids)
        self.assertEqual(log.search([("operation", "=", "customer")]).task_id, tasks)

    def test_a05_upgrade_narrows_what_sales_managers_see(self):
        """Odoo does not update rules: somebody may have changed them."""
        path = file_path("crm_task_reminder/migrations/19.0.1.2.0/post-migration.py")
        rule = self.env.ref("crm_task_reminder.crm_task_reminder_log_manager_rule")
        group = self.env.ref("sales_team.group_sale_manager")
        rule.groups += group
        runpy.run_path(path)["narrow_log_rule"](self.env)
        self.assertNotIn(group, rule.groups)
        self.assertIn(self.env.ref("project.group_project_manager"), rule.groups)

    def test_a05_sales_manager_sees_nothing_of_a_deleted_task(self):
        """Nobody can tell any more whose it was."""
        task = self.send(self.line())
        row = self.rows(task)
        task.unlink()
        self.assertEqual(row.task_name, "Mow the lawn")
        project_manager, manager = self._create_managers()
        self.assertEqual(row.with_user(project_manager).task_name, "Mow the lawn")
        with self.assertRaises(AccessError):
            row.with_user(manager).read(["task_name"])

    def test_nobody_writes_the_log(self):
        row = self.rows(self.send(self.line()))
        admin = self._create_user("admin2", "Anna Admin", groups="base.group_system")
        for user in (*self._create_managers(), admin, self.assignee):
            with self.subTest(user=user.login):
                with self.assertRaises(AccessError):
                    row.with_user(user).write({"state": "skipped"})
                with self.assertRaises(AccessError):
                    row.with_user(user).create(
                        {
                            "operation": "customer",
                            "company_id": self.company.id,
                            "state": "sent",
                        }
                    )

    def test_managers_do_not_delete_the_log(self):
        row = self.rows(self.send(self.line()))
        for manager in self._create_managers():
            with self.assertRaises(AccessError):
                row.with_user(manager).unlink()

    def test_defaults_are_the_sales_managers_of_the_company(self):
        _project_manager, manager = self._create_managers()
        line = self.company.reminder_default_customer_ids.with_user(manager)
        line.duration = 3
        line.copy().unlink()
        foreign = self.other.reminder_default_customer_ids.with_user(manager)
        self.assertFalse(line.search([("id", "in", foreign.ids)]))
        with self.assertRaises(AccessError):
            foreign.duration = 3
        with self.assertRaises(AccessError):
            line.create({"company_id": self.other.id, "audience": "customer"})
        with self.assertRaises(AccessError):
            line.company_id = self.other

    def test_defaults_are_not_for_project_users(self):
        line = self.company.reminder_default_customer_ids.with_user(self.assignee)
        with self.assertRaises(AccessError):
            line.duration = 3

    # ------------------------------------------------------------------
    # What the sales managers have beyond Odoo's own
    # ------------------------------------------------------------------

    def test_a09_template_for_tasks_is_not_made_over_for_another_model(self):
        _project_manager, manager = self._create_managers()
        model = self.env["ir.model"]._get_id
        template = (
            self.env["sms.template"]
            .with_user(manager)
            .create({"name": "T", "model_id": model("project.task"), "body": "Hello"})
        )
        template.body = "Hello again"
        for name in ("res.users", "hr.employee"):
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                template.model_id = model(name)
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                template.copy({"model_id": model(name)})

    def test_a09_template_says_one_thing_about_what_it_is_for(self):
        """Rights go by one of its fields, and what it is filled in with by another."""
        _project_manager, manager = self._create_managers()
        model_id = self.env["ir.model"]._get_id("project.task")
        values = {"name": "T", "model_id": model_id, "body": "Hello"}
        template = self.env["sms.template"].with_user(manager).create(values)
        with self.assertRaisesRegex(ValidationError, "two different things"):
            template.model = "res.users"
            template.flush_recordset()

    def test_a09_template_takes_no_action_along_when_it_is_deleted(self):
        """Odoo deletes a template's own action with it, as the superuser."""
        _project_manager, manager = self._create_managers()
        action = self.env.ref("project.action_view_all_task")
        model_id = self.env["ir.model"]._get_id("project.task")
        values = {"name": "T", "model_id": model_id, "body": "Hello"}
        template = self.env["sms.template"].with_user(manager).create(values)
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            template.sidebar_action_id = action
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            template.create({**values, "sidebar_action_id": action.id})
        template.with_user(self.env.user).action_create_sidebar_action()
        own = template.sidebar_action_id
        template.unlink()
        self.assertTrue(action.exists())
        self.assertFalse(own.exists())

    def test_a09_accounts_are_chosen_not_tried_out(self):
        _project_manager, manager = self._create_managers()
        account = self.mail_server.with_user(manager)
        self.assertEqual(account.name, "Reminders")
        with self.assertRaises(AccessError):
            account.test_smtp_connection()
        with self.assertRaises(AccessError):
            account.action_retrieve_max_email_size()
