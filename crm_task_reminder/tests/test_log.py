from datetime import timedelta

from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from .common import ReminderCommon


@tagged("post_install", "-at_install")
class TestLog(ReminderCommon):
    """What managers and users see of the log, and what they do with it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls._create_user(
            "manager", "Marta Manager", groups="project.group_project_manager"
        )
        cls.clerk = cls._create_user("clerk", "Klara Clerk")

    def setUp(self):
        super().setUp()
        self.task = self.create_task(self.line(), self.line("operator"))
        self.pass_time(hours=1)
        self.run_service()

    def test_every_view_opens(self):
        action = self.env.ref("crm_task_reminder.crm_task_reminder_log_action")
        views = [(False, view) for view in [*action.view_mode.split(","), "search"]]
        found = self.log.with_user(self.manager).get_views(views)["views"]
        self.assertEqual(
            found.keys(),
            {"list", "form", "graph", "pivot", "calendar", "kanban", "search"},
        )
        form = Form(
            self.rows(self.task)[0].with_user(self.manager),
            view="crm_task_reminder.crm_task_reminder_log_view_form",
        )
        self.assertIn("Karol Klient", form.display_name)

    def test_r17_without_its_filters_the_log_shows_runs_and_errors(self):
        self.sender.active = False
        self.create_task(self.line())
        self.pass_time(hours=1)
        self.run_service()
        action = self.env.ref("crm_task_reminder.crm_task_reminder_log_action")
        self.assertFalse(action.domain)
        rows = self.log.with_user(self.manager).search([])
        error, run = rows.filtered(lambda row: row.operation == "service")
        self.assertEqual((error.state, error.reason), ("failed", "operator_archived"))
        self.assertEqual((run.state, run.queued_count), ("finished", 2))
        messages = rows - error - run
        self.assertEqual(set(messages.mapped("operation")), {"customer", "operator"})
        self.assertEqual(messages.run_id, run)
        self.assertEqual(rows.company_id, self.company)

    def test_outcome_by_day_channel_audience_reason_and_company(self):
        rows = self.log.with_user(self.manager)
        domain = [("task_id", "=", self.task.id)]
        for group in (
            "due_at:day",
            "channel",
            "operation",
            "reason",
            "company_id",
            "state",
        ):
            groups = rows.formatted_read_group(domain, [group], ["__count"])
            self.assertEqual(sum(one["__count"] for one in groups), 2, group)

    def test_e21_what_is_added_up_is_an_amount(self):
        """The sum of "how often due before" was offered in the pivot and the chart."""
        fields = self.env["crm.task.reminder.log"].fields_get(
            attributes=["aggregator", "store"]
        )
        views = "attempt_count", "duration", "queued_count", "not_sent_count"
        offered = {
            name
            for name, field in fields.items()
            if field["store"] and field.get("aggregator") and name not in views
        }
        self.assertEqual(offered, {"part_count"})

    def test_export(self):
        self.manager.group_ids += self.env.ref("base.group_allow_export")
        rows = self.rows(self.task).with_user(self.manager)
        names = ["task_name", "recipient_name", "address", "state", "reason_text"]
        exported = rows.export_data(names)["datas"]
        self.assertEqual(
            exported[0][:4], ["Mow the lawn", "Karol Klient", "+48600100200", "Sent"]
        )

    def test_from_a_run_to_its_rows(self):
        run = self.rows(self.task).run_id
        action = run.action_open_run_rows()
        self.assertEqual(self.log.search(action["domain"]), self.rows(self.task)[::-1])

    def test_run_tells_how_many_were_sent(self):
        run = self.rows(self.task).run_id
        self.assertEqual(run.summary, "messages: 2")
        run.not_sent_count = 1
        self.assertEqual(run.summary, "messages: 2, not sent: 1")
        self.assertEqual(self.rows(self.task).mapped("summary"), ["", ""])

    def test_from_a_row_to_its_message(self):
        row = self.rows(self.task)[0].with_user(self.manager)
        action = row.action_open_message()
        self.assertEqual(action["res_id"], row.message_id.id)
        [[view, kind]] = action["views"]
        arch = row.message_id.get_view(view, kind)["arch"]
        self.assertIn('edit="0"', arch)
        self.assertIn('name="body"', arch)
        self.assertIn("Mow the lawn", row.message_preview)

    def test_manager_sees_all_user_the_own_tasks(self):
        domain = [("operation", "!=", "service"), ("task_id", "=", self.task.id)]
        seen = {
            user: self.log.with_user(user).search_count(domain)
            for user in (self.manager, self.assignee, self.clerk)
        }
        self.assertEqual(seen, {self.manager: 2, self.assignee: 2, self.clerk: 0})
        runs = [("operation", "=", "service")]
        self.assertTrue(self.log.with_user(self.manager).search_count(runs))
        self.assertFalse(self.log.with_user(self.assignee).search_count(runs))

    def test_nobody_edits_the_log(self):
        for user in (self.manager, self.assignee):
            with self.assertRaises(AccessError):
                self.rows(self.task).with_user(user).write({"state": "failed"})

    # ------------------------------------------------------------------
    # The weekly digest
    # ------------------------------------------------------------------

    def test_digest_counts_what_was_sent(self):
        digest = self.env["digest.digest"].create(
            {"name": "Weekly", "kpi_task_reminder": True}
        )
        period = digest.with_company(self.company).with_context(
            start_datetime=self.now - timedelta(days=1),
            end_datetime=self.now + timedelta(days=1),
        )
        manager = period.with_user(self.manager).sudo()
        self.assertEqual(manager.kpi_task_reminder_value, 2)
        outsider = self._create_user("out", "Otto Out", groups="base.group_user")
        with self.assertRaises(AccessError):
            period.with_user(outsider)._compute_kpi_task_reminder_value()
        actions = digest._compute_kpis_actions(self.company, self.manager)
        self.assertIn("crm_task_reminder_log_action", actions["kpi_task_reminder"])
