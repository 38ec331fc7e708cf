"""What the tests of the second way have in common."""

from .common import ReminderCommon

MAIL = "karol@klient.example"


class SecondWayCommon(ReminderCommon):
    """A company whose customers get an e-mail where an SMS is not possible."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.reminder_sms_second_way = "email"

    def states(self, task):
        return [(row.channel, row.state, row.reason) for row in self.rows(task)]

    def send_refused(self, error="wrong_number_format", **values):
        task = self.create_task(self.line(), **values)
        self.pass_time(hours=1)
        self.run_service(sms_error=error)
        return task
