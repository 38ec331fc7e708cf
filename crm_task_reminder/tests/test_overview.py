from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .common import ReminderCommon


@tagged("post_install", "-at_install")
class TestOverview(ReminderCommon):
    """What lists and cards of tasks tell about reminders."""

    def test_next_reminder_is_the_first_scheduled_one(self):
        task = self.create_task(self.line(), self.line(duration=30, unit="minutes"))
        bare = self.create_task()
        both = task + bare
        self.assertEqual(task.reminder_next_at, self.now + timedelta(hours=1))
        self.assertFalse(bare.reminder_next_at)
        self.pass_time(hours=1)
        self.run_service()
        self.assertEqual(both[0].reminder_next_at, self.now + timedelta(minutes=30))
        self.company.reminder_enabled = False
        both.invalidate_recordset()
        self.assertFalse(task.reminder_next_at)

    def test_not_sent(self):
        sent = self.create_task(self.line())
        other = self.customer.copy({"phone": False})
        skipped = self.create_task(self.line(), partner_id=other.id)
        self.pass_time(hours=1)
        self.run_service()
        self.assertFalse(sent.reminder_not_sent)
        self.assertTrue(skipped.reminder_not_sent)
        tasks = self.env["project.task"].with_user(self.assignee)
        mine = [("id", "in", (sent + skipped).ids)]
        found = tasks.search([*mine, ("reminder_not_sent", "=", True)])
        self.assertEqual(found.ids, skipped.ids)
        found = tasks.search([*mine, ("reminder_not_sent", "=", False)])
        self.assertEqual(found.ids, sent.ids)

    def test_refused_by_the_gateway_is_not_sent(self):
        task = self.create_task(self.line())
        self.pass_time(hours=1)
        self.run_service(sms_error="wrong_number_format")
        self.assertEqual(task.reminder_ids.state, "done")
        self.assertTrue(task.reminder_not_sent)

    def _remind_one_of_two(self):
        second = self._create_user("second", "Sonia Second")
        return self.send(
            self.line("operator"),
            user_ids=[Command.set((self.assignee + second).ids)],
        )

    def test_one_of_two_was_not_reminded(self):
        task = self._remind_one_of_two()
        self.assertEqual(task.reminder_ids.state, "done")
        self.assertTrue(task.reminder_not_sent)

    def test_closed_or_switched_off_tells_nothing(self):
        task = self._remind_one_of_two()
        task.state = "1_done"
        self.assertFalse(task.reminder_not_sent)
        task.state = "01_in_progress"
        self.assertTrue(task.reminder_not_sent)
        self.company.reminder_enabled = False
        task.invalidate_recordset()
        self.assertFalse(task.reminder_not_sent)

    def test_what_failed_for_another_start_is_over(self):
        task = self._remind_one_of_two()
        task.planned_date_begin += timedelta(days=1)
        self.assertFalse(task.reminder_not_sent)

    def test_filter_reminder_today(self):
        today = self.create_task(self.line())
        later = self.create_task(self.line(), starts_in=timedelta(days=3))
        view = self.env.ref("crm_task_reminder.view_task_search_form_project_base")
        self.assertIn("'today +1d'", view.arch)
        tasks = self.env["project.task"].search(
            [
                ("id", "in", (today + later).ids),
                (
                    "reminder_ids",
                    "any",
                    [
                        ("state", "=", "scheduled"),
                        ("due_at", ">=", "today"),
                        ("due_at", "<", "today +1d"),
                    ],
                ),
            ]
        )
        self.assertEqual(tasks, today)

    def test_no_query_per_task(self):
        tasks = self.env["project.task"].union(
            *(self.create_task(self.line()) for _i in range(8))
        )
        names = ["reminder_next_at", "reminder_not_sent", "reminder_log_count"]

        def count(records):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            records.read(names)
            return self.env.cr.sql_log_count - before

        count(tasks)
        self.assertEqual(count(tasks), count(tasks[:1]))

    def test_log_of_the_task(self):
        task = self.create_task(self.line(), self.line("operator"))
        self.pass_time(hours=1)
        self.run_service()
        self.assertEqual(task.reminder_log_count, 2)
        action = task.action_open_reminder_log()
        self.assertEqual(self.log.search(action["domain"]), self.rows(task)[::-1])


@tagged("post_install", "-at_install")
class TestEdit(ReminderCommon):
    """Reminders of many tasks changed at once."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = cls._create_user("clerk", "Klara Clerk")

    def edit(self, tasks, operation, *lines, audience="customer", user=None):
        model = self.env["crm.task.reminder.edit"].with_user(user or self.user)
        model = model.with_context(active_ids=tasks.ids, active_model=tasks._name)
        return model.create(
            {
                "operation": operation,
                "audience": audience,
                "line_ids": [(0, 0, line) for line in lines],
            }
        ).action_apply()

    def open(self):
        """Open the window as the web client does, with no task chosen."""
        return Form(self.env["crm.task.reminder.edit"].with_user(self.user))

    def keys(self, task):
        return [
            (line.channel, line.duration, line.duration_unit)
            for line in task.reminder_customer_ids.sorted("id")
        ]

    def test_add_leaves_out_what_is_there(self):
        one = self.create_task(self.line())
        two = self.create_task(self.line("operator"))
        new = self.line(channel="email", duration=2)
        self.edit(one + two, "add", self.line(), new)
        self.assertEqual(self.keys(one), [("sms", 1, "hours"), ("email", 2, "hours")])
        self.assertEqual(self.keys(two), [("sms", 1, "hours"), ("email", 2, "hours")])
        self.assertEqual(len(two.reminder_operator_ids), 1)

    def test_replace_keeps_what_was_sent(self):
        task = self.create_task(self.line(), self.line(duration=10, unit="minutes"))
        self.pass_time(hours=1)
        self.run_service()
        self.edit(task, "replace", self.line(duration=5, unit="minutes"))
        self.assertEqual(self.keys(task), [("sms", 1, "hours"), ("sms", 5, "minutes")])
        self.assertEqual(
            task.reminder_customer_ids.mapped("state"), ["done", "scheduled"]
        )

    def test_as_the_company_has_it(self):
        self.company.reminder_customer_default = True
        task = self.create_task(self.line())
        self.edit(task, "company")
        self.assertEqual(task.reminder_customer_setting, "company")

    def test_tells_of_tasks_that_nothing_is_sent_of(self):
        task = self.create_task(name="Weed the beds")
        done = self.edit(task, "add", self.line())
        self.assertNotIn("Weed the beds", done["params"]["message"])
        self.company.reminder_enabled = False
        done = self.edit(task, "add", self.line(duration=2))
        self.assertIn("Nothing is sent of Weed the beds", done["params"]["message"])

    def test_remove_for_one_audience(self):
        task = self.create_task(self.line(), self.line("operator"))
        self.edit(task, "remove")
        self.assertFalse(task.reminder_customer_ids)
        self.assertTrue(task.reminder_operator_ids)

    def test_says_how_many_tasks_were_changed(self):
        tasks = self.create_task() + self.create_task()
        action = self.edit(tasks, "add", self.line())
        self.assertEqual(
            action["params"]["message"], "Tasks with changed reminders: 2."
        )

    def test_starts_with_a_line_for_the_audience(self):
        edit = self.open()
        line = edit.line_ids.edit(0)
        self.assertEqual((line.channel, line.duration), ("sms", 1))
        self.assertEqual(
            line.sms_template_id,
            self.env.ref("crm_task_reminder.sms_template_customer"),
        )

    def test_templates_follow_the_audience_unless_others_were_chosen(self):
        own = self.env.ref("crm_task_reminder.sms_template_customer").copy()
        edit = self.open()
        with edit.line_ids.new() as line:
            line.sms_template_id = own
        edit.audience = "operator"
        templates = [edit.line_ids.edit(i).sms_template_id for i in range(2)]
        standard = self.env.ref("crm_task_reminder.sms_template_operator")
        self.assertEqual(templates, [standard, own])

    def test_nothing_to_add_is_refused_in_words(self):
        tasks = self.create_task(self.line())
        for operation in ("add", "replace"):
            with self.assertRaisesRegex(UserError, "at least one reminder"):
                self.edit(tasks, operation)
        self.assertTrue(tasks.reminder_ids)

    def test_a_task_that_may_not_be_edited_stays(self):
        task = self.create_task(self.line())
        self.project.privacy_visibility = "followers"
        task.user_ids = False
        with self.assertRaises(AccessError):
            self.edit(task, "remove")

    def test_many_tasks_in_few_queries(self):
        tasks = self.env["project.task"].union(
            *(self.create_task() for _i in range(12))
        )
        self.edit(tasks, "add", self.line())
        before = self.env.cr.sql_log_count
        self.edit(tasks[:2], "add", self.line(duration=2))
        self.env.flush_all()
        few = self.env.cr.sql_log_count - before
        before = self.env.cr.sql_log_count
        self.edit(tasks, "add", self.line(duration=3))
        self.env.flush_all()
        self.assertLessEqual(self.env.cr.sql_log_count - before, few + 30)
