from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .plan import PlanCommon


@tagged("post_install", "-at_install")
class TestPlanPreview(PlanCommon):
    """The morning plan before it is sent, and a test to oneself, in the window."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls._create_user(
            "planner",
            "Pola Planner",
            "600 100 205",
            groups="sales_team.group_sale_manager,project.group_project_user",
        )

    def open_preview(self, user=None):
        window = self._open(user or self.manager).save()
        action = window.action_preview_reminder_plan()
        model = self.env[action["res_model"]].with_user(user or self.manager)
        return model.browse(action["res_id"])

    def test_the_next_plan_in_each_form(self):
        self.set_plan(sms=True)
        self.add("Yesterday's", -20)
        self.add("Mow the lawn", 25)
        self.add("Cut the hedge", 27)
        self.add("Later", 49)
        content = " ".join(self.open_preview().content.split())
        self.assertIn("Adam Assignee assignee@zielonydom.example", content)
        self.assertIn("Adam Assignee +48600100201", content)
        self.assertEqual(content.count("Mow the lawn"), 2)
        self.assertIn("Cut the hedge", content)
        self.assertIn("Wed 15 Jul", content)
        self.assertIn("600 100 200", content)
        self.assertNotIn("Later", content)
        self.assertNotIn("Yesterday", content)
        self.assertFalse(self.plans())

    def test_ones_own_first(self):
        self.add("Mow the lawn", 25)
        self.add("Own", 50, user_ids=[Command.set(self.manager.ids)])
        content = self.open_preview().content
        self.assertIn("Own", content)
        self.assertNotIn("Mow the lawn", content)

    def test_says_why_somebody_gets_none(self):
        self.assignee.partner_id.email = False
        self.add("Mow the lawn", 25)
        content = self.open_preview().content
        self.assertIn("No e-mail address", content)
        self.assertIn("Nobody gets it as things are", content)
        self.assertIn("Mow the lawn", content)

    def test_nobody_has_anything_to_do(self):
        self.assertIn("nobody has a task", self.open_preview().content)

    def test_nothing_that_its_reader_may_not_read(self):
        hidden = self.project.copy(
            {"name": "Hidden", "privacy_visibility": "followers", "task_ids": []}
        )
        self.add("Secret", 25, project_id=hidden.id)
        self.add("Mow the lawn", 26)
        content = self.open_preview().content
        self.assertIn("Mow the lawn", content)
        self.assertNotIn("Secret", content)

    def test_test_to_oneself(self):
        self.set_plan(sms=True)
        self.add("Mow the lawn", 25)
        preview = self.open_preview()
        with self.mock_mail_gateway(), self.mockSMSGateway():
            action = preview.action_send_test()
            [mail], [sms] = self._mails, self._sms
        self.assertIn("planner@zielonydom.example", mail["email_to"][0])
        self.assertIn("[Test] Your tasks: Wed 15 Jul", mail["subject"])
        self.assertEqual(sms["number"], "+48600100205")
        self.assertIn("Mow the lawn", sms["body"])
        self.assertIn("planner@zielonydom.example", action["params"]["message"])
        self.assertFalse(self.plans())

    def test_tests_are_limited(self):
        self.add("Mow the lawn", 25)
        preview = self.open_preview()
        with self.mock_mail_gateway():
            for _test in range(10):
                preview.action_send_test()
            with self.assertRaisesRegex(UserError, "at most 10 tests"):
                preview.action_send_test()

    def test_the_set_up_lacks_something(self):
        self.add("Mow the lawn", 25)
        self.sender.active = False
        preview = self.open_preview()
        self.assertIn("user is archived", preview.content)
        with self.assertRaisesRegex(UserError, "archived"):
            preview.action_send_test()

    def test_only_who_may_set_it(self):
        self.add("Mow the lawn", 25)
        with self.assertRaises(AccessError):
            self.env["crm.task.reminder.plan.preview"].with_user(self.assignee).create(
                {"company_id": self.company.id}
            )
        foreign = self._create_user(
            "foreign",
            "Fred Foreign",
            groups="sales_team.group_sale_manager,project.group_project_user",
            company=self.other,
        )
        preview = self.env["crm.task.reminder.plan.preview"].with_user(foreign)
        preview = preview.with_context(allowed_company_ids=self.other.ids)
        preview = preview.create({"company_id": self.company.id})
        with self.assertRaises(AccessError):
            preview.read(["content"])
        with self.assertRaises(AccessError):
            preview.action_send_test()

    def test_a_day_whose_first_task_is_over(self):
        self.set_now(self.now + timedelta(hours=6))
        self.add("Early", -3)
        self.add("Late", 2)
        content = self.open_preview().content
        self.assertIn("Early", content)
        self.assertIn("Late", content)
