from contextlib import ExitStack, suppress
from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import ReminderCommon

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
class TestRightsTable(ReminderCommon):
    """Each right is tried out, also those that are not there."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls._create_company("Wärmewerk", "de", "Europe/Berlin")
        cls.other_operator = cls._create_user(
            "other_operator", "Hanna Operator", company=cls.other
        )
        cls._switch_on(cls.other, cls.other_operator, cls._create_mail_server("B"))
        cls.both = cls._create_user("both", "Berta Both", "+48 600 100 205")
        cls.both.company_ids += cls.other
        cls.users = {
            "project user of A": cls._create_user("user", "Urszula", "600 100 206"),
            "project user of A and B": cls.both,
            "project manager of A": cls._create_user(
                "boss", "Bogdan", "600 100 207", "project.group_project_manager"
            ),
            "its assignee": cls.assignee,
            "sales user of A": cls._create_user(
                "seller", "Stefan", "600 100 208", "sales_team.group_sale_salesman"
            ),
            "sales manager of A": cls._create_user(
                "seller2", "Stella", "600 100 209", "sales_team.group_sale_manager"
            ),
            "its follower": cls._create_user(
                "seller3", "Sonia", "600 100 210", "sales_team.group_sale_manager"
            ),
            "portal": cls._create_portal_user(
                cls.env["res.partner"].create({"name": "Piotr Portal"})
            ),
            "collaborator": cls._create_collaborator(),
            "public": cls.env.ref("base.public_user"),
        }
        cls.employee = cls.create_employee("Ewa", mobile_phone="600 100 203")
        cls.foreign_project = cls.env["project.project"].create(
            {"name": "Boilers", "company_id": cls.other.id}
        )
        cls.shared_project = cls.env["project.project"].create(
            {"name": "Common", "company_id": False}
        )
        for project in (cls.project, cls.foreign_project, cls.shared_project):
            cls._share(project)

    @classmethod
    def _create_collaborator(cls):
        return cls.env["res.users"].create(
            {
                "name": "Kuba Collaborator",
                "login": "collaborator",
                "group_ids": [Command.set(cls.env.ref("base.group_portal").ids)],
                "company_id": cls.company.id,
                "company_ids": [Command.set(cls.company.ids)],
            }
        )

    @classmethod
    def _share(cls, project):
        partner = cls.users["collaborator"].partner_id
        project.privacy_visibility = "portal"
        project.message_subscribe(partner.ids)
        project.collaborator_ids = [
            Command.create({"partner_id": partner.id, "limited_access": False})
        ]

    # ------------------------------------------------------------------
    # Whose
    # ------------------------------------------------------------------

    def _prepare(self, company, **values):
        """Return a task with a message that was sent and a line that is to come."""
        staff = ("project user of A", "project user of A and B", "project manager of A")
        users = self.assignee.union(*map(self.users.get, staff))
        task = self.create_task(
            user_ids=[Command.set(users.ids)],
            partner_id=self.customer.id,
            **values,
        )
        lines = self.env["crm.task.reminder"].with_context(
            allowed_company_ids=company.ids
        )
        link = {"task_id": task.id, "company_id": company.id}
        self.sent, self.reminder, _news = lines.create(
            [
                self.line(**link),
                self.line(**link, duration=5, unit="minutes"),
                self.line(**link, moment="moved"),
            ]
        )
        self.pass_time(hours=1)
        self.run_service()
        self.row = self.sent.log_ids
        self.assertEqual(self.row.state, "sent")
        self.assertEqual(self.row.company_id, company)
        self.task = task

    def _prepare_private(self):
        # the operator may read it: else there would be no message to correct
        self.task = self.create_task(
            self.line(),
            user_ids=[Command.set((self.assignee + self.operator).ids)],
            project_id=False,
            company_id=self.company.id,
        )
        self.task.partner_id = self.customer  # it goes without a project
        self.sent = self.task.reminder_ids
        self.reminder = self.sent.copy({"task_id": self.task.id, "duration": 0})
        self.sent.copy({"task_id": self.task.id, "moment": "moved"})
        self.pass_time(hours=1)
        self.run_service()
        self.row = self.sent.log_ids
        self.assertEqual(self.row.state, "sent")

    def _prepare_invited(self):
        """Make a task of a project that only its followers see."""
        self._prepare(self.company)
        self.project.privacy_visibility = "followers"
        self.task.user_ids = self.assignee
        partners = (
            self.assignee + self.operator + self.users["its follower"]
        ).partner_id
        self.task.message_unsubscribe((self.task.message_partner_ids - partners).ids)
        self.task.message_subscribe(partners.ids)

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

    def _try(self, who, action):
        """Return what comes of an action, and leave everything as it was."""
        user = self.users[who]
        env = self.env(user=user, context={"allowed_company_ids": user.company_ids.ids})
        with ExitStack() as stack:
            stack.enter_context(self.mock_mail_gateway())
            stack.enter_context(self.mockSMSGateway())
            self.env.flush_all()
            savepoint = stack.enter_context(self.env.cr.savepoint(flush=False))
            try:
                is_refused = getattr(self, f"_{action}")(env) is False
                self.env.flush_all()
                return "-" if is_refused else "+"
            except (AccessError, UserError) as error:
                self.assertTrue(str(error).strip())
                return "-"
            finally:
                savepoint.rollback()
                self.env.cr.clear()
                self.env.invalidate_all(flush=False)

    def _assert_rows(self, heading):
        block = next(one for one in TABLE.split("\n\n") if heading in one)
        head, *rows = block.strip().splitlines()
        actions = head[26:].split()
        for row in rows:
            who, wanted = row[:26].strip(), row[26:].split()
            self.assertEqual(len(wanted), len(actions))
            found = [self._try(who, action) for action in actions]
            with self.subTest(heading=heading, who=who):
                self.assertEqual(
                    dict(zip(actions, found, strict=True)),
                    dict(zip(actions, wanted, strict=True)),
                )

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
        self.other_operator.active = False
        self.other.active = False
        self.env.invalidate_all()
        self._assert_rows("archived company")

    def test_private_task(self):
        self._prepare_private()
        self._assert_rows("private task of A")

    def test_a05_task_for_invited_users(self):
        """Who sets the reminders up reads no titles of tasks that are not theirs."""
        self._prepare_invited()
        self._assert_rows("task for invited users")
