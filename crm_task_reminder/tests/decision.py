"""Tasks whose reminders are due, what keeps these from being sent, and who is asked."""

from datetime import timedelta
from html import unescape

from odoo.exceptions import UserError
from odoo.fields import Command

from ..tools.outcomes import get_refused_state
from .common import DOWN, ReminderCommon
from .decision_table import COMPANY, GOES, HIDDEN, HOUR, PUT_OFF, STATE, UNASKED

#: Which of the tasks the queue, and a message that waits, are asked about.
ASKED = {"queue": "due", "waiting": "waiting"}


class DecisionCommon(ReminderCommon):
    """Three tasks whose reminders are due: one for the queue, one whose message waits
    already, and one that a person has sent at once.

    Who is asked why a reminder may not go are these three, the tab and the preview.
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

    def move_sender(self, _tasks):
        other = self._create_company("Drugi Dom")
        self.sender.write(
            {"company_ids": [Command.set(other.ids)], "company_id": other.id}
        )

    def degrade_sender(self, _tasks):
        self.sender.group_ids = self.env.ref("base.group_portal")

    def blacklist(self, _tasks):
        self.env["phone.blacklist"].create({"number": "+48600100200"})

    # ------------------------------------------------------------------
    # The askers
    # ------------------------------------------------------------------

    def assert_row(self, row):
        tasks = getattr(self, row.create)(row)
        row.bring_about(self, tasks)
        self.env.flush_all()
        self.env.invalidate_all()
        labels = self.log.fields_get(["reason"])["reason"]["selection"]
        label = dict(labels)[row.reason]
        for asker in ("tab", "preview", "send_now"):
            answer = getattr(row, asker) or label
            with self.subTest(asker=asker, reason=row.reason):
                getattr(self, f"_assert_{asker}")(answer)
        self.pass_time(minutes=2)
        self.run_service()
        for asker in ("queue", "waiting"):
            answer = getattr(row, asker) or row.reason
            with self.subTest(asker=asker, reason=row.reason):
                self._assert_row(getattr(self, ASKED[asker]), answer, row.reason)
        if row.send_now == GOES:
            self.assertEqual(self.rows(self.asked).state, "sent")

    def _assert_tab(self, answer):
        task = self.due.with_user(self.clerk)
        [line] = task.reminder_ids.sorted("id")[-1:]
        people = self.people(task, line.audience)
        text = f"{people} {task.reminder_trouble}"
        self.assertEqual(task.reminder_enabled, answer != HIDDEN)
        if answer == STATE:
            self.assertIn(line.state, ("waiting", "cancelled"))
        elif answer != HIDDEN:
            self.assertIn(answer, unescape(text))

    def _assert_preview(self, answer):
        previews = self.env["crm.task.reminder.preview"].with_user(self.clerk)
        newest = self.due.reminder_ids.sorted("id")[-1]
        preview = previews.create({"reminder_id": newest.id})
        self.assertIn(answer, unescape(preview.content))

    def _assert_send_now(self, answer):
        reminder = self.asked.reminder_ids.sorted("id")[-1].with_user(self.clerk)
        if answer == GOES:
            reminder.action_send_now()
        else:
            with self.assertRaises(UserError) as refusal:
                reminder.action_send_now()
            self.assertIn(answer, str(refusal.exception))

    def _assert_row(self, task, answer, reason):
        """Assert what the log says of a task after a run of the service."""
        row = self.rows(task).filtered("reminder_id")[:1]
        outcomes = {
            UNASKED: (False, False),
            GOES: ("sent", False),
            PUT_OFF: ("queued", reason),
        }
        if answer == COMPANY:
            self.assertIn(row.state, (False, "queued"))
            run = [("operation", "=", "service"), ("company_id", "=", self.company.id)]
            self.assertEqual(self.log.search(run, limit=1).reason, reason)
        else:
            refused = (get_refused_state(answer), answer)
            outcome = outcomes.get(answer, refused)
            self.assertEqual((row.state, row.reason), outcome)
