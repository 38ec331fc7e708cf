from datetime import timedelta

from odoo.fields import Command
from odoo.tests import Form, tagged

from .common import ReminderCommon


@tagged("post_install", "-at_install")
class TestProjectPresets(ReminderCommon):
    """Projects whose new tasks start with other reminders than their company's."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.reminder_customer_default = True
        cls.office = cls.project.copy({"name": "Office", "task_ids": []})
        cls.workshop = cls._set_own(cls.project, cls.company, duration=3)
        cls.user = cls._create_user("user", "Urszula User")

    @classmethod
    def _set_own(cls, project, company, audience="customer", **values):
        """Give the project an SMS line of a company's own."""
        project = project.with_company(company)
        project.reminder_preset = "own"
        template = cls.env.ref(f"crm_task_reminder.sms_template_{audience}")
        cls.env["crm.task.reminder.default"].create(
            {
                "project_id": project.id,
                "company_id": company.id,
                "audience": audience,
                "sms_template_id": template.id,
                **values,
            }
        )
        return project.with_env(cls.env)

    def _create(self, project, **values):
        task = self.env["project.task"].create(
            {"name": "Task", "project_id": project.id, **values}
        )
        self.env.flush_all()
        return task

    def durations(self, task, audience="customer"):
        self.env.flush_all()
        return sorted(task[f"reminder_{audience}_ids"].mapped("duration"))

    # ------------------------------------------------------------------
    # As the company has it, own lines, none
    # ------------------------------------------------------------------

    def test_projects_of_a_company_differ(self):
        self.assertEqual(self.office.reminder_preset, "company")
        self.assertEqual(self.durations(self._create(self.office)), [1])
        self.assertEqual(self.durations(self._create(self.workshop)), [3])
        self.workshop.reminder_preset = "none"
        self.assertEqual(self.durations(self._create(self.workshop)), [])
        self.workshop.reminder_preset = "company"
        self.assertEqual(self.durations(self._create(self.workshop)), [1])
        # the lines have been kept meanwhile
        self.workshop.reminder_preset = "own"
        self.assertEqual(self.durations(self._create(self.workshop)), [3])

    def test_own_lines_count_where_the_company_has_none(self):
        self.company.reminder_customer_default = False
        self.assertEqual(self.durations(self._create(self.office)), [])
        self.assertEqual(self.durations(self._create(self.workshop)), [3])
        self._set_own(self.workshop, self.company, "operator", duration=4)
        task = self._create(self.workshop)
        self.assertEqual(self.durations(task, "operator"), [4])

    def test_r04_automat_off_gives_none(self):
        self.company.reminder_enabled = False
        self.assertEqual(self.durations(self._create(self.workshop)), [])

    def test_own_lines_are_not_the_companys(self):
        self.assertEqual(len(self.company.reminder_default_customer_ids), 1)
        window = self.env["crm.task.reminder.settings"].create({})
        self.assertEqual(len(window.reminder_default_customer_ids), 1)
        window.write({"reminder_default_customer_ids": [Command.clear()]})
        self.assertEqual(self.durations(self._create(self.workshop)), [3])

    def test_what_exists_is_asked_nothing(self):
        task = self._create(self.office)
        self.office.reminder_preset = "none"
        self.assertEqual(self.durations(task), [1])
        task.name = "Another title"
        self.assertEqual(self.durations(task), [1])

    def test_form_proposes_the_companys_lines_to_be_changed(self):
        with Form(self.office) as form:
            form.reminder_preset = "own"
            with form.reminder_default_customer_ids.edit(0) as line:
                line.duration = 5
        lines = self.office.reminder_default_customer_ids
        self.assertEqual(lines.mapped("duration"), [5])
        self.assertEqual(lines.company_id, self.company)
        self.assertFalse(self.office.reminder_default_operator_ids)
        self.assertEqual(self.durations(self._create(self.office)), [5])
        self.assertEqual(self.company.reminder_default_customer_ids.duration, 1)

    # ------------------------------------------------------------------
    # What asks for the presets later
    # ------------------------------------------------------------------

    def test_r20_tab_says_whose_setting_it_is(self):
        task = self._create(self.workshop)
        self.assertEqual(task.reminder_customer_setting, "project")
        self.assertEqual(self._create(self.office).reminder_customer_setting, "company")
        task.reminder_customer_ids.duration = 9
        self.assertEqual(task.reminder_customer_setting, "changed")
        task.action_reset_customer_reminders()
        self.assertEqual(self.durations(task), [3])

    def test_r20_switched_on_gives_the_projects_lines(self):
        task = self._create(self.workshop, reminder_customer_ids=[])
        self.env.invalidate_all()
        task.reminder_customer_ids.unlink()
        with Form(task, view="project.view_task_form2") as form:
            form.reminder_customer = True
        self.assertEqual(self.durations(task), [3])

    def test_wizard_sets_each_task_as_its_project_has_it(self):
        tasks = self._create(self.workshop) + self._create(self.office)
        tasks.reminder_customer_ids.duration = 9
        wizard = self.env["crm.task.reminder.edit"].create(
            {"task_ids": tasks.ids, "operation": "company", "audience": "customer"}
        )
        wanted = [plan.values[0]["duration"] for plan in wizard._plan_tasks()]
        self.assertEqual(wanted, [3, 1])
        wizard.action_apply()
        self.assertEqual([*map(self.durations, tasks)], [[3], [1]])

    def test_template_of_the_project_is_proposed(self):
        template = self.env["sms.template"].create(
            {
                "name": "Workshop",
                "model_id": self.env["ir.model"]._get_id("project.task"),
                "body": "Your car is ready.",
            }
        )
        self.workshop.reminder_default_customer_ids.sms_template_id = template
        task = self._create(self.workshop)
        form = Form(task, view="project.view_task_form2")
        with form.reminder_customer_ids.new() as line:
            line.channel = "sms"
            self.assertEqual(line.sms_template_id, template)

    # ------------------------------------------------------------------
    # Moved to another project
    # ------------------------------------------------------------------

    def test_unchanged_lines_follow(self):
        task = self._create(self.office)
        task.with_user(self.user).project_id = self.workshop
        self.assertEqual(self.durations(task), [3])
        self.assertEqual(task.reminder_ids.company_id, self.company)
        task.project_id = self.office
        self.assertEqual(self.durations(task), [1])

    def test_moved_where_the_same_is_set_nothing_changes(self):
        task = self._create(self.office)
        line = task.reminder_ids
        task.project_id = self.office.copy({"name": "Second", "task_ids": []})
        self.assertEqual(task.reminder_ids, line)

    def test_lines_typed_by_hand_stay(self):
        task = self._create(self.office)
        self.env["crm.task.reminder"].create(self.line(task_id=task.id, duration=7))
        task.project_id = self.workshop
        self.assertEqual(self.durations(task), [3, 7])
        changed = self._create(self.office)
        changed.reminder_ids.duration = 8
        changed.project_id = self.workshop
        self.assertEqual(self.durations(changed), [8])

    def test_lines_taken_out_by_hand_stay_out(self):
        task = self._create(self.office)
        task.reminder_ids.unlink()
        task.project_id = self.workshop
        self.assertEqual(self.durations(task), [])

    def test_what_was_sent_stays(self):
        start = self.now + timedelta(days=1, hours=1)
        task = self._create(
            self.office, planned_date_begin=start, partner_id=self.customer.id
        )
        self.pass_time(hours=1)
        self.run_service()
        self.assertEqual(task.reminder_ids.state, "done")
        task.project_id = self.workshop
        self.assertEqual(self.durations(task), [1])

    def test_moved_where_there_are_none_and_back(self):
        self.workshop.reminder_preset = "none"
        task = self._create(self.office)
        task.project_id = self.workshop
        self.assertEqual(self.durations(task), [])
        task.project_id = self.office
        self.assertEqual(self.durations(task), [1])

    def test_private_task_keeps_its_lines_and_gets_those_of_a_project(self):
        task = self._create(self.office)
        task.write({"project_id": False})
        self.assertEqual(self.durations(task), [1])
        private = self.env["project.task"].create({"name": "To do"})
        self.assertEqual(self.durations(private), [])
        private.project_id = self.workshop
        self.assertEqual(self.durations(private), [3])

    def test_subtasks_go_along(self):
        parent = self._create(self.office)
        child = self.env["project.task"].create(
            {"name": "Part", "parent_id": parent.id, "display_in_project": False}
        )
        self.assertEqual(self.durations(child), [1])
        parent.project_id = self.workshop
        self.env.flush_all()
        self.assertEqual(child.project_id, self.workshop)
        self.assertEqual(self.durations(child), [3])

    def test_form_shows_what_follows(self):
        task = self._create(self.office)
        with Form(task, view="project.view_task_form2") as form:
            form.project_id = self.workshop
            lines = form.reminder_customer_ids
            self.assertEqual(len(lines), 1)
            self.assertEqual(lines.edit(0).duration, 3)
        self.assertEqual(self.durations(task), [3])

    def test_form_of_a_new_task_keeps_what_was_typed(self):
        tasks = self.env["project.task"].with_context(default_project_id=self.office.id)
        with Form(tasks) as form:
            form.name = "Task"
            with form.reminder_customer_ids.new() as line:
                line.duration = 7
            form.project_id = self.workshop
        self.assertEqual(self.durations(form.record), [3, 7])

    def test_form_moved_there_and_back_changes_nothing_on_the_task(self):
        task = self._create(self.office)
        with Form(task, view="project.view_task_form2") as form:
            form.project_id = self.workshop
            form.project_id = self.office
        self.assertEqual(self.durations(task), [1])

    def test_lines_taken_out_on_the_form_do_not_come_back(self):
        task = self._create(self.office)
        with Form(task, view="project.view_task_form2") as form:
            form.project_id = self.workshop
            form.reminder_customer_ids.remove(0)
        self.assertEqual(self.durations(task), [])

    # ------------------------------------------------------------------
    # Copies
    # ------------------------------------------------------------------

    def test_copy_and_template_keep_the_presets(self):
        task = self._create(self.workshop)
        part = self.env["project.task"].create({"name": "P", "parent_id": task.id})
        part.reminder_customer_ids.duration = 6
        copy = self.workshop.copy()
        self.assertEqual(copy.reminder_preset, "own")
        self.assertEqual(self.durations(self._create(copy)), [3])
        copied = copy.with_context(active_test=False).task_ids.filtered("parent_id")
        self.assertEqual(self.durations(copied), [6])
        template = self.workshop.copy({"is_template": True})
        made = template.action_create_from_template({"name": "From template"})
        self.assertEqual(self.durations(self._create(made)), [3])
        self.assertEqual(len(self.workshop.reminder_default_customer_ids), 1)
