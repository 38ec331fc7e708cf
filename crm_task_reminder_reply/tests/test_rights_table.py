from contextlib import suppress

from odoo.addons.crm_task_reminder.tests.rights import RightsCommon
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import ReplyCommon

#: Who may do what with the answers of which task: "+" allowed, "-" refused in words.
#: The message of a shared task, which has no company, is of the company that is named.
#: "rows", "texts" and "links" are the tables themselves, over the API: read (and find,
#: by search, name, group and export), write, create, delete; "." if not.
TABLE = """
task of company A         answer find phone absent place move off log window rows texts links
project user of A         +      +    +     +      +     +    +   +   r      .... ....  ....
project user of A and B   +      +    +     +      +     +    +   +   r      .... ....  ....
project manager of A      +      +    +     +      +     +    +   +   r      r... r...  ....
its assignee              +      +    +     +      +     +    +   +   r      .... ....  ....
sales user of A           -      -    -     -      -     -    -   -   .      .... ....  ....
sales manager of A        -      -    -     -      -     -    -   +   .      .... ....  ....
administrator of A        -      -    -     -      -     -    -   +   .      r..d r..d  r..d
portal                    -      -    -     -      -     -    -   -   .      .... ....  ....
collaborator              -      -    -     -      -     -    -   -   .      .... ....  ....
public                    -      -    -     -      -     -    -   -   .      .... ....  ....

task of company B         answer find phone absent place move off log window rows texts links
project user of A         -      -    -     -      -     -    -   -   .      .... ....  ....
project user of A and B   +      +    +     +      +     +    +   +   r      .... ....  ....
project manager of A      -      -    -     -      -     -    -   -   .      .... ....  ....
sales user of A           -      -    -     -      -     -    -   -   .      .... ....  ....
sales manager of A        -      -    -     -      -     -    -   -   .      .... ....  ....
portal                    -      -    -     -      -     -    -   -   .      .... ....  ....
collaborator              -      -    -     -      -     -    -   -   .      .... ....  ....
public                    -      -    -     -      -     -    -   -   .      .... ....  ....

shared task, message of A answer find phone absent place move off log window rows texts links
project user of A         +      +    +     +      +     +    +   +   r      .... ....  ....
project user of A and B   +      +    +     +      +     +    +   +   r      .... ....  ....
project manager of A      +      +    +     +      +     +    +   +   r      r... r...  ....
sales manager of A        -      -    -     -      -     -    -   +   .      .... ....  ....
collaborator              -      -    -     -      -     -    -   -   .      .... ....  ....

shared task, message of B answer find phone absent place move off log window rows texts links
project user of A         +      +    +     +      +     +    +   -   r      .... ....  ....
project user of A and B   +      +    +     +      +     +    +   +   r      .... ....  ....
project manager of A      +      +    +     +      +     +    +   -   r      r... ....  ....
sales manager of A        -      -    -     -      -     -    -   -   .      .... ....  ....
collaborator              -      -    -     -      -     -    -   -   .      .... ....  ....

private task of A         answer find phone absent place move off log window rows texts links
its assignee              +      +    +     +      +     +    +   +   r      .... ....  ....
project user of A         -      -    -     -      -     -    -   -   .      .... ....  ....
project manager of A      -      -    -     -      -     -    -   -   .      .... ....  ....
sales manager of A        -      -    -     -      -     -    -   -   .      .... ....  ....
portal                    -      -    -     -      -     -    -   -   .      .... ....  ....

task for invited users    answer find phone absent place move off log window rows texts links
project user of A         -      -    -     -      -     -    -   -   .      .... ....  ....
project manager of A      +      +    +     +      +     +    +   +   r      r... r...  ....
its assignee              +      +    +     +      +     +    +   +   r      .... ....  ....
sales manager of A        -      -    -     -      -     -    -   -   .      .... ....  ....
its follower              -      -    -     -      -     -    -   +   .      .... ....  ....
portal                    -      -    -     -      -     -    -   -   .      .... ....  ....
"""  # noqa: E501  # a table


@tagged("post_install", "-at_install")
class TestReplyRightsTable(RightsCommon, ReplyCommon):
    """Each right about answers is tried out, also those that are not there."""

    table = TABLE

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users["administrator of A"] = cls._create_user(
            "admin_of_a", "Ada", groups="base.group_system"
        )

    def _take_answer(self):
        """Let the customer answer by the link, and write an SMS."""
        self.link = self.row.link_id
        self.reply = self.answer(self.task, "other", text="Friday?")
        self.text = self.env["crm.task.reminder.text"].create(
            {
                "company_id": self.row.company_id.id,
                "provider": "test",
                "ident": "1",
                "number": self.row.address,
                "body": "Friday?",
                "received_at": self.now,
                "sent_at": self.now,
                "outcome": "unclear",
                "task_id": self.task.id,
            }
        )

    # ------------------------------------------------------------------
    # What
    # ------------------------------------------------------------------

    def _answer(self, env):
        names = ["reminder_answer", "reminder_answer_text", "reminder_opted_out"]
        [values] = self.task.with_env(env).read(names)
        self.assertEqual(values["reminder_answer"], "other")

    def _find(self, env):
        domain = [("id", "=", self.task.id), ("reminder_answer", "=", "other")]
        return bool(env["project.task"].search(domain))

    def _phone(self, env):
        self.task.with_env(env).action_confirm_reminder_by_phone()
        self.assertEqual(self.reply.way, "phone")

    def _absent(self, env):
        self.task.with_env(env).reminder_no_show = True

    def _place(self, env):
        self.task.with_env(env).reminder_place = "Polna 3"

    def _move(self, env):
        window = env["crm.task.reminder.move"].create({"task_id": self.task.id})
        self.assertIn("Friday?", window.answer_text)
        window.action_move()

    def _off(self, env):
        window = env["crm.task.reminder.move"].create({"task_id": self.task.id})
        window.action_call_off()

    def _log(self, env):
        [values] = self.row.with_env(env).read(["customer_answer", "has_link"])
        self.assertEqual(
            (values["customer_answer"], values["has_link"]), ("other", True)
        )

    def _window(self, env):
        """Tell whether a window, saved or not, tells anything of the task."""
        windows, task = env["crm.task.reminder.move"], self.task
        names = ("answer_text", "present_start", "start")
        values = {"task_id": task.id, "start": "2026-08-01 10:00:00"}
        ways = [
            lambda name=name: windows.create({**values}).read([name])[0][name]
            for name in names[:2]
        ]
        ways += [
            lambda name=name, changed=changed, named=named: windows.onchange(
                {"task_id": named}, changed, {"task_id": {}, name: {}}
            )["value"].get(name)
            for name in names
            for changed in ([], ["task_id"])
            for named in (task.id, {"id": task.id, "name": "X"})
        ]
        told = []
        for way in ways:
            with suppress(AccessError):
                told.append(bool(way()))
        return any(told)

    def _get_attempt(self, column, letter):
        records = {"rows": self.reply, "texts": self.text, "links": self.link}
        if column not in records:
            return super()._get_attempt(column, letter)
        record = records[column]
        # by values that would be taken from somebody with the right
        values = record.copy_data()[0]
        return {
            "r": lambda env: self._find_by_api(env, record),
            "w": lambda env: record.with_env(env).write({"task_id": self.task.id}),
            "c": lambda env: env[record._name].create(values) and None,
            "d": lambda env: record.with_env(env).unlink(),
        }[letter]

    # ------------------------------------------------------------------
    # The table
    # ------------------------------------------------------------------

    def test_a01_answers_of_the_own_company(self):
        self._prepare(self.company)
        self._take_answer()
        self._assert_rows("task of company A")

    def test_a02_answers_of_another_company(self):
        self._prepare(
            self.other, project_id=self.foreign_project.id, company_id=self.other.id
        )
        self._take_answer()
        self._assert_rows("task of company B")

    def test_a01_answers_about_a_shared_task(self):
        for company, heading in {self.company: "A", self.other: "B"}.items():
            self._prepare(company, project_id=self.shared_project.id, company_id=False)
            self._take_answer()
            self._assert_rows(f"shared task, message of {heading}")

    def test_a05_answers_about_a_private_task(self):
        self._prepare_private()
        self._take_answer()
        self._assert_rows("private task of A")

    def test_a05_answers_about_a_task_for_invited_users(self):
        self._prepare_invited()
        self._take_answer()
        self._assert_rows("task for invited users")
