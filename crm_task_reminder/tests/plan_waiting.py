"""What the tests of morning plans that wait have in common."""

from .plan import PlanCommon

REFUSED = "wrong_number_format"


class PlanWaitingCommon(PlanCommon):
    """The plan by SMS at 9:00, the single reminders of its tasks by e-mail."""

    def setUp(self):
        super().setUp()
        self.set_plan("instead", mail=False, sms=True)

    def add_due_with_plan(self, **values):
        """Create a task whose single reminder is due at 9:00, as the plan is."""
        line = self.line("operator", "email")
        return self.add("Mow the lawn", 2, line, **values)

    def run_on(self, times=3, minutes=5, **options):
        """Let time pass and the service run; return the subjects of all mails."""
        subjects = []
        for _time in range(times):
            self.pass_time(minutes=minutes)
            self.run_service(**options)
            subjects += [mail["subject"] for mail in self.mails]
        return subjects

    def reasons_of(self, task):
        """Return the reason, or else the state, of each of the tasks' rows."""
        rows = self.log.search([("task_id", "in", task.ids)], order="id")
        return [row.reason or row.state for row in rows]
