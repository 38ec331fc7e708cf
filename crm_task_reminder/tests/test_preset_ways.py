from odoo.fields import Command
from odoo.tests import Form, tagged

from .common import ReminderCommon

MAIL = """From: {sender}
To: gardens@{domain}
Subject: The pump leaks
Message-Id: <leak@client.example>
Date: Tue, 14 Jul 2026 08:00:00 +0200

Please come soon.
"""


@tagged("post_install", "-at_install")
class TestPresetWays(ReminderCommon):
    """A task gets the company's defaults in whichever way it is created."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.write(
            {"reminder_customer_default": True, "reminder_operator_default": True}
        )
        cls.company.reminder_default_operator_ids.write({"channel": "email"})
        cls.user = cls._create_user("user", "Urszula User")
        cls.tasks = cls.env["project.task"]

    def _assert_preset(self, task):
        self.env.invalidate_all()
        self.assertEqual(task.reminder_customer_ids.mapped("channel"), ["sms"])
        self.assertEqual(task.reminder_operator_ids.mapped("channel"), ["email"])
        self.assertEqual(len(task.reminder_ids), 2)
        self.assertEqual(task.reminder_ids.company_id, self.company)

    def test_r10_create(self):
        tasks = self.tasks.create(
            [{"name": name, "project_id": self.project.id} for name in "ab"]
        )
        for task in tasks:
            self._assert_preset(task)

    def test_r10_create_by_a_project_user(self):
        task = self.tasks.with_user(self.user).create(
            {"name": "Task", "project_id": self.project.id}
        )
        self._assert_preset(task)

    def test_r10_form_shows_the_lines_before_saving(self):
        form = Form(
            self.tasks.with_user(self.user).with_context(
                default_project_id=self.project.id
            )
        )
        form.name = "Task"
        self.assertEqual(len(form.reminder_customer_ids), 1)
        self.assertEqual(len(form.reminder_operator_ids), 1)
        self._assert_preset(form.save())

    def test_r20_form_line_changed_before_saving(self):
        form = Form(self.tasks.with_context(default_project_id=self.project.id))
        form.name = "Task"
        with form.reminder_customer_ids.edit(0) as line:
            line.duration = 7
        task = form.save()
        self.assertEqual(task.reminder_customer_ids.mapped("duration"), [7])
        self.assertEqual(len(task.reminder_operator_ids), 1)

    def test_r20_form_line_removed_before_saving(self):
        form = Form(self.tasks.with_context(default_project_id=self.project.id))
        form.name = "Task"
        form.reminder_customer_ids.remove(0)
        task = form.save()
        self.assertFalse(task.reminder_customer_ids)
        self.assertEqual(len(task.reminder_operator_ids), 1)

    def test_r20_choosing_the_project_keeps_what_was_changed_before(self):
        former = self.project.copy({"name": "Roofs", "task_ids": []})
        form = Form(self.tasks.with_context(default_project_id=former.id))
        form.name = "Task"
        form.reminder_customer_ids.remove(0)
        with form.reminder_operator_ids.edit(0) as line:
            line.duration = 7
        form.project_id = self.project
        task = form.save()
        self.assertFalse(task.reminder_customer_ids)
        self.assertEqual(task.reminder_operator_ids.mapped("duration"), [7])

    def test_r10_project_of_another_company_brings_its_lines(self):
        other = self._create_company("Drugi Dom")
        project = self.env["project.project"].create(
            {"name": "Boilers", "company_id": other.id}
        )
        self._switch_on(other, self.env.user, self._create_mail_server("Other"))
        other.reminder_operator_default = True
        form = Form(self.tasks.with_context(default_project_id=self.project.id))
        form.name = "Task"
        self.assertEqual(len(form.reminder_customer_ids), 1)
        form.project_id = project
        self.assertEqual(len(form.reminder_customer_ids), 0)
        self.assertEqual(len(form.reminder_operator_ids), 1)

    def test_r10_quick_create(self):
        form = Form(
            self.tasks.with_user(self.user).with_context(
                default_project_id=self.project.id
            ),
            view="project.quick_create_task_form",
        )
        form.display_name = "Quick"
        self._assert_preset(form.save())

    def test_r10_name_create(self):
        tasks = self.tasks.with_context(default_project_id=self.project.id)
        self._assert_preset(self.tasks.browse(tasks.name_create("Named")[0]))

    def test_r10_import(self):
        result = self.tasks.with_user(self.user).load(
            ["name", "project_id", "planned_date_begin"],
            [
                ["First", "Gardens", "2026-07-20 08:00:00"],
                ["Second", "Gardens", "2026-07-21 08:00:00"],
            ],
        )
        self.assertFalse(result["messages"])
        for task in self.tasks.browse(result["ids"]):
            self._assert_preset(task)
            self.assertEqual(set(task.reminder_ids.mapped("state")), {"scheduled"})

    def test_r10_email_alias(self):
        self.project.alias_name = "gardens"
        domain = self.project.alias_id.alias_domain_id.name
        task_id = self.env["mail.thread"].message_process(
            "project.task", MAIL.format(sender=self.customer.email, domain=domain)
        )
        task = self.tasks.browse(task_id)
        self.assertEqual(task.project_id, self.project)
        self._assert_preset(task)

    def test_r10_subtask(self):
        parent = self.create_task()
        child = self.tasks.with_user(self.user).create(
            {"name": "Part", "parent_id": parent.id}
        )
        self._assert_preset(child)
        parent.child_ids = [Command.create({"name": "Other part"})]
        self._assert_preset(parent.child_ids - child)

    def test_r10_copy_keeps_what_the_task_has(self):
        """The defaults are not added to what is copied."""
        task = self.create_task(self.line(duration=3))
        copy = task.copy()
        self.assertEqual(copy.reminder_ids.mapped("duration"), [3])
        task.reminder_ids.unlink()
        self.env.invalidate_all()
        self.assertFalse(task.copy().reminder_ids)

    def test_r10_task_of_a_template(self):
        template = self.create_task(self.line(duration=3), is_template=True)
        self.assertEqual(template.reminder_ids.state, "cancelled")
        task = self.tasks.browse(template.action_create_from_template())
        self.assertEqual(task.reminder_ids.mapped("duration"), [3])
        self.assertEqual(task.reminder_ids.state, "waiting")
        task.planned_date_begin = self.now.replace(day=16)
        self.assertEqual(task.reminder_ids.state, "scheduled")

    def test_r10_copied_project(self):
        self.create_task(self.line(duration=3))
        copy = self.project.copy()
        self.assertEqual(copy.task_ids.reminder_ids.mapped("duration"), [3])
        self.assertEqual(copy.task_ids.reminder_ids.mapped("state"), ["waiting"])

    def test_r10_explicit_lines_are_kept(self):
        task = self.tasks.create(
            {
                "name": "Task",
                "project_id": self.project.id,
                "reminder_customer_ids": [
                    Command.create({"audience": "customer", "duration": 9})
                ],
            }
        )
        self.assertEqual(task.reminder_customer_ids.mapped("duration"), [9])
        self.assertEqual(len(task.reminder_operator_ids), 1)

    def test_r10_portal_collaborator_creates_a_task(self):
        """Who has no access to reminders still makes tasks that are reminded."""
        partner = self.customer
        portal = self._create_portal_user(partner)
        self.project.privacy_visibility = "portal"
        self.project.message_subscribe(partner.ids)
        self.project.collaborator_ids = [
            Command.create({"partner_id": partner.id, "limited_access": False})
        ]
        self.env.flush_all()
        tasks = self.tasks.with_context(default_project_id=self.project.id)
        task = tasks.with_user(portal).create({"name": "From the portal"})
        self._assert_preset(task.sudo())
