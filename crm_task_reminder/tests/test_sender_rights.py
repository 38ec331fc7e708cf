"""The sender's rights: what a reminder reads and tells."""

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import ReminderCommon


@tagged("post_install", "-at_install")
class TestSenderRights(ReminderCommon):
    """A reminder tells and reaches only what its sender may read."""

    def test_r05_choosing_a_sender_gives_nobody_more_to_read(self):
        """Who may write tasks, but not read another project, gets nothing out of it."""
        secret = self.env["project.project"].create(
            {
                "name": "Secret",
                "company_id": self.company.id,
                "privacy_visibility": "followers",
            }
        )
        task = self.create_task(
            self.line(), name="Secret lawn", project_id=secret.id, user_ids=[]
        )
        self.assertFalse(task.with_user(self.sender).has_access("read"))
        self.pass_time(hours=1)
        self.run_service()
        self.assert_reason(task, "no_access")

    def test_r05_nobody_reaches_a_customer_whom_the_sender_may_not_read(self):
        """A task of no company may name one of any company."""
        other = self._create_company("Drugi Dom")
        self.customer.company_id = other
        self.project.company_id = False
        task = self.create_task(
            self.line(),
            self.line(channel="email"),
            self.line("operator"),
            company_id=False,
        )
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertFalse(self.customer.with_user(self.sender).has_access("read"))
        self.pass_time(hours=1)
        self.run_service()
        self.assertEqual(self.numbers, ["+48600100201"], "the assignee's")
        self.assertFalse(self.mails)
        refused = self.rows(task).filtered(lambda row: row.operation == "customer")
        self.assertEqual(refused.mapped("reason"), ["no_access"] * 2)
        self.assertNotIn("+48600100200", str(refused.read()))

    def test_text_of_a_task_is_not_run_as_a_template(self):
        text = '{{ object.company_id.name }} <t t-out="object.id"/> ${object.id}'
        self.create_task(self.line(), self.line(channel="email"), name=text)
        self.pass_time(hours=1)
        self.run_service()
        self.assertIn("{{ object.company_id.name }}", self.texts[0][1])
        self.assertIn("{{ object.company_id.name }}", self.mails[0]["body"])
        self.assertNotIn("<t t-out", self.mails[0]["body"])

    def test_who_writes_tasks_writes_no_templates_with_code(self):
        """Once Odoo's own restriction of template writers is on."""
        self.env.ref("base.group_user")._remove_group(
            self.env.ref("mail.group_mail_template_editor")
        )
        for model in ("sms.template", "mail.template"):
            templates = self.env[model].with_user(self.assignee)
            body = "body" if model == "sms.template" else "subject"
            with self.subTest(model=model), self.assertRaises(AccessError):
                templates.create(
                    {
                        "name": "Attack",
                        "model_id": self.env.ref("project.model_project_task").id,
                        body: "{{ object.env['res.users'].search([]) }}",
                    }
                )
