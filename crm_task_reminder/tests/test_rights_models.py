from contextlib import suppress

from odoo.exceptions import AccessError, MissingError
from odoo.fields import Command
from odoo.tests import tagged

from .rights import TableCommon

#: Who may do what with the records of each kind over the API: read (and find, by
#: search, name, group and export), write, create, delete; "." if not. Administrators
#: read all companies, as Odoo has it.
TABLE = """
of company A              default preset log  notice mark batch trial window company
project user of A         ....    ....   .... ....   .... ....  ....  ...    r
project manager of A      ....    rwcd   r... ....   .... ....  ....  ...    r
sales user of A           ....    ....   .... ....   .... ....  ....  ...    r
sales manager of A        rwcd    ....   r... ....   .... ....  ....  rwc    r
both managers of A        rwcd    rwcd   r... ....   .... ....  ....  rwc    r
administrator of A        rwcd    ....   r..d r...   r... r...  r...  rwc    r
portal                    ....    ....   .... ....   .... ....  ....  ...    .
public                    ....    ....   .... ....   .... ....  ....  ...    .

of company B              default preset log  notice mark batch trial window company
project user of A         ....    ....   .... ....   .... ....  ....  ...    .
project manager of A      ....    ....   .... ....   .... ....  ....  ...    .
sales user of A           ....    ....   .... ....   .... ....  ....  ...    .
sales manager of A        ....    ....   .... ....   .... ....  ....  ...    .
both managers of A        ....    ....   .... ....   .... ....  ....  ...    .
administrator of A        ....    ....   .... r...   r... r...  r...  ...    r
portal                    ....    ....   .... ....   .... ....  ....  ...    .
public                    ....    ....   .... ....   .... ....  ....  ...    .
"""

MANAGERS = "project.group_project_manager,sales_team.group_sale_manager"
LETTERS = {"r": "_read", "w": "_write", "c": "_create", "d": "_delete"}
#: Kinds of records that are read by the company's own fields, or by a window.
WINDOW, COMPANY = "window", "company"


@tagged("post_install", "-at_install")
class TestRightsModels(TableCommon):
    """Each right on each model is tried out, by all the ways of the API."""

    table = TABLE

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls._create_company("Wärmewerk", "de", "Europe/Berlin")
        groups = {
            "project user of A": "project.group_project_user",
            "project manager of A": "project.group_project_manager",
            "sales user of A": "sales_team.group_sale_salesman",
            "sales manager of A": "sales_team.group_sale_manager",
            "both managers of A": MANAGERS,
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
        cls.places = {
            cls.company: projects.create({"name": "A", "company_id": cls.company.id}),
            cls.other: projects.create({"name": "B", "company_id": cls.other.id}),
        }

    def _prepare(self, company):
        """Return a record of each kind that belongs to a company, and its values."""
        project, create = self.places[company], self._create_values
        task = self.create_task(project_id=project.id, company_id=company.id)
        line = {"audience": "customer", "company_id": company.id}
        log = {"operation": "service", "company_id": company.id, "state": "finished"}
        row = self.log.create(log)
        return {
            "default": create("crm.task.reminder.default", line),
            "preset": create(
                "crm.task.reminder.default", {**line, "project_id": project.id}
            ),
            "log": create("crm.task.reminder.log", log),
            "notice": create(
                "crm.task.reminder.notice", {"task_id": task.id, "audience": "customer"}
            ),
            "mark": create("crm.task.reminder.mark", {"log_id": row.id}),
            "batch": create("crm.task.reminder.batch", {"run_id": row.id}),
            "trial": create(
                "crm.task.reminder.trial",
                {"user_id": self.sender.id, "company_id": company.id},
            ),
            WINDOW: (company, {"company_id": company.id}),
            COMPANY: (company, {}),
        }

    def _create_values(self, model, values):
        return self.env[model].create(values), values

    # ------------------------------------------------------------------
    # What
    # ------------------------------------------------------------------

    def _read(self, env, record, _values):
        return self._find_by_api(env, record)

    def _write(self, env, record, values):
        name, value = next(iter(values.items()))
        record.with_env(env).write({name: value})

    def _create(self, env, record, values):
        if record._name == "crm.task.reminder.log":
            values = {**values, "state": "failed"}
        env[record._name].create(values)

    def _delete(self, env, record, _values):
        record.with_env(env).unlink()

    def _read_window(self, env, company, _values):
        window = env["crm.task.reminder.settings"]
        window = window.with_context(allowed_company_ids=company.ids)
        spec = {"reminder_enabled": {}, "reminder_user_id": {}}
        return "reminder_enabled" in window.onchange({}, [], spec)["value"]

    def _write_window(self, env, company, _values):
        windows = env["crm.task.reminder.settings"]
        window = windows.with_context(allowed_company_ids=company.ids).create({})
        window.reminder_notice_minutes = 9
        self.assertEqual(company.reminder_notice_minutes, 9)

    def _create_window(self, env, _company, values):
        settings = {"reminder_notice_minutes": 8, "reminder_plan_hour": 6}
        env["crm.task.reminder.settings"].create({**values, **settings})

    def _read_company(self, env, company, _values):
        names = [name for name in company._fields if name.startswith("reminder_")]
        shown = env["res.company"].fields_get(names)
        company.with_env(env).read(list(shown))
        return bool(shown)

    # ------------------------------------------------------------------
    # The table
    # ------------------------------------------------------------------

    def _get_attempt(self, column, letter):
        method = LETTERS[letter]
        if column in (WINDOW, COMPANY):
            method = f"{method}_{column}"
        return lambda env: getattr(self, method)(env, *self.records[column])

    def test_a01_records_of_the_own_company(self):
        self.records = self._prepare(self.company)
        self._assert_rows("of company A")

    def test_a01_records_of_another_company(self):
        self.records = self._prepare(self.other)
        self._assert_rows("of company B")

    def test_a04_nothing_that_a_user_may_name_keeps_a_record_from_being_read(self):
        """As when all fields are asked for, over the API or for an export."""
        self.company.reminder_customer_default = True
        task = self.create_task(self.line(), project_id=self.places[self.company].id)
        for record in (
            self.company,
            self.places[self.company],
            task,
            self.mail_server,
        ):
            own = [name for name in record._fields if name.startswith("reminder_")]
            for who, user in self.users.items():
                seen = record.with_user(user)
                if not seen.has_access("read"):
                    continue
                for name in seen.fields_get(own):
                    self.env.invalidate_all()
                    with self.subTest(model=record._name, who=who, name=name):
                        seen.read([name])

    def test_a04_window_that_names_a_company_is_refused_in_words(self):
        """Whatever a form asks for: it is told, or refused as what one may not read."""
        unknown_id = self.other.id + 1000
        asked = (
            ("sales manager of A", "crm.task.reminder.settings"),
            ("administrator of A", "crm.task.reminder.settings"),
            ("administrator of A", "res.config.settings"),
        )
        for who, model in asked:
            user = self.users[who]
            windows = self.env[model].with_user(user)
            windows = windows.with_context(allowed_company_ids=user.company_ids.ids)
            names = [name for name in windows.fields_get() if "reminder" in name]
            for company_id in (self.company.id, False, self.other.id, unknown_id):
                for changed in ([], ["company_id"]):
                    self.env.invalidate_all()
                    with self.subTest(who=who, model=model, company=company_id):
                        values = {"company_id": company_id}
                        spec = dict.fromkeys([*names, "company_id"], {})
                        with suppress(AccessError, MissingError):
                            windows.onchange(values, changed, spec)

    def test_a01_choice_of_a_project_is_its_managers(self):
        """In a project of no company each company has its own."""
        shared = self.env["project.project"].create({"name": "C", "company_id": False})
        theirs = self.env["crm.task.reminder.default"].create(
            {
                "audience": "customer",
                "project_id": shared.id,
                "company_id": self.other.id,
            }
        )
        self.env.flush_all()
        shared._set_reminder_choice(self.other, "own")
        manager = self.users["project manager of A"]
        project = shared.with_user(manager).with_context(
            allowed_company_ids=self.company.ids
        )
        project.reminder_preset = "none"
        self.assertEqual(shared._get_reminder_choice(self.company), "none")
        self.assertEqual(shared._get_reminder_choice(self.other), "own")
        self.assertFalse(project.reminder_default_customer_ids)
        for command in (
            Command.update(theirs.id, {"duration": 9}),
            Command.delete(theirs.id),
            Command.create({"company_id": self.other.id, "audience": "customer"}),
        ):
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                project.reminder_default_customer_ids = [command]
        for who in ("project user of A", "sales manager of A", "portal"):
            with self.subTest(who=who):
                seen = shared.with_user(self.users[who])
                with self.assertRaises(AccessError), self.env.cr.savepoint():
                    seen.reminder_preset = "none"
                with self.assertRaises(AccessError):
                    seen.read(["reminder_preset"])
