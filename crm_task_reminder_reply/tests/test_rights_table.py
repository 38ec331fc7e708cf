from contextlib import suppress

from odoo.addons.crm_task_reminder.tests.rights import RightsCommon
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import ReplyCommon

#: Who may do what with the answers of which task: "+" allowed, "-" refused in words.
#: The message of a shared task, which has no company, is of the company that is named.
#: "rows" and "texts" are the tables themselves, "hand" is any change of these.
TABLE = """
task of company A         answer find phone absent place move off log rows texts links hand
project user of A         +      +    +     +      +     +    +   +   -    -     -     -
project user of A and B   +      +    +     +      +     +    +   +   -    -     -     -
project manager of A      +      +    +     +      +     +    +   +   +    +     -     -
its assignee              +      +    +     +      +     +    +   +   -    -     -     -
sales user of A           -      -    -     -      -     -    -   -   -    -     -     -
sales manager of A        -      -    -     -      -     -    -   +   -    -     -     -
portal                    -      -    -     -      -     -    -   -   -    -     -     -
collaborator              -      -    -     -      -     -    -   -   -    -     -     -
public                    -      -    -     -      -     -    -   -   -    -     -     -

task of company B         answer find phone absent place move off log rows texts links hand
project user of A         -      -    -     -      -     -    -   -   -    -     -     -
project user of A and B   +      +    +     +      +     +    +   +   -    -     -     -
project manager of A      -      -    -     -      -     -    -   -   -    -     -     -
sales user of A           -      -    -     -      -     -    -   -   -    -     -     -
sales manager of A        -      -    -     -      -     -    -   -   -    -     -     -
portal                    -      -    -     -      -     -    -   -   -    -     -     -
collaborator              -      -    -     -      -     -    -   -   -    -     -     -
public                    -      -    -     -      -     -    -   -   -    -     -     -

shared task, message of A answer find phone absent place move off log rows texts links hand
project user of A         +      +    +     +      +     +    +   +   -    -     -     -
project user of A and B   +      +    +     +      +     +    +   +   -    -     -     -
project manager of A      +      +    +     +      +     +    +   +   +    +     -     -
sales manager of A        -      -    -     -      -     -    -   +   -    -     -     -
collaborator              -      -    -     -      -     -    -   -   -    -     -     -

shared task, message of B answer find phone absent place move off log rows texts links hand
project user of A         +      +    +     +      +     +    +   -   -    -     -     -
project user of A and B   +      +    +     +      +     +    +   +   -    -     -     -
project manager of A      +      +    +     +      +     +    +   -   +    -     -     -
sales manager of A        -      -    -     -      -     -    -   -   -    -     -     -
collaborator              -      -    -     -      -     -    -   -   -    -     -     -

private task of A         answer find phone absent place move off log rows texts links hand
its assignee              +      +    +     +      +     +    +   +   -    -     -     -
project user of A         -      -    -     -      -     -    -   -   -    -     -     -
project manager of A      -      -    -     -      -     -    -   -   -    -     -     -
sales manager of A        -      -    -     -      -     -    -   -   -    -     -     -
portal                    -      -    -     -      -     -    -   -   -    -     -     -

task for invited users    answer find phone absent place move off log rows texts links hand
project user of A         -      -    -     -      -     -    -   -   -    -     -     -
project manager of A      +      +    +     +      +     +    +   +   +    +     -     -
its assignee              +      +    +     +      +     +    +   +   -    -     -     -
sales manager of A        -      -    -     -      -     -    -   -   -    -     -     -
its follower              -      -    -     -      -     -    -   +   -    -     -     -
portal                    -      -    -     -      -     -    -   -   -    -     -     -
"""  # noqa: E501  # a table


@tagged("post_install", "-at_install")
class TestReplyRightsTable(RightsCommon, ReplyCommon):
    """Each right about answers is tried out, also those that are not there."""

    table = TABLE

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
        self.task.with_env(env).action_confirm_by_phone()
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
        [values] = self.row.with_env(env).read(["answer", "has_link"])
        self.assertEqual((values["answer"], values["has_link"]), ("other", True))

    def _rows(self, env):
        return self.reply.with_env(env).read(["text"])

    def _texts(self, env):
        return self.text.with_env(env).read(["body"])

    def _links(self, env):
        return self.link.with_env(env).read(["address"])

    def _hand(self, env):
        """Tell whether any of what customers have said can be changed by hand."""
        for records in (self.reply, self.text, self.link):
            own = records.with_env(env)
            # by values that would be taken from somebody with the right
            values = records.copy_data()[0]
            for change in (
                lambda own=own: own.write({"task_id": self.task.id}),
                lambda own=own: own.unlink(),
                lambda own=own, values=values: own.create(values),
            ):
                with suppress(AccessError):
                    change()
                    return True
        return False

    # ------------------------------------------------------------------
    # The table
    # ------------------------------------------------------------------

    def test_task_of_the_own_company(self):
        self._prepare(self.company)
        self._take_answer()
        self._assert_rows("task of company A")

    def test_task_of_another_company(self):
        self._prepare(
            self.other, project_id=self.foreign_project.id, company_id=self.other.id
        )
        self._take_answer()
        self._assert_rows("task of company B")

    def test_shared_task(self):
        for company, heading in {self.company: "A", self.other: "B"}.items():
            self._prepare(company, project_id=self.shared_project.id, company_id=False)
            self._take_answer()
            self._assert_rows(f"shared task, message of {heading}")

    def test_private_task(self):
        self._prepare_private()
        self._take_answer()
        self._assert_rows("private task of A")

    def test_task_for_invited_users(self):
        self._prepare_invited()
        self._take_answer()
        self._assert_rows("task for invited users")
