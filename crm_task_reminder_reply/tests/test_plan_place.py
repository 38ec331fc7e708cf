from odoo.addons.crm_task_reminder.tests.plan import PlanCommon
from odoo.tests import tagged

PLACE = "Garden 3, <gate> B"
ADDRESS = "Polna 1, 00-001 Warszawa"


@tagged("post_install", "-at_install")
class TestPlanPlace(PlanCommon):
    """The morning plan sends nobody to where the work is not."""

    def test_e01_the_place_stands_for_the_customers_address(self):
        """Whoever has to go there read the customer's address in its place."""
        self.set_plan(sms=True)
        self.add("Mow", 3, reminder_place=PLACE)
        self.run_morning()
        [mail] = self.mails
        self.assertIn("Garden 3, &lt;gate&gt; B", mail["body"])
        for text in (mail["body_alternative"], self.texts[0][1]):
            self.assertIn(PLACE, text)
            self.assertNotIn(ADDRESS, text)

    def test_e01_the_projects_place_unless_the_task_says_another(self):
        self.project.reminder_place = "Hall 7"
        task = self.add("Mow", 3)
        [item] = task._prepare_reminder_plan()
        self.assertEqual(item["address"], "Hall 7")
        task.reminder_place = PLACE
        [item] = task._prepare_reminder_plan()
        self.assertEqual(item["address"], PLACE)
        task.reminder_place = self.project.reminder_place = False
        [item] = task._prepare_reminder_plan()
        self.assertEqual(item["address"], ADDRESS)

    def test_a02_a_form_tells_no_place_of_a_hidden_project(self):
        """Nor one to who may not read the field."""
        hidden = self.env["project.project"].create(
            {
                "name": "Hidden",
                "privacy_visibility": "followers",
                "company_id": self.company.id,
                "reminder_place": "Hall 7",
            }
        )
        user = self._create_user(
            "plain", "Pia Plain", groups="project.group_project_user"
        )
        form = self.env["project.task"].with_user(user).new({"name": "Mow"})
        form.project_id = hidden.id
        [item] = form._prepare_reminder_plan()
        self.assertFalse(item["address"])
        task = self.add("Mow", 3, reminder_place=PLACE)
        clerk = self._create_user("clerk", "Klara Clerk", groups="base.group_user")
        [item] = task.with_user(clerk)._prepare_reminder_plan()
        self.assertNotEqual(item["address"], PLACE)
