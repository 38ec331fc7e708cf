"""A company of its own on the shared server, made and watched as another program would
do it: through the external API. Only the clock is moved behind Odoo's back.
"""

from datetime import datetime, timedelta, timezone
from itertools import count

from dev.machine.process import wait_until
from dev.office.json2 import ApiError, Json2Client
from dev.office.server import OdooServer

LOG = "crm.task.reminder.log"
REMINDER = "crm.task.reminder"
SERVICE = ("crm_task_reminder", "ir_cron_crm_task_reminder")
MANAGER = ("sales_team.group_sale_manager", "project.group_project_manager")

_numbers = count(1)

# All that is dated about a task moves into the past together, as if time had passed.
MOVE_TASK = "UPDATE project_task SET planned_date_begin = planned_date_begin - %s "
MOVE_LINES = (
    "UPDATE crm_task_reminder SET due_at = due_at - %s, set_at = set_at - %s "
    "WHERE task_id = ANY(%s)"
)
MOVE_SWITCH = (
    "UPDATE res_company SET reminder_enabled_at = reminder_enabled_at - %s "
    "WHERE id = %s"
)
# Odoo counts in whole seconds when it says when a job is next.
RUN_SERVICE = (
    "UPDATE ir_cron SET nextcall = date_trunc('second', now() AT TIME ZONE 'UTC') "
    "FROM ir_model_data WHERE res_id = ir_cron.id AND module = %s AND name = %s"
)
# A run sets the time of the next one when it ends.
HAS_RUN = (
    "SELECT nextcall > now() AT TIME ZONE 'UTC' FROM ir_cron, ir_model_data "
    "WHERE res_id = ir_cron.id AND module = %s AND name = %s"
)


def format_time(moment: datetime) -> str:
    """Return a moment as Odoo's API writes it: UTC, without a zone."""
    return moment.astimezone(timezone.utc).strftime("%Y-%m-%d %H:%M:%S")


def in_future(**duration: int) -> str:
    """Return the moment that is `duration` (as of `timedelta`) away, for the API."""
    return format_time(datetime.now(timezone.utc) + timedelta(**duration))


class Office:
    """A company, the people in it and its tasks."""

    def __init__(
        self, server: OdooServer, client: Json2Client, name: str = "", **values
    ):
        """Make the company.

        :param client: the administrator, who becomes a user of the company
        :param values: further values of the company
        """
        self.server = server
        self.client = client
        self.name = name or f"Office {next(_numbers)}"
        self.company = client.create("res.company", name=self.name, **values)
        [admin] = client.read("res.users", [("login", "=", "admin")], ["id"])
        link = [[4, self.company]]
        client.write("res.users", [admin["id"]], company_ids=link)

    def ref(self, xmlid: str) -> int:
        """Return the id of the record with an external id."""
        module, name = xmlid.split(".")
        domain = [("module", "=", module), ("name", "=", name)]
        return self.client.read("ir.model.data", domain, ["res_id"])[0]["res_id"]

    def create_user(self, login: str, groups: tuple[str, ...] = MANAGER, **values):
        """Create a user of this company alone, whose password is the login.

        :param groups: external ids; that of internal users comes with them
        """
        wanted = ["base.group_user", *groups]
        return self.client.create(
            "res.users",
            login=login,
            password=login,
            company_id=self.company,
            company_ids=[[6, 0, [self.company]]],
            group_ids=[[6, 0, [self.ref(group) for group in wanted]]],
            **{"name": login.title(), "email": f"{login}@example.com", **values},
        )

    def account(self, name: str = "mailbox") -> int:
        """Return the id of an outgoing mail server by its name."""
        return self.client.read("ir.mail_server", [("name", "=", name)], ["id"])[0][
            "id"
        ]

    def switch_on(self, sender: int, account: str = "mailbox", **values) -> None:
        """Switch the automat on, with the sender's password, which is the login.

        :param values: further reminder settings of the company
        """
        [user] = self.client.read("res.users", [("id", "=", sender)], ["login"])
        settings = {
            "reminder_enabled": True,
            "reminder_user_id": sender,
            "reminder_password": user["login"],
            "reminder_mail_server_id": self.account(account),
            **values,
        }
        self.client.call(
            "crm.task.reminder.settings",
            "create",
            vals_list=[settings],
            context={"allowed_company_ids": [self.company]},
        )

    def create_project(self, name: str = "Project", **values) -> int:
        """Create a project of this company."""
        return self.client.create(
            "project.project", name=name, company_id=self.company, **values
        )

    def create_customer(self, name: str = "Anna Nowak", **values) -> int:
        """Create a customer, whose phone number is written as in Poland."""
        login = name.partition(" ")[0].lower()
        return self.client.create(
            "res.partner",
            name=name,
            **{
                "email": f"{login}@customer.example",
                "phone": "600 100 200",
                "country_id": self.ref("base.pl"),
                "company_id": self.company,
                **values,
            },
        )

    def create_task(self, *lines: tuple[str, str], **values) -> int:
        """Create a task that starts in two days.

        :param lines: its reminders, an hour before: audience and channel of each
        """
        reminders = {
            f"reminder_{audience}_ids": [
                [0, 0, self._line(audience, channel)]
                for wanted, channel in lines
                if wanted == audience
            ]
            for audience in ("customer", "operator")
        }
        start = in_future(days=2)
        task = {"name": "Hedge", "planned_date_begin": start, **reminders, **values}
        return self.client.create("project.task", **task)

    def _line(self, audience: str, channel: str) -> dict:
        """Return the values of a reminder an hour before, with the addon's template."""
        prefix = {"sms": "sms_template", "email": "mail_template"}[channel]
        return {
            "audience": audience,
            "channel": channel,
            "duration": 1,
            "duration_unit": "hours",
            f"{prefix}_id": self.ref(f"crm_task_reminder.{prefix}_{audience}"),
        }

    def get_start(self, task: int) -> datetime:
        """Return when a task starts, in UTC."""
        rows = self.client.read(
            "project.task", [("id", "=", task)], ["planned_date_begin"]
        )
        start = datetime.fromisoformat(rows[0]["planned_date_begin"])
        return start.replace(tzinfo=timezone.utc)

    def make_due(self, *tasks: int) -> None:
        """Let the time pass in which the reminders of `create_task` fall due."""
        self.pass_time(list(tasks), days=1, hours=23, minutes=10)

    def pass_time(self, tasks: list[int], **duration: float) -> None:
        """Let `duration` (as of `timedelta`) pass for these tasks, and run the service.

        It is the cron threads of the server that run it.
        """
        self.move_time(tasks, **duration)
        self.run_service()

    def move_time(self, tasks: list[int], **duration: int) -> None:
        """Let `duration` (as of `timedelta`) pass for these tasks."""
        span = timedelta(**duration)
        self.execute(f"{MOVE_TASK} WHERE id = ANY(%s)", [span, tasks])
        self.execute(MOVE_LINES, [span, span, tasks])
        self.execute(MOVE_SWITCH, [span, self.company])

    def run_service(self) -> None:
        """Let the server's cron threads run the service now, and wait until it ran."""
        self.start_service()
        wait_until(lambda: self.execute(HAS_RUN, list(SERVICE)) == [(True,)], 60)

    def start_service(self) -> None:
        """Let the server's cron threads begin to run the service now."""
        self.execute(RUN_SERVICE, list(SERVICE))
        self.server.wake_cron()

    def is_reachable(self) -> bool:
        """Return whether the server answers a call that needs the database."""
        try:
            return bool(self.client.count("res.company", []))
        except ApiError:
            return False

    def wait_for_log(self, task: int, number: int = 1, seconds: float = 90) -> list:
        """Wait until the log has `number` finished rows of a task; return all it has.

        The rows are in the order in which they were written.
        """

        def read() -> list[dict]:
            fields = ["state", "reason", "operation", "channel", "address", "detail"]
            return self.client.read(LOG, [("task_id", "=", task)], fields, order="id")

        def finished() -> bool:
            rows = [row for row in read() if row["state"] not in ("queued", "sending")]
            return len(rows) >= number

        wait_until(finished, seconds, pause=0.5)
        return read()

    def execute(self, sql: str, parameters: list) -> list[tuple]:
        """Read or change the database behind Odoo's back, as time does."""
        return self.server.environment.postgres.query(
            sql, parameters, database=self.server.database
        )
