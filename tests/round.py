"""Many customers who are to be reminded at the same time."""

from dev.machine.process import wait_until
from dev.office.mailbox import Mailbox
from dev.office.sms_gateway import SmsGateway
from tests.office import LOG, Office, in_future

STATES = [
    *("state", "reason", "detail", "attempt_count", "next_attempt_at"),
    *("address", "part_count"),
]


class Round:
    """Some customers of a company who are all to be reminded at the same time."""

    def __init__(self, office: Office, number: int, channels: tuple[str, ...]):
        self.office = office
        self.client = office.client
        self.customers = self._create_customers(number)
        self.tasks = self._create_tasks(channels)

    def _create_customers(self, number: int) -> list[int]:
        values = [
            {
                "name": f"Customer {index}",
                "email": f"customer{index}@office{self.office.company}.example",
                "phone": f"+48600{self.office.company:03}{index:03}",
            }
            for index in range(number)
        ]
        return self.client.call("res.partner", "create", vals_list=values)

    def _create_tasks(self, channels: tuple[str, ...]) -> list[int]:
        templates = {
            "sms": "crm_task_reminder.sms_template_customer",
            "email": "crm_task_reminder.mail_template_customer",
        }
        lines = [
            {
                "audience": "customer",
                "channel": channel,
                "duration": 1,
                "duration_unit": "hours",
                f"{field}_template_id": self.office.ref(templates[channel]),
            }
            for channel, field in (("sms", "sms"), ("email", "mail"))
            if channel in channels
        ]
        project = self.office.create_project()
        values = [
            {
                "name": "Hedge",
                "project_id": project,
                "partner_id": customer,
                "planned_date_begin": in_future(hours=2),
                "reminder_customer_ids": [[0, 0, line] for line in lines],
            }
            for customer in self.customers
        ]
        return self.client.call("project.task", "create", vals_list=values)

    def is_own(self, address: str) -> bool:
        """Return whether an address or a number is one of these customers'."""
        company = self.office.company
        domain, prefix = f"@office{company}.example", f"+48600{company:03}"
        return address.endswith(domain) or address.startswith(prefix)

    def mails_in(self, mailbox: Mailbox) -> list[str]:
        """Return whom mails were sent to, as often as they were.

        What other companies of the same server send meanwhile is left out.
        """
        sent = (mail.envelope_to[0] for mail in mailbox.mails)
        return sorted(filter(self.is_own, sent))

    def texts_at(self, gateway: SmsGateway) -> list[str]:
        """Return at which numbers SMS arrived, as often as they did."""
        sent = (sms.number for sms in gateway.messages)
        return sorted(filter(self.is_own, sent))

    def fall_due(self) -> None:
        """Let the time of the reminders come, and the service run."""
        self.office.pass_time(self.tasks, hours=1, minutes=1)

    def let_time_pass(self) -> None:
        """Let the time of the reminders come, and nothing else happen."""
        self.office.move_time(self.tasks, hours=1, minutes=1)

    def rows(self, **conditions: str) -> list[dict]:
        """Return the rows of the log about these tasks."""
        domain = [("task_id", "in", self.tasks)]
        domain += [(name, "=", value) for name, value in conditions.items()]
        return self.client.read(LOG, domain, STATES, order="id")

    def wait_for(self, number: int, **conditions: str) -> list[dict]:
        """Wait for that many rows with these values, and return them."""
        wait_until(lambda: len(self.rows(**conditions)) == number, 60, pause=0.3)
        rows = self.rows(**conditions)
        assert len(rows) == number, self.rows()
        return rows

    def find_runs(self) -> set[int]:
        """Return the runs of the service that have sent these, or have them in hand."""
        taken = [("task_id", "in", self.tasks), ("state", "in", ("sending", "sent"))]
        rows = self.client.read(LOG, taken, ["run_id"])
        return {row["run_id"][0] for row in rows}

    def try_again(self) -> None:
        """Let the pause after a fault pass, and the service run."""
        self.office.execute(
            "UPDATE crm_task_reminder_log SET next_attempt_at = next_attempt_at "
            "- interval '2 hours' WHERE task_id = ANY(%s)",
            [self.tasks],
        )
        self.office.run_service()
