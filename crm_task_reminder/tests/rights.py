"""Who may do what with whose records: what the tables of rights have in common."""

from contextlib import ExitStack, suppress

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

from .borders import CompaniesCommon
from .common import ReminderCommon


class TableCommon(ReminderCommon):
    """A table of what is allowed, of which each cell is tried out.

    A block of ``table`` has the actions in its head and a user in each row, one of
    ``users``. A cell is ``+`` or ``-``, or has a letter for each of read, write, create
    and delete that is allowed, ``.`` for the others.
    """

    table = ""
    users = {}
    #: What a client says besides in the context of its requests.
    context = {}

    def _get_attempt(self, column, letter):
        """Return what a cell is about, a function of the environment of a user.

        It is refused if it raises what a user reads, or returns False.

        :param str column: as in the head of the block
        :param str letter: one of those of the cell
        """
        return getattr(self, f"_{column}")

    def _find_by_api(self, env, record):
        """Tell whether any way of the API finds a record."""
        model, this = env[record._name], [("id", "=", record.id)]
        ways = (
            lambda: record.with_env(env).read(),
            lambda: record.with_env(env).export_data(["id", "display_name"])["datas"],
            lambda: model.search(this),
            lambda: model.search_read(this, ["display_name"]),
            lambda: model.search_count(this),
            lambda: model.name_search("", this),
            lambda: model.formatted_read_group(this, [], ["__count"])[0]["__count"],
            lambda: record.with_env(env).web_read({"display_name": {}}),
        )
        found = []
        for way in ways:
            with suppress(AccessError, UserError):
                found.append(bool(way()))
        return any(found)

    def _is_allowed(self, who, attempt):
        """Tell what comes of an attempt, and leave everything as it was."""
        user = self.users[who]
        context = {"allowed_company_ids": user.company_ids.ids, **self.context}
        env = self.env(user=user, context=context)
        with ExitStack() as stack:
            stack.enter_context(self.mock_mail_gateway())
            stack.enter_context(self.mockSMSGateway())
            self.env.flush_all()
            self.env.invalidate_all()
            savepoint = stack.enter_context(self.env.cr.savepoint(flush=False))
            try:
                is_refused = attempt(env) is False
                self.env.flush_all()
                return not is_refused
            except (AccessError, UserError) as error:
                self.assertTrue(str(error).strip())
                return False
            finally:
                savepoint.rollback()
                self.env.cr.clear()
                self.env.invalidate_all(flush=False)

    def _try(self, who, column, wanted):
        """Return what a cell is to say, in the way of the one that is there."""
        is_yes_or_no = wanted in ("+", "-")
        letters = "+" if is_yes_or_no else "rwcd"[: len(wanted)]
        refused = "-" if is_yes_or_no else "."
        return "".join(
            one if self._is_allowed(who, self._get_attempt(column, one)) else refused
            for one in letters
        )

    def _assert_rows(self, heading):
        block = next(one for one in self.table.split("\n\n") if heading in one)
        head, *rows = block.strip().splitlines()
        columns = head[26:].split()
        for row in rows:
            who, cells = row[:26].strip(), row[26:].split()
            wanted = dict(zip(columns, cells, strict=True))
            found = {
                column: self._try(who, column, cell) for column, cell in wanted.items()
            }
            with self.subTest(heading=heading, who=who):
                self.assertEqual(found, wanted)


class RightsCommon(TableCommon, CompaniesCommon):
    """Users of all kinds, and tasks of all kinds."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
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
        # the sender may read it: else there would be no message to correct
        self.task = self.create_task(
            self.line(),
            user_ids=[Command.set((self.assignee + self.sender).ids)],
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
        partners = (self.assignee + self.sender + self.users["its follower"]).partner_id
        self.task.message_unsubscribe((self.task.message_partner_ids - partners).ids)
        self.task.message_subscribe(partners.ids)
