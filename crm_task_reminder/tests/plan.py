"""What the tests of the morning plan have in common."""

from datetime import timedelta

from .window import WindowCommon


class PlanCommon(WindowCommon):
    """A company with a morning plan at 9:00; NOW is Tuesday, 8:00 in Warsaw."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.mail_template = cls.env.ref("crm_task_reminder.mail_template_plan")
        cls.sms_template = cls.env.ref("crm_task_reminder.sms_template_plan")
        cls.customer.write({"street": "Polna 1", "zip": "00-001", "city": "Warszawa"})

    def setUp(self):
        super().setUp()
        self.set_plan()

    def set_plan(self, choice="beside", hour=9.0, mail=True, sms=False):
        self.company.write(
            {
                "reminder_plan": choice,
                "reminder_plan_hour": hour,
                "reminder_plan_mail_template_id": mail and self.mail_template.id,
                "reminder_plan_sms_template_id": sms and self.sms_template.id,
            }
        )

    def switch_other_on(self):
        """Let the other company send the same plan, by a sender of its own."""
        sender = self._create_user("otto", "Otto Operator", company=self.other)
        self._switch_on(self.other, sender, self._create_mail_server("B"))
        self.other.write(
            {
                "reminder_plan": "beside",
                "reminder_plan_hour": 9.0,
                "reminder_plan_mail_template_id": self.mail_template.id,
            }
        )

    def add(self, name, hours, *lines, **values):
        """Create a task that starts in so many hours."""
        return self.create_task(
            *lines, name=name, starts_in=timedelta(hours=hours), **values
        )

    def add_for_two(self, *lines):
        """Create tasks of two people who share number and address; return the second.

        :param lines: of the second one's task
        """
        second = self._create_user("second", "Sara Second")
        second.partner_id.phone = self.assignee.partner_id.phone
        second.partner_id.email = self.assignee.partner_id.email
        self.add("Mow the lawn", 5)
        self.add("Cut the hedge", 6, *lines, user_ids=second.ids)
        return second

    def run_morning(self, **options):
        """Let an hour pass, after which the morning has begun, and run the service."""
        self.pass_time(hours=1)
        self.run_service(**options)

    def plans(self):
        """Return the rows of all plans, the oldest first."""
        return self.log.search([("plan_day", "!=", False)], order="id")

    def reasons(self):
        """Return the form of each plan, and why it was not sent or else its state."""
        return self.plans().mapped(lambda row: (row.channel, row.reason or row.state))
