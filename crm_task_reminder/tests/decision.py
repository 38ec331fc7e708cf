"""Tasks whose reminders are due, and what keeps these from being sent."""

from datetime import timedelta

from odoo.fields import Command

from .common import DOWN, ReminderCommon
from .decision_table import HOUR


class DecisionCommon(ReminderCommon):
    """Three tasks whose reminders are due: one for the queue, one whose message waits
    already, and one that a person has sent at once.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clerk = cls._create_user(
            "clerk", "Klara Clerk", groups="project.group_project_manager"
        )
        cls.template = cls.env.ref("crm_task_reminder.sms_template_customer").copy()

    def create_tasks(self, row):
        port = self.mail_server.smtp_port
        self.mail_server.smtp_port = self._get_unused_port()
        self.waiting = self.create_due(row, HOUR)
        self.pass_time(hours=1)
        self.run_service(sms_error=DOWN)
        self.mail_server.smtp_port = port
        self.assertEqual(self.rows(self.waiting)[-1:].state, "queued")
        self.due, self.asked = (self.create_due(row) for _number in range(2))
        return self.waiting + self.due + self.asked

    def create_moved_tasks(self, row):
        """Create tasks whose customer was told a start that they do not have now."""
        tasks = [self.create_due(row) for _number in range(3)]
        self.waiting, self.due, self.asked = tasks
        lines = [
            {
                **self.line(duration=24),
                "sms_template_id": self.template.id,
                "task_id": task.id,
            }
            for task in tasks
        ]
        lines = self.env["crm.task.reminder"].create(lines)
        self.run_service()
        self.assertEqual(lines.mapped("state"), ["done"] * 3)
        lines.unlink()
        self.waiting.planned_date_begin += HOUR
        self.pass_time(minutes=5)
        self.run_service(sms_error=DOWN)
        for task in (self.due, self.asked):
            task.planned_date_begin += HOUR
        self.pass_time(minutes=5)
        return self.waiting + self.due + self.asked

    def create_due(self, row, due_in=timedelta(0)):
        """Create a task whose reminder is due after a span from now."""
        values = {"channel": row.channel, "sms_template_id": self.template.id}
        times = {"planned_date_begin": HOUR, **row.task}
        due_at = self.now + due_in
        return self.create_task(
            self.line(**values, **row.line),
            **{
                name: due_at + value if isinstance(value, timedelta) else value
                for name, value in times.items()
            },
        )

    # ------------------------------------------------------------------
    # How reasons come about
    # ------------------------------------------------------------------

    def let_start(self, _tasks):
        self.pass_time(hours=1)

    def move_back(self, tasks):
        # one by one: of many at once a person is asked first
        for task in tasks:
            task.planned_date_begin -= HOUR

    def let_a_week_pass(self, _tasks):
        self.pass_time(days=7, hours=1)

    def queue_plan(self, _tasks):
        self.company.write(
            {
                "reminder_plan": "instead",
                "reminder_plan_hour": 9,
                "reminder_plan_mail_template_id": self.env.ref(
                    "crm_task_reminder.mail_template_plan"
                ).id,
            }
        )
        self.company.reminder_plan_seen_at = self.now - HOUR
        run = self.log.create(
            {
                "operation": "service",
                "company_id": self.company.id,
                "state": "finished",
            }
        )
        self.env["crm.task.reminder.queue"]._queue_plans(self.company, run)

    def move_close(self, tasks):
        tasks.planned_date_begin = self.now + timedelta(minutes=30)

    def switch_anew(self, _tasks):
        self.pass_time(minutes=10)
        self.company.reminder_enabled = False
        self.company.reminder_enabled = True

    def add_equal_lines(self, tasks):
        for task in tasks:
            line = self.line(sms_template_id=self.template.id, task_id=task.id)
            self.env["crm.task.reminder"].create(line)

    def delete_template(self, _tasks):
        self.template.unlink()

    def open_gap(self, _tasks):
        provider = self.registry["crm.task.reminder.sms.provider.iap"]
        self.patch(provider, "_find_gap", lambda _provider, _company: "No contract")

    def move_operator(self, _tasks):
        other = self._create_company("Drugi Dom")
        self.operator.write(
            {"company_ids": [Command.set(other.ids)], "company_id": other.id}
        )

    def degrade_operator(self, _tasks):
        self.operator.group_ids = self.env.ref("base.group_portal")

    def blacklist(self, _tasks):
        self.env["phone.blacklist"].create({"number": "+48600100200"})
