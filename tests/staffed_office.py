"""A company with somebody of each kind: customer, sender, worker, employee."""

from tests.office import Office


class StaffedOffice(Office):
    """An office with somebody of each kind, whose automat is on."""

    def __init__(self, *arguments, account: str = "mailbox", **values):
        super().__init__(*arguments, **values)
        mark = self.name.rpartition(" ")[2]
        self.login = f"operator{mark}"
        self.sender = self.create_user(
            self.login, name="Olga Operator", tz="Europe/Warsaw"
        )
        self.worker = self.create_user(
            f"worker{mark}",
            ("project.group_project_user",),
            phone="600 100 201",
            tz="Europe/Helsinki",
        )
        self.employee = self.client.create(
            "hr.employee",
            name="Ewa Employee",
            company_id=self.company,
            work_email=f"ewa{mark}@example.com",
            mobile_phone="600 100 202",
        )
        self.customer = self.create_customer(f"Anna{mark} Nowak", tz="Europe/Warsaw")
        self.project = self.create_project()
        self.switch_on(self.sender, account)

    def create_task(self, *lines, **values):
        """Create a task for everybody here."""
        everybody = {
            "project_id": self.project,
            "partner_id": self.customer,
            "user_ids": [[6, 0, [self.worker]]],
            "reminder_employee_ids": [[6, 0, [self.employee]]],
        }
        return super().create_task(*lines, **{**everybody, **values})

    def emails(self, *people: str) -> set[str]:
        """Return the addresses of these: anna, worker, ewa."""
        mark = self.name.rpartition(" ")[2]
        domain = {"anna": "customer.example"}
        return {f"{who}{mark}@{domain.get(who, 'example.com')}" for who in people}


def find_poland(client) -> int:
    return client.read("res.country", [("code", "=", "PL")], ["id"])[0]["id"]
