from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from .rights import TableCommon

#: Who may do what with the presets of whose project: "+" allowed, "-" refused in words.
TABLE = """
project of A              read create write unlink choose
project manager of A      +    +      +     +      +
project manager of both   +    +      +     +      +
project user of A         -    -      -     -      -
sales manager of A        -    -      -     -      -
administrator of A        -    -      -     -      -
portal                    -    -      -     -      -

project of B              read create write unlink choose
project manager of A      -    -      -     -      -
project manager of both   +    +      +     +      +
sales manager of A        -    -      -     -      -

shared project            read create write unlink choose
project manager of A      -    -      -     -      +
project manager of both   +    +      +     +      +
project user of A         -    -      -     -      -
"""


@tagged("post_install", "-at_install")
class TestProjectPresetsCompanies(TableCommon):
    """Presets of projects: whose they are, and who may set them."""

    table = TABLE

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls._create_company("Wärmewerk", "de", "Europe/Berlin")
        cls._switch_on(cls.other, cls.env.user, cls._create_mail_server("B"))
        projects = cls.env["project.project"]
        cls.foreign = projects.create({"name": "Boilers", "company_id": cls.other.id})
        cls.shared = projects.create({"name": "Common", "company_id": False})
        manager = "project.group_project_manager"
        cls.boss = cls._create_user("boss", "Bogdan", groups=manager)
        cls.both = cls._create_user("both", "Berta", groups=manager)
        cls.both.company_ids += cls.other
        cls.users = {
            "project manager of A": cls.boss,
            "project manager of both": cls.both,
            "project user of A": cls._create_user("user", "Urszula"),
            "sales manager of A": cls._create_user(
                "seller", "Stella", groups="sales_team.group_sale_manager"
            ),
            "administrator of A": cls._create_user(
                "admin_here", "Anna", groups="base.group_system"
            ),
            "portal": cls._create_portal_user(cls.customer),
        }

    def as_user(self, record, user, company=None):
        companies = company or user.company_ids
        return record.with_user(user).with_context(allowed_company_ids=companies.ids)

    def add_line(self, project, company, duration):
        return self.env["crm.task.reminder.default"].create(
            {"project_id": project.id, "company_id": company.id, "duration": duration}
        )

    def durations(self, project, company):
        tasks = self.env["project.task"].with_context(allowed_company_ids=company.ids)
        task = tasks.create({"name": "Task", "project_id": project.id})
        task.env.flush_all()
        self.assertLessEqual(task.reminder_ids.company_id, company)
        return sorted(task.reminder_customer_ids.mapped("duration"))

    # ------------------------------------------------------------------
    # Two companies, a project of no company
    # ------------------------------------------------------------------

    def test_each_company_has_its_own_in_a_shared_project(self):
        mine, theirs = (
            self.as_user(self.shared, self.both, company)
            for company in (self.company, self.other)
        )
        mine.reminder_preset = "own"
        self.add_line(self.shared, self.company, 3)
        self.add_line(self.shared, self.other, 4)
        self.assertEqual(theirs.reminder_preset, "company")
        self.assertEqual(self.durations(self.shared, self.company), [3])
        self.assertEqual(self.durations(self.shared, self.other), [])
        theirs.reminder_preset = "own"
        self.assertEqual(self.durations(self.shared, self.other), [4])
        self.env.invalidate_all()
        for project, duration in ((mine, 3), (theirs, 4)):
            self.env.invalidate_all()
            lines = project.reminder_default_customer_ids
            self.assertEqual(lines.mapped("duration"), [duration])

    def test_form_of_a_foreign_project_sets_its_company(self):
        """Who works in one company edits a project of another."""
        allowed = self.company + self.other
        project = self.as_user(self.foreign, self.both, allowed)
        with Form(project) as form:
            form.reminder_preset = "own"
            with form.reminder_default_customer_ids.new() as line:
                line.duration = 5
        self.assertEqual(self.foreign.reminder_default_ids.company_id, self.other)
        self.assertEqual(self.durations(self.foreign, self.other), [5])

    def test_lines_are_those_of_the_projects_company(self):
        lines = self.env["crm.task.reminder.default"]
        line = lines.create({"project_id": self.foreign.id})
        self.assertEqual(line.company_id, self.other)
        with self.assertRaisesRegex(ValidationError, "the project's company"):
            self.add_line(self.foreign, self.company, 3)

    def test_lines_go_with_the_project_to_a_company_of_the_users(self):
        self.project.reminder_preset = "own"
        self.add_line(self.project, self.company, 3)
        self.as_user(self.project, self.both).company_id = self.other
        self.assertEqual(self.durations(self.project, self.other), [3])
        self.assertEqual(self.project.with_company(self.other).reminder_preset, "own")

    def test_nobody_brings_lines_to_a_foreign_company(self):
        self.project.reminder_preset = "own"
        line = self.add_line(self.project, self.company, 3)
        # Odoo refuses it where it reads the company of an alias, the line does anyway
        with self.assertRaises(UserError), self.env.cr.savepoint():
            self.as_user(self.project, self.boss).company_id = self.other
        with self.assertRaises(UserError), self.env.cr.savepoint():
            self.as_user(line, self.boss).company_id = self.other
        self.project.company_id = False
        self.project.company_id = self.other
        mine = self.as_user(self.project, self.boss)
        self.assertEqual(mine.company_id, self.other)
        mine._move_reminder_lines(self.company)
        self.assertEqual(line.company_id, self.company)
        self.assertEqual(self.durations(self.project, self.other), [])

    def test_copy_takes_along_what_is_the_users_companies(self):
        for company, duration in ((self.company, 3), (self.other, 4)):
            self.shared.with_company(company).reminder_preset = "own"
            self.add_line(self.shared, company, duration)
        copy = self.as_user(self.shared, self.boss).copy()
        self.assertEqual(self.durations(copy, self.company), [3])
        self.assertEqual(self.durations(copy, self.other), [])
        copy = self.as_user(self.shared, self.both, self.company).copy()
        self.assertEqual(self.durations(copy, self.other), [4])

    def test_task_moved_to_a_project_of_another_company_follows(self):
        self.company.reminder_customer_default = True
        self.foreign.with_company(self.other).reminder_preset = "own"
        self.add_line(self.foreign, self.other, 4)
        task = self.env["project.task"].create(
            {"name": "Task", "project_id": self.project.id}
        )
        self.env.flush_all()
        self.as_user(task, self.both).project_id = self.foreign
        self.assertEqual(task.reminder_ids.mapped("duration"), [4])
        self.assertEqual(task.reminder_ids.company_id, self.other)

    def test_task_of_a_shared_project_follows_in_its_lines_company(self):
        self.other.reminder_customer_default = True
        second = self.shared.copy({"name": "Second"})
        self.env.flush_all()
        second.with_company(self.other).reminder_preset = "own"
        self.add_line(second, self.other, 4)
        task = (
            self.env["project.task"]
            .with_context(allowed_company_ids=self.other.ids)
            .create({"name": "Task", "project_id": self.shared.id})
        )
        task.env.flush_all()
        self.assertEqual(task.reminder_ids.company_id, self.other)
        self.as_user(task, self.boss).project_id = second
        self.assertEqual(task.reminder_ids.mapped("duration"), [4])
        self.assertEqual(task.reminder_ids.company_id, self.other)

    # ------------------------------------------------------------------
    # Who may
    # ------------------------------------------------------------------

    def _read(self, env):
        self.line.with_env(env).read(["duration"])

    def _create(self, env):
        env["crm.task.reminder.default"].create(
            {"project_id": self.line.project_id.id, "company_id": self.other.id}
            if self.line.company_id == self.other
            else {"project_id": self.line.project_id.id}
        )

    def _write(self, env):
        self.line.with_env(env).duration = 9

    def _unlink(self, env):
        self.line.with_env(env).unlink()

    def _choose(self, env):
        self.line.project_id.with_env(env).write({"reminder_preset": "none"})

    def test_presets_of_a_project_of_the_own_company(self):
        self.line = self.add_line(self.project, self.company, 3)
        self._assert_rows("project of A")

    def test_presets_of_a_project_of_another_company(self):
        self.line = self.add_line(self.foreign, self.other, 3)
        self._assert_rows("project of B")

    def test_presets_of_another_company_in_a_shared_project(self):
        self.line = self.add_line(self.shared, self.other, 3)
        self._assert_rows("shared project")

    def test_a_line_is_not_moved_to_a_project_of_others(self):
        lines = self.env["crm.task.reminder.default"]
        line = lines.create({"project_id": self.project.id})
        mine = self.as_user(line, self.boss)
        for vals in (
            {"project_id": self.foreign.id, "company_id": self.other.id},
            {"project_id": False},
            {"company_id": self.other.id},
        ):
            with self.assertRaises(UserError), self.env.cr.savepoint():
                mine.write(vals)

    def test_project_managers_do_not_set_the_companys_lines(self):
        line = self.company.reminder_default_customer_ids.with_user(self.boss)
        with self.assertRaises(AccessError):
            line.duration = 9
        with self.assertRaises(AccessError):
            line.create({"audience": "customer"})

    def test_who_may_edit_no_project_sets_none_of_its_lines(self):
        """Another addon's rule on projects counts for their lines."""
        line = self.add_line(self.project, self.company, 3)
        self.env["ir.rule"].create(
            {
                "name": "Nobody edits Gardens",
                "model_id": self.env["ir.model"]._get_id("project.project"),
                "domain_force": "[('name', '!=', 'Gardens')]",
                "perm_read": False,
            }
        )
        mine = self.as_user(line, self.boss)
        self.assertEqual(mine.duration, 3)
        with self.assertRaises(AccessError):
            mine.duration = 9
        with self.assertRaises(AccessError):
            mine.create({"project_id": self.project.id})
        with self.assertRaises(AccessError):
            mine.unlink()
