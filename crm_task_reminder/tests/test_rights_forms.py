"""Forms that are not saved, and the context: they name what is hidden."""

from datetime import timedelta
from itertools import product

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from .borders import TITLE, HiddenCommon


@tagged("post_install", "-at_install")
class TestRightsForms(HiddenCommon):
    """What forms that are not saved, and a client's context, tell: they name anything.

    The web client asks nothing of the kind; over the API anybody can.
    """

    # ------------------------------------------------------------------
    # A line
    # ------------------------------------------------------------------

    def test_a02_form_of_a_line_tells_nothing_of_a_hidden_task(self):
        lines = self.reader["crm.task.reminder"]
        names = ("summary", "people", "due_at", "due_text", "state", "shown_state")
        for what, task in self._create_hidden().items():
            for named in (task.id, {"id": task.id, "name": "X"}):
                for name in names:
                    with self.subTest(what=what, name=name):
                        values = {**self.line("operator"), "task_id": named}
                        spec = {"task_id": {}, name: {}}
                        self._assert_refused(
                            lambda: lines.onchange(values, ["task_id"], spec)  # noqa: B023  # called at once
                        )

    def test_a02_context_names_no_hidden_task_in_a_line(self):
        for what, task in self._create_hidden().items():
            lines = self.reader["crm.task.reminder"].with_context(
                default_task_id=task.id
            )
            for name in ("summary", "people", "due_text", "task_id"):
                with self.subTest(what=what, name=name):
                    self._assert_refused(
                        lambda: lines.onchange({}, [], {"task_id": {}, name: {}})  # noqa: B023  # called at once
                    )

    def test_a02_refused_line_does_not_name_its_task(self):
        own = self.create_task(self.line()).reminder_ids.with_env(self.reader)
        for what, task in self._create_hidden().items():
            with self.subTest(what=what):
                values = self.line(task_id=task.id)
                self._assert_refused(lambda: own.create(values))  # noqa: B023
                self._assert_refused(lambda: own.write({"task_id": task.id}))  # noqa: B023

    def test_a02_form_of_a_line_works_for_who_may_read_the_task(self):
        task = self.create_task()
        values = {**self.line("operator"), "task_id": task.id}
        answer = self.reader["crm.task.reminder"].onchange(
            values, ["task_id"], {"task_id": {}, "summary": {}, "people": {}}
        )
        self.assertIn("1 hour before", answer["value"]["summary"])
        self.assertIn("Adam Assignee", answer["value"]["people"])

    def test_a02_form_of_a_preview_tells_nothing(self):
        previews = self.reader["crm.task.reminder.preview"]
        hidden = self._create_hidden().items()
        for (what, task), is_copy in product(hidden, (False, True)):
            line = task.reminder_ids.id
            for changed in ([], ["reminder_id"]):
                with self.subTest(what=what, is_copy=is_copy, changed=changed):
                    self.env.invalidate_all()
                    values = {"reminder_id": {"id": line} if is_copy else line}
                    spec = {"reminder_id": {}, "content": {}}
                    self._assert_refused(
                        lambda: previews.onchange(values, changed, spec)  # noqa: B023  # called at once
                    )

    # ------------------------------------------------------------------
    # A task
    # ------------------------------------------------------------------

    def test_a02_form_of_a_task_is_not_told_where_it_belongs(self):
        """It sends back what it was told before; over the API, what it likes."""
        self._prepare_settings()
        company, project = self.other, self.invited
        self.other.partner_id.phone = "+4930111"
        self.other.reminder_user_id = False
        task = self.create_task(
            self.line(duration=77, unit="days"), project_id=False, company_id=False
        )
        task.project_id = self.project
        self.env.flush_all()
        names = ("reminder_trouble", "reminder_contact", "reminder_project_place")
        names = [name for name in names if name in task._fields]
        spec = {**dict.fromkeys(names, {}), "reminder_customer_ids": {"fields": {}}}
        own, new = task.with_env(self.reader), self.reader["project.task"]
        child = {"name": "X", "reminder_company_id": {"id": company.id}}
        for form, values in (
            (own, {"reminder_company_id": company.id}),
            (own, {"reminder_company_id": {"id": company.id}}),
            (own, {"reminder_preset_company_id": company.id, "company_id": False}),
            (own, {"reminder_preset_project_id": {"id": project.id}}),
            (new, {"name": "X", "reminder_company_id": company.id}),
            (own, {"child_ids": [Command.create(child)]}),
        ):
            for changed in ([], [*values]):
                self.env.invalidate_all()
                with (
                    self.subTest(values=values, changed=changed),
                    self.assertRaises(AccessError),
                ):
                    form.onchange({**values}, changed, spec)

    def test_a02_form_of_a_task_counts_no_lines_of_a_hidden_task(self):
        own = self.create_task(self.line("operator")).with_env(self.reader)
        spec = {"reminder_overdue_count": {}, "planned_date_begin": {}}
        for what, task in self._create_hidden().items():
            line = task.reminder_ids.id
            for command in (Command.link(line), Command.set([line])):
                for changed in ("reminder_operator_ids", "planned_date_begin"):
                    values = {"reminder_operator_ids": [command]}
                    values.setdefault(changed, "2026-08-01 10:00:00")
                    with self.subTest(what=what, command=command, changed=changed):
                        self._assert_refused(
                            lambda: own.onchange(values, [changed], spec)  # noqa: B023  # called at once
                        )

    def test_a02_form_of_a_task_may_say_where_it_is(self):
        task = self.create_task(self.line())
        own = task.with_env(self.reader)
        values = {
            "reminder_company_id": self.company.id,
            "reminder_preset_company_id": self.company.id,
            "reminder_preset_project_id": {"id": self.project.id},
        }
        told = own.onchange(values, [*values], {"reminder_trouble": {}})
        self.assertFalse(told["value"].get("reminder_trouble"))

    def test_a02_settling_many_dates_tells_nothing_of_a_hidden_task(self):
        hidden = self._create_hidden()
        for what, task in hidden.items():
            told = []
            for has_news in (False, True):
                if has_news:
                    self.env["crm.task.reminder.notice"].create(
                        {
                            "task_id": task.id,
                            "audience": "operator",
                            "moment": "moved",
                            "told_start": self.now + timedelta(days=1),
                            "is_held": True,
                        }
                    )
                    self.assertTrue(task.reminder_is_untold)
                self.env.flush_all()
                self.env.invalidate_all()
                mine = task.with_env(self.reader)
                told.append((mine.tell_reminder_news(), mine.drop_reminder_news()))
            with self.subTest(what=what):
                self.assertEqual(*told)
                self.assertNotIn(TITLE, str(told))

    # ------------------------------------------------------------------
    # A customer who is hidden
    # ------------------------------------------------------------------

    def test_a02_form_that_is_not_saved_names_nobody_whom_one_may_not_see(self):
        """A saved task shows whose it is; a form can name anybody."""
        hidden = self.env["res.partner"].create(
            {
                "name": "Karin Kundin",
                "email": "karin@kundin.example",
                "phone": "+4915112345678",
                "company_id": self.other.id,
            }
        )
        task = self.create_task(self.line(), self.line(channel="email"))
        names = ("reminder_customer_name", "reminder_plan", "reminder_plan_text")
        spec = {
            "partner_id": {},
            "reminder_phone_choices": {},
            "reminder_customer_ids": {"fields": {"people": {}}},
            **dict.fromkeys(names, {}),
        }
        tasks = self.reader["project.task"]
        new = {"name": "X", "project_id": self.project.id, "reminder_customer": True}
        for form, others in ((tasks, new), (tasks.browse(task.id), {})):
            for changed, named in product(
                (["partner_id"], [*others, "partner_id"]),
                (hidden.id, {"id": hidden.id, "display_name": "X"}),
            ):
                self.env.invalidate_all()
                values = {**others, "partner_id": named}
                told = str(form.onchange(values, changed, spec))
                for secret in ("Karin", "karin@", "+49"):
                    self.assertNotIn(secret, told)
        self.assertIn("Somebody whom you may not see", told)
        task.partner_id = hidden
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertIn("Karin Kundin", self.people(task.with_env(self.reader)))

    # ------------------------------------------------------------------
    # A window
    # ------------------------------------------------------------------

    def test_a05_preview_names_no_reminder_of_a_hidden_task(self):
        previews = self.reader["crm.task.reminder.preview"]
        spec = {"reminder_id": {"fields": {"display_name": {}}}}
        for what, task in self._create_hidden().items():
            named = task.reminder_ids.id
            window = previews.with_context(default_reminder_id=named)
            for name, way in {
                "saved": lambda: previews.create({"reminder_id": named}),  # noqa: B023  # called at once
                "form": lambda: window.onchange({}, [], spec),  # noqa: B023
            }.items():
                with self.subTest(what=what, way=name):
                    self._assert_refused(way)

    def test_a05_window_is_for_who_has_opened_it(self):
        """Odoo keeps it for hours, and names what it is about to whoever reads it."""
        # the preview of a plan is opened from the company's window
        manager = self.env.ref("sales_team.group_sale_manager")
        self.reader.user.sudo().group_ids += manager
        tasks = self.env["project.task"].concat(*self._create_hidden().values())
        line = self.line()
        for model, values in (
            ("crm.task.reminder.preview", {"reminder_id": tasks.reminder_ids[0].id}),
            ("crm.task.reminder.plan.preview", {"company_id": self.other.id}),
            (
                "crm.task.reminder.edit",
                {"task_ids": tasks.ids, "line_ids": [Command.create(line)]},
            ),
        ):
            windows = self.env[model].create(values)
            self.env.flush_all()
            self.env.invalidate_all()
            if "line_ids" in values:
                windows = [windows, windows.line_ids]
            for window in windows:
                with self.subTest(window._name):
                    foreign = window.with_env(self.reader)
                    self._assert_refused(lambda: foreign.read(["create_uid"]))  # noqa: B023  # called at once

    # ------------------------------------------------------------------
    # The context
    # ------------------------------------------------------------------

    def test_a05_context_names_no_hidden_task_in_a_plan(self):
        own = self.create_task(name="Mow the lawn")
        hidden = self._create_hidden()
        for what, task in hidden.items():
            with self.subTest(what=what):
                self.env.invalidate_all()
                asked = own.with_env(self.reader).with_context(
                    reminder_plan_ids=[own.id, task.id]
                )
                [told] = asked.read(["reminder_plan", "reminder_plan_text"])
                self.assertIn("Mow the lawn", told["reminder_plan_text"])
                self.assertIn("Mow the lawn", told["reminder_plan"])
                self.assertNotIn(TITLE, str(told))

    def test_a05_context_names_no_hidden_task_in_a_preview(self):
        self.env.ref("base.group_user")._remove_group(
            self.env.ref("mail.group_mail_template_editor")
        )
        self.env.invalidate_all()
        template = self.env["sms.template"].create(
            {
                "name": "Plan",
                "model_id": self.env.ref("project.model_project_task").id,
                "body": "{{ object.reminder_plan_text }}",
            }
        )
        task = self.create_task(
            self.line("operator", sms_template_id=template.id),
            starts_in=timedelta(days=1),
            user_ids=[Command.set((self.assignee + self.user).ids)],
        )
        hidden = self._create_hidden()["private"]
        preview = (
            self.reader["crm.task.reminder.preview"]
            .with_context(reminder_plan_ids=[task.id, hidden.id])
            .create({"reminder_id": task.reminder_ids.id})
        )
        self.assertIn("Mow the lawn", preview.content)
        self.assertNotIn(TITLE, preview.content)
