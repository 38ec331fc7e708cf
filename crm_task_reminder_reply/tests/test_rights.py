from contextlib import suppress

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import ReplyCommon

#: Who may do what over the API with what customers have answered: read (and find, by
#: search, name, group and export), write, create, delete; "." if not.
TABLE = """
task of company A         answer text link window
project user of A         ....   .... .... r
project manager of A      r...   r... .... r
sales user of A           ....   .... .... .
sales manager of A        ....   .... .... .
administrator of A        r..d   r..d r..d .
portal                    ....   .... .... .
public                    ....   .... .... .

task of company B         answer text link window
project user of A         ....   .... .... .
project manager of A      ....   .... .... .
sales user of A           ....   .... .... .
sales manager of A        ....   .... .... .
portal                    ....   .... .... .
public                    ....   .... .... .

private task of A         answer text link window
project user of A         ....   .... .... .
project manager of A      ....   .... .... .
sales manager of A        ....   .... .... .
portal                    ....   .... .... .
public                    ....   .... .... .

task for invited users    answer text link window
project user of A         ....   .... .... .
project manager of A      r...   r... .... r
sales manager of A        ....   .... .... .
portal                    ....   .... .... .
"""
LETTERS = {"r": "_read", "w": "_write", "c": "_create", "d": "_delete"}
WISH = "Friday, for I am in hospital"


@tagged("post_install", "-at_install")
class TestRights(ReplyCommon):
    """What customers have answered is for who may read the task."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls._create_company("Wärmewerk", "de", "Europe/Berlin")
        cls._switch_on(
            cls.other,
            cls._create_user("other_operator", "Hanna", company=cls.other),
            cls._create_mail_server("B"),
        )
        groups = {
            "project user of A": "project.group_project_user",
            "project manager of A": "project.group_project_manager",
            "sales user of A": "sales_team.group_sale_salesman",
            "sales manager of A": "sales_team.group_sale_manager",
            "administrator of A": "base.group_system",
        }
        cls.users = {
            who: cls._create_user(f"user{number}", f"User {number}", groups=group)
            for number, (who, group) in enumerate(groups.items())
        }
        cls.users["portal"] = cls._create_portal_user(
            cls.env["res.partner"].create({"name": "Piotr Portal"})
        )
        cls.users["public"] = cls.env.ref("base.public_user")
        projects = cls.env["project.project"]
        cls.foreign = projects.create({"name": "B", "company_id": cls.other.id})
        cls.invited = projects.create(
            {
                "name": "Invited",
                "company_id": cls.company.id,
                "privacy_visibility": "followers",
            }
        )

    def _prepare(self, company, **values):
        """Have a reminder of a task answered; return a record of each kind."""
        task = self.create_task(company_id=company.id, **values)
        task.partner_id = self.customer
        task.user_ids += company.reminder_user_id
        lines = self.env["crm.task.reminder"].with_context(
            allowed_company_ids=company.ids
        )
        lines.create(self.line(task_id=task.id))
        self.pass_time(hours=1)
        self.run_service()
        [text] = self.env["crm.task.reminder.text"].create(
            [
                {
                    "company_id": company.id,
                    "provider": "P",
                    "ident": str(task.id),
                    "number": "+48600100200",
                    "body": WISH,
                    "received_at": self.now,
                    "sent_at": self.now,
                    "task_id": task.id,
                }
            ]
        )
        self.answer(task, "other", text=WISH)
        link = task.reminder_link_ids
        self.assertTrue(link)
        answer = task.reminder_answer_ids
        return {"answer": answer, "text": text, "link": link, "window": task}

    # ------------------------------------------------------------------
    # What
    # ------------------------------------------------------------------

    def _read(self, env, record):
        """Tell whether any way of the API finds the record."""
        if record._name == "project.task":
            return self._read_window(env, record)
        model, this = env[record._name], [("id", "=", record.id)]
        ways = (
            lambda: record.with_env(env).read(),
            lambda: record.with_env(env).export_data(["id", "display_name"])["datas"],
            lambda: model.search(this),
            lambda: model.search_read(this, ["display_name"]),
            lambda: model.name_search("", this),
            lambda: model.formatted_read_group(this, [], ["__count"])[0]["__count"],
            lambda: record.with_env(env).web_read({"display_name": {}}),
        )
        found = []
        for way in ways:
            with suppress(AccessError, UserError):
                found.append(bool(way()))
        return any(found)

    def _read_window(self, env, task):
        """Tell whether a window, saved or not, tells anything of the task."""
        windows = env["crm.task.reminder.move"]
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

    def _write(self, env, record):
        record.with_env(env).write({"task_id": record.task_id.id})

    def _create(self, env, record):
        values = {"task_id": record.task_id.id, "partner_id": self.customer.id}
        env[record._name].create(values)

    def _delete(self, env, record):
        record.with_env(env).unlink()

    # ------------------------------------------------------------------
    # The table
    # ------------------------------------------------------------------

    def _try(self, who, letter, record):
        """Return a letter if it is allowed, and leave everything as it was."""
        user = self.users[who]
        env = self.env(user=user, context={"allowed_company_ids": user.company_ids.ids})
        self.env.flush_all()
        self.env.invalidate_all()
        savepoint = self.env.cr.savepoint(flush=False)
        try:
            is_refused = getattr(self, LETTERS[letter])(env, record) is False
            self.env.flush_all()
            return "." if is_refused else letter
        except (AccessError, UserError):
            return "."
        finally:
            savepoint.rollback()
            self.env.cr.clear()
            self.env.invalidate_all(flush=False)

    def _assert_rows(self, heading, records):
        block = next(one for one in TABLE.split("\n\n") if heading in one)
        head, *rows = block.strip().splitlines()
        kinds = head[26:].split()
        for row in rows:
            who, wanted = row[:26].strip(), row[26:].split()
            found = {
                kind: "".join(
                    self._try(who, one, records[kind]) for one in "rwcd"[: len(rights)]
                )
                for kind, rights in zip(kinds, wanted, strict=True)
            }
            with self.subTest(heading=heading, who=who):
                self.assertEqual(found, dict(zip(kinds, wanted, strict=True)))

    def test_a01_answers_of_the_own_company(self):
        self._assert_rows("task of company A", self._prepare(self.company))

    def test_a02_answers_of_another_company(self):
        records = self._prepare(self.other, project_id=self.foreign.id)
        self._assert_rows("task of company B", records)

    def test_a05_answers_about_a_private_task(self):
        records = self._prepare(self.company, project_id=False)
        self._assert_rows("private task of A", records)

    def test_a05_answers_about_a_task_for_invited_users(self):
        self.invited.message_subscribe(self.operator.partner_id.ids)
        records = self._prepare(self.company, project_id=self.invited.id)
        task = records["window"]
        partners = self.operator.partner_id
        task.message_unsubscribe((task.message_partner_ids - partners).ids)
        task.user_ids = [Command.set(self.operator.ids)]
        self._assert_rows("task for invited users", records)

    # ------------------------------------------------------------------
    # Beside the table
    # ------------------------------------------------------------------

    def test_a02_form_of_a_task_tells_no_place_of_a_hidden_project(self):
        self.invited.reminder_place = "Ward 7"
        self.project.reminder_place = "Garden"
        self.env.flush_all()
        self.env.invalidate_all()
        tasks = self.env["project.task"].with_user(self.users["project user of A"])
        spec = {"project_id": {}, "reminder_project_place": {}}
        for project, place in ((self.invited, False), (self.project, "Garden")):
            values = {"name": "X", "project_id": project.id}
            told = tasks.onchange(values, ["project_id"], spec)["value"]
            self.assertEqual(told.get("reminder_project_place", False), place)

    def test_a02_portal_hears_of_no_field_of_reminders(self):
        """Nor of where a project's appointments are."""
        env = self.env(user=self.users["portal"])
        for model in ("project.project", "project.task", "res.company", "res.partner"):
            with self.subTest(model=model):
                names = [n for n in env[model].fields_get() if "reminder" in n]
                self.assertFalse(names)
