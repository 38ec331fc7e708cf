"""What a worker that died had in hand, for the tests."""

from unittest.mock import patch

from ..tools.errors import ReminderError, TemporaryError, UnconfirmedError
from ..tools.marks import Fact
from .common import ReminderCommon

#: What a mark may say of a message.
OUTCOMES = {
    "accepted": (None, "250 2.0.0 Ok: queued as 4711"),
    "refused": (ReminderError("refused", "550 No such user"), ""),
    "later": (TemporaryError("mail_server", "451 Greylisted"), ""),
    "doubtful": (UnconfirmedError("no_answer", "Connection lost"), ""),
}


class InHandCommon(ReminderCommon):
    """Messages that a worker had in hand when it died, and what their marks say."""

    def _die(self, count, channel="email", begun=(), outcomes=None, crashed=False):
        """Have a worker die with messages in hand; return their rows.

        :param begun: positions of those that have begun to leave
        :param dict outcomes: position → what was answered
        :param bool crashed: whether PostgreSQL has crashed as well
        """
        lines = [
            self.line(channel=channel, duration=60 + number, unit="minutes")
            for number in range(count)
        ]
        task = self.create_task(*lines)
        self.pass_time(hours=1)
        with self._nothing_leaves():
            self.run_service(sms_error="jsonrpc_exception")
        rows = self.rows(task).sorted("id")
        self.assertEqual(rows.mapped("state"), ["queued"] * count)
        rows.write({"next_attempt_at": False, "attempt_count": 0, "reason": False})
        run = self.log.create(
            {
                "operation": "service",
                "company_id": self.company.id,
                "state": "running",
            }
        )
        rows.write({"state": "sending", "run_id": run.id})
        marks = self.env["crm.task.reminder.mark"]
        marks._plan(rows)
        for position, row in enumerate(rows):
            mark = marks.search([("log_id", "=", row.id)])
            mark.has_begun = position in begun
            if outcome := (outcomes or {}).get(position):
                mark.write({"has_begun": True, "outcome": Fact(True, outcome).dump()})
        if crashed:
            # PostgreSQL does so itself
            self.env["crm.task.reminder.era"].search([]).unlink()
        return rows

    def _nothing_leaves(self):
        servers = self.env.registry["ir.mail_server"]
        error = TemporaryError("mail_server", "down")
        return patch.object(servers, "_open_reminder_session", side_effect=error)
