"""Another company's settings, and presets of a hidden project."""

from datetime import timedelta

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .borders import HiddenCommon


@tagged("post_install", "-at_install")
class TestRightsSettings(HiddenCommon):
    """No form, saved or not, tells how what one may not see is set up."""

    def test_a02_form_of_a_task_tells_no_settings_of_another_company(self):
        self._prepare_settings()
        lines = {"fields": {"summary": {}}}
        spec = {
            "reminder_customer_ids": lines,
            "reminder_company_id": {"fields": {"display_name": {}}},
            "reminder_trouble": {},
        }
        tasks = self.reader["project.task"]
        self.other.reminder_user_id = False
        for values, changed in (
            ({"company_id": self.other.id}, []),
            ({"company_id": self.other.id}, ["company_id"]),
            (
                {"company_id": self.other.id, "reminder_customer": True},
                ["company_id", "reminder_customer"],
            ),
            ({"project_id": self.foreign.id}, ["project_id"]),
        ):
            named = {"name": "X", "project_id": self.project.id, **values}
            with self.subTest(values=values, changed=changed):
                try:
                    told = str(tasks.onchange(named, changed, spec))
                except AccessError as refusal:
                    told = str(refusal).replace("Only users of Wärmewerk", "")
                for secret in ("77 days", "Wärmewerk", "is set up"):
                    self.assertNotIn(secret, told)

    def test_a01_a_shared_task_gets_the_own_companys_lines(self):
        """Where only another company reminds of it, too."""
        self._prepare_settings()
        task = self.create_task(company_id=False)
        self.env["crm.task.reminder"].create(
            self.line("operator", task_id=task.id, company_id=self.other.id)
        )
        self.env.flush_all()
        self.env.invalidate_all()
        shared = task.with_env(self.reader)
        for way in (
            shared.action_reset_customer_reminders,
            lambda: shared.write({"reminder_customer": True}),
        ):
            way()
            line = shared.reminder_customer_ids
            self.assertEqual(line.company_id, self.company)
            self.assertEqual(line.duration, 2)
            line.unlink()

    def _share(self, *companies):
        """Return a task of several companies, with a line of each; all are alike."""
        task = self.create_task(company_id=False)
        line = self.line(duration=2, unit="days")
        self.env["crm.task.reminder"].create(
            [
                {**line, "task_id": task.id, "company_id": company.id}
                for company in companies
            ]
        )
        self.env.flush_all()
        self.env.invalidate_all()
        return task

    def test_a01_a_moved_task_loses_no_line_of_another_company(self):
        """Only the own company's follow to another project."""
        self._prepare_settings()
        projects = self.env["project.project"]
        elsewhere = projects.create({"name": "Elsewhere", "company_id": False})
        elsewhere.with_company(self.company).reminder_choice = "none"

        def move_on_a_form(task):
            with Form(task, view="project.view_task_form2") as form:
                form.project_id = elsewhere.with_env(self.reader)

        for way in (
            lambda task: task.write({"project_id": elsewhere.id}),
            move_on_a_form,
        ):
            for companies in (self.company + self.other, self.other):
                task = self._share(*companies)
                way(task.with_env(self.reader))
                self.env.flush_all()
                self.env.invalidate_all()
                self.assertEqual(task.project_id, elsewhere)
                self.assertEqual(task.reminder_ids.company_id, self.other)

    def test_a01_lines_of_another_company_follow_its_own_settings(self):
        self._prepare_settings()
        projects = self.env["project.project"]
        elsewhere = projects.create({"name": "Elsewhere", "company_id": False})
        elsewhere.with_company(self.other).reminder_choice = "none"
        task = self._share(self.other)
        task.reminder_ids.duration = 77
        with Form(task.with_env(self.reader), view="project.view_task_form2") as form:
            form.project_id = elsewhere.with_env(self.reader)
        self.assertFalse(task.reminder_ids)

    def test_b05_a_line_of_another_company_makes_none_needless(self):
        """It may be off, and what it says is said in its name."""
        self.other.reminder_enabled = False
        task = self._share(self.other)
        task.planned_date_begin += timedelta(days=7)
        [wanted] = task.reminder_ids._prepare_reminders()
        window = self.reader["crm.task.reminder.edit"].with_context(active_ids=task.ids)
        edit = window.create({"operation": "add", "line_ids": [Command.create(wanted)]})
        self.assertIn("SMS · 2 days before", edit.preview)
        self.assertNotIn("are there already", edit.preview)
        for _time in ("first", "second"):
            edit.action_apply()
            companies = task.reminder_ids.mapped("company_id.name")
            self.assertEqual(sorted(companies), ["Wärmewerk", "Zielony Dom"])

    def test_b05_what_another_company_has_sent_is_not_there_already(self):
        self.env["crm.task.reminder.default"].create(
            {**self.line(duration=2, unit="days"), "company_id": self.company.id}
        )
        self.company.reminder_customer_default = True
        for operation in ("add", "replace", "company"):
            with self.subTest(operation=operation):
                task = self._share(self.other)
                task.planned_date_begin += timedelta(days=7)
                [wanted] = task.reminder_ids._prepare_reminders()
                task.reminder_ids._set_handled("done")
                edits = self.reader["crm.task.reminder.edit"]
                edit = edits.with_context(active_ids=task.ids).create(
                    {"operation": operation, "line_ids": [Command.create(wanted)]}
                )
                self.assertIn("SMS · 2 days before", edit.preview)
                self.assertNotIn("are there already", edit.preview)
                edit.action_apply()
                companies = task.reminder_ids.mapped("company_id.name")
                self.assertEqual(sorted(companies), ["Wärmewerk", "Zielony Dom"])

    def test_a02_form_of_a_task_tells_no_presets_of_a_hidden_project(self):
        self._prepare_settings()
        self.invited._set_reminder_choice(self.company, "own")
        self.env["crm.task.reminder.default"].create(
            {
                "audience": "customer",
                "project_id": self.invited.id,
                "company_id": self.company.id,
                "duration": 88,
                "duration_unit": "days",
            }
        )
        self.env.flush_all()
        self.env.invalidate_all()
        spec = {"reminder_customer_ids": {"fields": {"summary": {}}}}
        named = {"name": "X", "project_id": self.invited.id}
        for changed in ([], ["project_id"]):
            told = self.reader["project.task"].onchange({**named}, changed, spec)
            self.assertNotIn("88 days", str(told))
        task = self.create_task(project_id=self.invited.id, user_ids=self.user.ids)
        task._reset_reminders("customer")
        self.env.flush_all()
        self.env.invalidate_all()
        [line] = task.with_env(self.reader).reminder_customer_ids
        self.assertIn("88 days", line.summary)

    def test_a02_form_of_a_project_tells_no_settings_of_another_company(self):
        self._prepare_settings()
        manager = self._create_user(
            "boss", "Bogdan", groups="project.group_project_manager"
        )
        lines = {"fields": {"display_name": {}, "company_id": {}}}
        spec = {
            "reminder_preset": {},
            "reminder_enabled": {},
            "reminder_company_id": {},
            "reminder_default_customer_ids": lines,
        }
        named = {"name": "X", "company_id": self.other.id, "reminder_preset": "own"}
        projects = self.env["project.project"].with_user(manager)
        projects = projects.with_context(allowed_company_ids=self.company.ids)
        for changed in ([], ["reminder_preset"], ["company_id", "reminder_preset"]):
            with self.subTest(changed=changed):
                told = projects.onchange({**named}, changed, spec)["value"]
                lines = str(told.get("reminder_default_customer_ids", ""))
                self.assertNotIn("77 days", lines)
                company_id = told.get("reminder_company_id", self.company.id)
                self.assertEqual(company_id, self.company.id)

    def _ask_of_named_company(self, task):
        """Return what lines that name another company are answered with."""
        told = []
        for form, values, wanted in self._list_forms_of_named_company(task):
            for changed in ([], [*values]):
                self.env.invalidate_all()
                try:
                    answer = form.onchange({**values}, changed, wanted)
                except AccessError as refusal:
                    answer = refusal
                told.append(str(answer))
        return told

    def _list_forms_of_named_company(self, task):
        """Return the forms, what is entered in each and what is asked for."""
        line = self.line("operator", duration=1, unit="days")
        mine = {**line, "task_id": task.id}
        theirs = {"company_id": self.other.id}
        shown = ("shown_state", "can_send_now", "people", "due_at", "summary", "state")
        spec = dict.fromkeys(shown, {})
        new = {"name": "X", "planned_date_begin": task.planned_date_begin}
        forms = [
            (self.reader["crm.task.reminder"], {**mine, **theirs}, spec),
            (
                self.reader["crm.task.reminder"],
                {**mine, "company_id": {"id": self.other.id}},
                spec,
            ),
        ]
        spec = {"reminder_operator_ids": {"fields": spec}}
        tasks = self.reader["project.task"]
        own = task.with_env(self.reader)
        create = [Command.create({**line, **theirs})]
        update = [Command.update(task.reminder_ids.id, theirs)]
        plain = [Command.create(line)]
        forms += [
            (own, {"reminder_operator_ids": create}, spec),
            (own, {"reminder_operator_ids": update}, spec),
            (own, {"reminder_operator_ids": plain, **theirs}, spec),
            (tasks, {**new, "reminder_operator_ids": create}, spec),
            (tasks, {**new, "reminder_operator_ids": plain, **theirs}, spec),
            (
                own,
                {
                    "child_ids": [
                        Command.create({**new, "reminder_operator_ids": create})
                    ]
                },
                {"child_ids": {"fields": spec}},
            ),
        ]
        return forms

    def test_a02_form_that_is_not_saved_tells_no_set_up_of_a_company_it_names(self):
        """Two set-ups of a company that is not the reader's: no answer tells which."""
        task = self.create_task(
            self.line("operator", duration=1, unit="days"),
            starts_in=timedelta(days=3),
            company_id=False,
        )
        before = self._ask_of_named_company(task)
        self.other.reminder_user_id = False
        self.other.resource_calendar_id.tz = "America/New_York"
        self.env.flush_all()
        after = self._ask_of_named_company(task)
        for number, (one, other) in enumerate(zip(before, after, strict=True)):
            with self.subTest(number=number):
                self.assertEqual(one, other)
