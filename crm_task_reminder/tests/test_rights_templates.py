"""Templates belong to no company; what a company says by one is its own."""

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .borders import CompaniesCommon


@tagged("post_install", "-at_install")
class TestRightsTemplates(CompaniesCommon):
    """Nobody puts words into another company's mouth."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls._create_user(
            "seller", "Stella", groups="sales_team.group_sale_manager"
        )
        cls.standard = cls.env.ref("crm_task_reminder.sms_template_customer")

    def _copy(self):
        """Return a template that nobody uses yet, for the manager of one company."""
        return self.standard.copy().with_user(self.manager)

    def _try(self, template):
        """Return which changes of a template are allowed."""
        changes = {
            "text": lambda: template.write({"body": "Pay at evil.example"}),
            "translation": lambda: template.update_field_translations(
                "body", {"en_US": "Pay at evil.example"}
            ),
            "name": lambda: template.write({"name": "Evil"}),
            "deletion": template.unlink,
        }
        allowed = []
        for name, change in changes.items():
            self.env.flush_all()
            with self.env.cr.savepoint(flush=False) as savepoint:
                try:
                    change()
                    allowed.append(name)
                except AccessError as error:
                    self.assertIn("Make a copy", str(error))
                savepoint.rollback()
            self.env.cr.clear()
            self.env.invalidate_all(flush=False)
        return allowed

    def test_a01_nobody_changes_by_which_template_another_company_reminds(self):
        every = ["text", "translation", "name", "deletion"]
        unused, used, preset, plan = (self._copy() for _number in range(4))
        line = self.line(sms_template_id=used.id)
        task = self.create_task(line, project_id=False, company_id=self.other.id)
        self.assertEqual(task.reminder_ids.company_id, self.other)
        self.other.reminder_default_customer_ids.sms_template_id = preset
        self.other.reminder_plan_sms_template_id = plan
        standard = self.standard.with_user(self.manager)
        theirs = {"line": used, "preset": preset, "plan": plan, "standard": standard}
        self.assertEqual(self._try(unused), every)
        for kind, template in theirs.items():
            with self.subTest(kind=kind):
                self.assertEqual(self._try(template), [])
        # switched off for a while, it would go on with what was changed meanwhile
        self.other.reminder_enabled = False
        self.assertEqual(self._try(used), [])
        self.manager.company_ids += self.other
        for kind, template in theirs.items():
            with self.subTest(kind=kind):
                self.assertEqual(self._try(template), every)

    def test_a01_templates_of_the_own_company_are_changed_as_before(self):
        used = self._copy()
        self.create_task(self.line(sms_template_id=used.id))
        self.assertIn("text", self._try(used))
        self.other.reminder_enabled_at = False  # it has never reminded anybody
        self.assertIn("text", self._try(self.standard.with_user(self.manager)))
        self.other.reminder_enabled_at = self.now
        administrator = self._create_user("root2", "Rut", groups="base.group_system")
        self.assertIn("text", self._try(self.standard.with_user(administrator)))
