from contextlib import suppress
from datetime import timedelta

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from .rights import RightsCommon

#: Who may do what with the reminders of which task: "+" allowed, "-" refused in words.
#: The lines of a shared task, which has no company, are of the company that is named.
#: Odoo lets sales users read tasks that are open to all: so does a plan of them.
TABLE = """
task of company A         read write create unlink preview test now again mark many number employees log tell drop form plan
project user of A         +    +     +      +      +       +    +   +     +    +    +      +         +   +    +    +    +
project user of A and B   +    +     +      +      +       +    +   +     +    +    +      +         +   +    +    +    +
project manager of A      +    +     +      +      +       +    +   +     +    +    +      +         +   +    +    +    +
its assignee              +    +     +      +      +       +    +   +     +    +    +      +         +   +    +    +    +
sales user of A           -    -     -      -      -       -    -   -     -    -    -      -         -   -    -    -    +
sales manager of A        -    -     -      -      -       -    -   -     -    -    -      -         +   -    -    -    +
portal                    -    -     -      -      -       -    -   -     -    -    -      -         -   -    -    -    -
collaborator              -    -     -      -      -       -    -   -     -    -    -      -         -   -    -    -    -
public                    -    -     -      -      -       -    -   -     -    -    -      -         -   -    -    -    -

task of company B         read write create unlink preview test now again mark many number employees log tell drop form plan
project user of A         -    -     -      -      -       -    -   -     -    -    -      -         -   -    -    -    -
project user of A and B   +    +     +      +      +       +    +   +     +    +    +      +         +   +    +    +    +
project manager of A      -    -     -      -      -       -    -   -     -    -    -      -         -   -    -    -    -
sales user of A           -    -     -      -      -       -    -   -     -    -    -      -         -   -    -    -    -
sales manager of A        -    -     -      -      -       -    -   -     -    -    -      -         -   -    -    -    -
portal                    -    -     -      -      -       -    -   -     -    -    -      -         -   -    -    -    -
collaborator              -    -     -      -      -       -    -   -     -    -    -      -         -   -    -    -    -
public                    -    -     -      -      -       -    -   -     -    -    -      -         -   -    -    -    -

shared task, line of A    read write create unlink preview test now again mark many number employees log tell drop form plan
project user of A         +    +     +      +      +       +    +   +     +    +    +      +         +   +    +    +    +
project user of A and B   +    +     +      +      +       +    +   +     +    +    +      +         +   +    +    +    +
project manager of A      +    +     +      +      +       +    +   +     +    +    +      +         +   +    +    +    +
sales manager of A        -    -     -      -      -       -    -   -     -    -    -      -         +   -    -    -    +
collaborator              -    -     -      -      -       -    -   -     -    -    -      -         -   -    -    -    -

shared task, line of B    read write create unlink preview test now again mark many number employees log tell drop form plan
project user of A         +    -     -      -      -       -    -   -     -    -    -      -         -   -    -    +    +
project user of A and B   +    +     +      +      +       +    +   +     +    +    +      +         +   +    +    +    +
project manager of A      +    -     -      -      -       -    -   -     -    -    -      -         -   -    -    +    +
its assignee              +    -     -      -      -       -    -   -     -    -    -      -         -   -    -    +    +
sales user of A           -    -     -      -      -       -    -   -     -    -    -      -         -   -    -    -    +
sales manager of A        -    -     -      -      -       -    -   -     -    -    -      -         -   -    -    -    +
portal                    -    -     -      -      -       -    -   -     -    -    -      -         -   -    -    -    -
collaborator              -    -     -      -      -       -    -   -     -    -    -      -         -   -    -    -    -
public                    -    -     -      -      -       -    -   -     -    -    -      -         -   -    -    -    -

archived company          read write create unlink preview test now again mark many number employees log tell drop form plan
project user of A         +    -     -      -      -       -    -   -     -    -    -      -         -   -    -    +    +
project user of A and B   +    -     -      -      -       -    -   -     -    -    -      -         -   -    -    +    +
project manager of A      +    -     -      -      -       -    -   -     -    -    -      -         -   -    -    +    +

private task of A         read write create unlink preview test now again mark many number employees log tell drop form plan
its assignee              +    +     +      +      +       +    +   +     +    +    +      +         +   +    +    +    +
project user of A         -    -     -      -      -       -    -   -     -    -    -      -         -   -    -    -    -
project user of A and B   -    -     -      -      -       -    -   -     -    -    -      -         -   -    -    -    -
project manager of A      -    -     -      -      -       -    -   -     -    -    -      -         -   -    -    -    -
sales manager of A        -    -     -      -      -       -    -   -     -    -    -      -         -   -    -    -    -
portal                    -    -     -      -      -       -    -   -     -    -    -      -         -   -    -    -    -

task for invited users    read write create unlink preview test now again mark many number employees log tell drop form plan
project user of A         -    -     -      -      -       -    -   -     -    -    -      -         -   -    -    -    -
project manager of A      +    +     +      +      +       +    +   +     +    +    +      +         +   +    +    +    +
its assignee              +    +     +      +      +       +    +   +     +    +    +      +         +   +    +    +    +
sales user of A           -    -     -      -      -       -    -   -     -    -    -      -         -   -    -    -    -
sales manager of A        -    -     -      -      -       -    -   -     -    -    -      -         -   -    -    -    -
its follower              -    -     -      -      -       -    -   -     -    -    -      -         +   -    -    -    +
portal                    -    -     -      -      -       -    -   -     -    -    -      -         -   -    -    -    -
"""  # noqa: E501  # a table


@tagged("post_install", "-at_install")
class TestRightsTable(RightsCommon):
    """Each right is tried out, also those that are not there."""

    table = TABLE

    # ------------------------------------------------------------------
    # What
    # ------------------------------------------------------------------

    def _read(self, env):
        self.reminder.with_env(env).read(["duration", "sms_template_id"])

    def _write(self, env):
        self.reminder.with_env(env).duration = 6

    def _create(self, env):
        company = self.reminder.company_id
        values = self.line(task_id=self.task.id, company_id=company.id, duration=0)
        created = env["crm.task.reminder"].create(values)
        self.assertEqual(created.sudo().company_id, company)

    def _unlink(self, env):
        self.reminder.with_env(env).unlink()

    def _preview(self, env):
        preview = env["crm.task.reminder.preview"]
        content = preview.create({"reminder_id": self.reminder.id}).content
        self.assertIn("Mow the lawn", content)

    def _test(self, env):
        preview = env["crm.task.reminder.preview"]
        preview.create({"reminder_id": self.reminder.id}).action_send_test()

    def _now(self, env):
        self.reminder.with_env(env).action_send_now()

    def _again(self, env):
        self.row.state = "failed"
        self.row.with_env(env).action_send_again()

    def _mark(self, env):
        self.row.state = "unconfirmed"
        self.row.with_env(env).action_mark_sent()

    def _many(self, env):
        wizard = env["crm.task.reminder.edit"].create(
            {"task_ids": self.task.ids, "operation": "remove", "audience": "customer"}
        )
        wizard.action_apply()

    def _number(self, env):
        self.task.with_env(env).reminder_phone = "600 100 300"

    def _employees(self, env):
        # the employees are shared by the lines for operators
        self.reminder.audience = "operator"
        employees = [Command.link(self.employee.id)]
        self.task.with_env(env).reminder_employee_ids = employees

    def _move(self):
        """Have the task moved, which waits to be told."""
        self.task.planned_date_begin += timedelta(days=1)
        self.env.flush_all()
        self.env.invalidate_all()

    def _tell(self, env):
        self._move()
        self.task.with_env(env).action_tell_reminder_news()

    def _drop(self, env):
        self._move()
        self.task.with_env(env).action_drop_reminder_news()

    def _form(self, env):
        """Tell whether a line that is not saved tells of the task."""
        values = {**self.line(), "task_id": self.task.id}
        spec = {"task_id": {}, "due_text": {}}
        answer = env["crm.task.reminder"].onchange(values, ["task_id"], spec)
        return "due_text" in answer["value"]

    def _plan(self, env):
        """Tell whether a plan that a client asks for tells of the task."""
        own = env["project.task"].with_context(reminder_plan_ids=self.task.ids)
        # of whichever task the user may read, of none if there is none
        [*plans] = own.search([], limit=1).read(["reminder_plan", "reminder_plan_text"])
        return "Mow the lawn" in str(plans)

    def _log(self, env):
        """Tell whether any way leads to the title in the log."""
        log = env["crm.task.reminder.log"]
        row, title = self.row.with_env(env), "Mow the lawn"
        this = [("id", "=", row.id)]
        ways = (
            lambda: row.read(["task_name", "task_id", "display_name"]),
            lambda: log.search_read(this, ["task_name", "task_id"]),
            lambda: log.formatted_read_group(this, ["task_name"], ["__count"]),
            lambda: log.formatted_read_group(this, ["task_id"], ["__count"]),
        )
        for way in ways:
            with suppress(AccessError):
                if title in str(way()):
                    return True
        return False

    # ------------------------------------------------------------------
    # The table
    # ------------------------------------------------------------------

    def test_task_of_the_own_company(self):
        self._prepare(self.company)
        self._assert_rows("task of company A")

    def test_task_of_another_company(self):
        self._prepare(
            self.other, project_id=self.foreign_project.id, company_id=self.other.id
        )
        self._assert_rows("task of company B")

    def test_shared_task_with_a_line_of_the_own_company(self):
        self._prepare(self.company, project_id=self.shared_project.id, company_id=False)
        self._assert_rows("shared task, line of A")

    def test_shared_task_with_a_line_of_another_company(self):
        self._prepare(self.other, project_id=self.shared_project.id, company_id=False)
        self._assert_rows("shared task, line of B")

    def test_shared_task_with_a_line_of_an_archived_company(self):
        self._prepare(self.other, project_id=self.shared_project.id, company_id=False)
        self.other_sender.active = False
        self.other.active = False
        self.env.invalidate_all()
        for self.context in ({}, {"active_test": False}):
            self._assert_rows("archived company")

    def test_private_task(self):
        self._prepare_private()
        self._assert_rows("private task of A")

    def test_a05_task_for_invited_users(self):
        """Who sets the reminders up reads no titles of tasks that are not theirs."""
        self._prepare_invited()
        self._assert_rows("task for invited users")
