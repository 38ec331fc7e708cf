from datetime import timedelta

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .common import ReminderCommon


@tagged("post_install", "-at_install")
class TestRights(ReminderCommon):
    """Whoever may edit a task may edit its reminders, and nobody else."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = cls._create_user("user", "Urszula User")
        cls.reminders = cls.env["crm.task.reminder"].with_user(cls.user)

    def _hide_project(self):
        self.project.privacy_visibility = "followers"
        self.env.flush_all()
        self.env.invalidate_all()

    # ------------------------------------------------------------------
    # Project users
    # ------------------------------------------------------------------

    def test_project_user_edits_the_reminders_of_a_task(self):
        task = self.create_task()
        reminder = self.reminders.create(self.line(task_id=task.id))
        self.assertEqual(reminder.state, "scheduled")
        reminder.duration = 2
        self.assertEqual(self.reminders.search([("task_id", "=", task.id)]), reminder)
        reminder.unlink()
        self.assertFalse(task.reminder_ids)

    def test_project_user_does_not_reach_the_reminders_of_a_hidden_task(self):
        task = self.create_task(self.line())
        reminder = task.reminder_ids.with_user(self.user)
        self._hide_project()
        self.assertFalse(self.reminders.search([("id", "=", reminder.id)]))
        for action in (
            lambda: reminder.read(["duration"]),
            lambda: reminder.write({"duration": 2}),
            reminder.unlink,
            lambda: self.reminders.create(self.line(task_id=task.id)),
        ):
            with self.assertRaises(AccessError):
                action()

    def test_project_user_does_not_reach_somebodys_private_task(self):
        task = self.create_task(
            self.line(), project_id=False, company_id=self.company.id
        )
        reminder = task.reminder_ids.with_user(self.user)
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            reminder.read(["duration"])
        reminder.with_user(self.assignee).duration = 2

    def test_reminder_is_not_moved_to_a_hidden_task(self):
        shown = self.create_task(self.line())
        hidden = self.create_task(project_id=False, company_id=self.company.id)
        self.env.flush_all()
        with self.assertRaises(AccessError):
            shown.reminder_ids.with_user(self.user).task_id = hidden

    def test_project_user_sets_a_number_but_not_elsewhere(self):
        task = self.create_task().with_user(self.user)
        task.reminder_phone = "600 100 300"
        self._hide_project()
        with self.assertRaises(AccessError):
            task.reminder_phone = "600 100 301"

    def test_r20_project_user_chooses_employees(self):
        employee = self.create_employee("Ewa", mobile_phone="600 100 203")
        task = self.create_task(self.line("operator"), user_ids=[])
        form = Form(task.with_user(self.user))
        form.reminder_employee_ids.add(employee.with_user(self.user))
        form.save()
        self.pass_time(hours=1)
        self.run_service()
        self.assertEqual(self.numbers, ["+48600100203"])

    def test_project_user_does_not_choose_employees_of_another_company(self):
        other = self._create_company("Drugi Dom")
        employee = (
            self.env["hr.employee"]
            .with_company(other)
            .create({"name": "Olaf Other", "company_id": other.id})
        )
        task = self.create_task(self.line("operator")).with_user(self.user)
        with self.assertRaises(AccessError):
            task.reminder_employee_ids = [Command.link(employee.id)]
        with self.assertRaises(AccessError):
            task.create(
                {
                    "name": "Task",
                    "project_id": self.project.id,
                    "reminder_employee_ids": [Command.set(employee.ids)],
                }
            )

    def test_user_without_projects_has_no_reminders(self):
        clerk = self._create_user("clerk", "Klara Clerk", groups="base.group_user")
        task = self.create_task(self.line())
        with self.assertRaises(AccessError):
            task.reminder_ids.with_user(clerk).read(["duration"])

    # ------------------------------------------------------------------
    # What the service alone says
    # ------------------------------------------------------------------

    def test_service_fields_are_not_written(self):
        reminder = self.create_task(self.line()).reminder_ids.with_user(self.user)
        for values in (
            {"state": "done"},
            {"due_at": self.now},
            {"set_at": self.now},
            {"handled_state": "done"},
            {"handled_due_at": reminder.due_at},
        ):
            with self.subTest(values=values):
                with self.assertRaises(AccessError):
                    reminder.write(values)
                with self.assertRaises(AccessError):
                    reminder.create(self.line(task_id=reminder.task_id.id, **values))
                with self.assertRaises(AccessError):
                    reminder.task_id.write(
                        {"reminder_ids": [Command.update(reminder.id, values)]}
                    )
        self.assertEqual(reminder.state, "scheduled")

    def test_service_fields_are_not_set_by_defaults(self):
        task = self.create_task()
        long_ago = "2020-01-01 00:00:00"
        reminder = self.reminders.with_context(
            default_state="done",
            default_due_at=long_ago,
            default_set_at=long_ago,
        ).create(self.line(task_id=task.id))
        self.assertEqual(reminder.state, "scheduled")
        self.assertEqual(reminder.due_at, self.now + timedelta(hours=1))
        self.assertEqual(reminder.set_at, self.now)
        with self.assertRaises(AccessError):
            self.reminders.with_context(default_handled_state="done").create(
                self.line(task_id=task.id)
            )

    def test_default_state_of_a_task_is_not_that_of_its_reminders(self):
        """As in a board of tasks that is grouped by their state."""
        self.company.reminder_customer_default = True
        tasks = self.env["project.task"].with_user(self.user)
        task = tasks.with_context(default_state="03_approved").create(
            {"name": "Task", "project_id": self.project.id}
        )
        self.assertEqual(task.state, "03_approved")
        self.assertEqual(task.reminder_customer_ids.state, "waiting")

    # ------------------------------------------------------------------
    # Portal and public
    # ------------------------------------------------------------------

    def _share_project(self):
        """Return a portal user who edits the project's tasks in project sharing."""
        portal = self._create_portal_user(self.customer)
        self.project.privacy_visibility = "portal"
        self.project.message_subscribe(self.customer.ids)
        self.project.collaborator_ids = [
            Command.create({"partner_id": self.customer.id, "limited_access": False})
        ]
        self.env.flush_all()
        return portal

    def test_portal_sees_no_reminders_in_project_sharing(self):
        task = self.create_task(self.line()).with_user(self._share_project())
        self.assertEqual(task.name, "Mow the lawn", "the task itself is shared")
        names = [name for name in task._fields if name.startswith("reminder_")]
        self.assertGreater(len(names), 5)
        self.assertFalse(names & task.fields_get().keys())
        for name in names:
            with self.subTest(name=name):
                with self.assertRaises(AccessError):
                    task.read([name])
                with self.assertRaises(AccessError):
                    task.search([(name, "!=", False)])

    def test_portal_edits_no_reminders_in_project_sharing(self):
        task = self.create_task(self.line()).with_user(self._share_project())
        task.name = "Mow it well"
        for values in (
            {"reminder_phone": "+48600100999"},
            {"reminder_ids": [Command.clear()]},
            {"reminder_customer_ids": [Command.create({"duration": 1})]},
            {"planned_date_begin": False},
        ):
            with self.subTest(values=values), self.assertRaises(AccessError):
                task.write(values)

    def test_a05_portal_hears_of_no_news_in_project_sharing(self):
        """Whether there is something to tell, all methods that clients may call say."""
        told = self.send(self.line(), self.line(moment="moved"))
        told.planned_date_begin += timedelta(days=1)
        portal = self._share_project()
        self.env.invalidate_all()
        for what in ("tell", "drop"):
            answers = []
            for task in (told, self.create_task()):
                shared = task.with_user(portal)
                with self.assertRaises(AccessError) as refusal:
                    getattr(shared, f"action_{what}_reminder_news")()
                reasons = getattr(shared, f"{what}_reminder_news")()
                answers.append((str(refusal.exception), reasons))
            with self.subTest(what):
                self.assertEqual(*answers)

    def test_portal_closes_and_reopens_a_task(self):
        task = self.create_task(self.line())
        shared = task.with_user(self._share_project())
        shared.state = "1_done"
        self.assertEqual(task.reminder_ids.state, "cancelled")
        shared.state = "01_in_progress"
        self.assertEqual(task.reminder_ids.state, "scheduled")

    def test_portal_closes_an_occurrence_of_a_recurring_task(self):
        task = self.create_task(
            self.line(), recurring_task=True, repeat_unit="week", repeat_interval=1
        )
        portal = self._share_project()
        self.env.invalidate_all()
        task.with_user(portal).state = "1_done"
        following = task.recurrence_id.task_ids - task
        self.assertEqual(following.reminder_ids.state, "scheduled")
        self.assertEqual(
            following.planned_date_begin, task.planned_date_begin + timedelta(weeks=1)
        )

    def test_portal_and_public_reach_no_model_of_ours(self):
        task = self.send(self.line())
        records = (
            task.reminder_ids,
            self.rows(task),
            self.company.reminder_default_customer_ids,
        )
        public = self.env.ref("base.public_user")
        for user in (self._share_project(), public):
            for record in records:
                with self.subTest(user=user.name, model=record._name):
                    with self.assertRaises(AccessError):
                        record.with_user(user).read(["id"])
                    with self.assertRaises(AccessError):
                        record.with_user(user).search([])
                    with self.assertRaises(AccessError):
                        record.with_user(user).unlink()

    def test_portal_and_public_read_no_settings_of_the_company(self):
        names = [name for name in self.company._fields if name.startswith("reminder_")]
        self.assertGreater(len(names), 10)
        public = self.env.ref("base.public_user")
        public.company_ids += self.company
        for user in (self._share_project(), public):
            company = self.company.with_user(user)
            self.assertEqual(company.name, "Zielony Dom", "the company itself is shown")
            self.assertFalse(names & company.fields_get().keys())
            for name in names:
                # whether a required field is empty Odoo knows without a look at it
                nothing = "none" if company._fields[name].required else False
                with self.subTest(user=user.name, name=name):
                    with self.assertRaises(AccessError):
                        company.read([name])
                    with self.assertRaises(AccessError):
                        company.search([(name, "!=", nothing)])

    def test_portal_reads_no_reminder_in_the_chatter(self):
        portal = self._share_project()
        task = self.send(self.line(), self.line(channel="email"))
        messages = self.rows(task).message_id
        self.assertEqual(len(messages), 2)
        found = (
            self.env["mail.message"]
            .with_user(portal)
            .search([("model", "=", "project.task"), ("res_id", "=", task.id)])
        )
        self.assertFalse(found & messages)
