from datetime import timedelta
from itertools import product

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from .common import ReminderCommon

TITLE = "See the doctor"


@tagged("post_install", "-at_install")
class TestRightsForms(ReminderCommon):
    """What forms that are not saved, and a client's context, tell: they name anything.

    The web client asks nothing of the kind; over the API anybody can.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls._create_company("Wärmewerk", "de", "Europe/Berlin")
        cls._switch_on(
            cls.other,
            cls._create_user("other_operator", "Hanna", company=cls.other),
            cls._create_mail_server("B"),
        )
        cls.user = cls._create_user("user", "Urszula User", "600 100 206")
        cls.reader = cls.env(
            user=cls.user, context={"allowed_company_ids": cls.company.ids}
        )
        cls.project.company_id = False
        projects = cls.env["project.project"]
        cls.foreign = projects.create({"name": "B", "company_id": cls.other.id})
        cls.invited = projects.create(
            {
                "name": "Invited",
                "company_id": cls.company.id,
                "privacy_visibility": "followers",
            }
        )

    def _create_hidden(self):
        """Return tasks that the user may not read, each by what it is."""
        company, other = self.company.id, self.other.id
        places = {
            "of another company": {"project_id": self.foreign.id, "company_id": other},
            "for invited users": {"project_id": self.invited.id},
            "private": {"project_id": False, "company_id": company},
        }
        tasks = {}
        for name, values in places.items():
            task = self.create_task(self.line("operator"), name=TITLE, **values)
            tasks[name] = task
        self.env.flush_all()
        self.env.invalidate_all()
        return tasks

    def _assert_refused(self, way):
        with self.assertRaises(AccessError) as refusal, self.env.cr.savepoint():
            way()
        self.assertNotIn(TITLE, str(refusal.exception))

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
    # Another company's settings
    # ------------------------------------------------------------------

    def _prepare_settings(self):
        for company, days in ((self.company, 2), (self.other, 77)):
            company.reminder_customer_default = True
            company.reminder_default_customer_ids.write(
                {"duration": days, "duration_unit": "days"}
            )

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
        told = []
        for form, values, wanted in forms:
            for changed in ([], [*values]):
                self.env.invalidate_all()
                try:
                    answer = form.onchange({**values}, changed, wanted)
                except AccessError as refusal:
                    answer = refusal
                told.append(str(answer))
        return told

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
