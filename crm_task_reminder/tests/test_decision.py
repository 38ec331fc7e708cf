"""Each reason why a reminder may not go, as it is told to whoever asks."""

from html import unescape

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..tools.outcomes import REASONS, get_refused_state
from .decision import DecisionCommon
from .decision_table import COMPANY, GOES, HIDDEN, PUT_OFF, STATE, TABLE, UNASKED

#: What can't be decided beforehand: it comes up while a message is written, while it
#: waits, when it is handed over, or after that.
FOUND_LATER = {
    *("template_error", "error"),
    *("moved", "removed", "readdressed", "renewed", "replaced", "cancelled", "limit"),
    "address_limit",
    # of a line that is repeated, see ``test_repeats``
    "next_time",
    *("interrupted", "no_answer", "mail_server", "invalid_sender", "bounced", "spam"),
    *("sms_gateway", "no_credit", "country", "refused", "expired"),
    # see ``test_parts`` and ``test_undelivered``
    *("daily_limit", "undelivered"),
}


@tagged("post_install", "-at_install")
class TestDecision(DecisionCommon):
    """Whoever asks why a reminder may not go is told the same.

    The askers are the queue, a message that waits, *send now*, the tab and the preview.
    There is a test for each row of ``TABLE``.
    """

    def test_every_reason_has_a_row(self):
        reasons = {reason for reason, _label in REASONS}
        rows = [row.reason for row in TABLE]
        self.assertEqual(len(rows), len(set(rows)))
        self.assertEqual(reasons - FOUND_LATER, set(rows))

    def test_send_again_waits_for_an_operator(self):
        """Without one, there is nobody whose rights could be asked for."""
        task = self.create_tasks(TABLE[0])[0]
        row = self.rows(task)
        self.close_row(row, "failed", "refused")
        self.company.reminder_user_id = False
        row.with_user(self.clerk).action_send_again()
        self.assertEqual(row.state, "queued")

    def assert_row(self, row):
        tasks = getattr(self, row.create)(row)
        row.bring_about(self, tasks)
        self.env.flush_all()
        self.env.invalidate_all()
        label = dict(REASONS)[row.reason]
        for asker in ("tab", "preview", "send_now"):
            answer = getattr(row, asker) or label
            with self.subTest(asker=asker, reason=row.reason):
                getattr(self, f"_assert_{asker}")(answer)
        self.pass_time(minutes=2)
        self.run_service()
        for asker in ("queue", "waiting"):
            answer = getattr(row, asker) or row.reason
            with self.subTest(asker=asker, reason=row.reason):
                self._assert_row(getattr(self, ASKED[asker]), answer, row.reason)
        if row.send_now == GOES:
            self.assertEqual(self.rows(self.asked).state, "sent")

    # ------------------------------------------------------------------
    # The askers
    # ------------------------------------------------------------------

    def _assert_tab(self, answer):
        task = self.due.with_user(self.clerk)
        [line] = task.reminder_ids.sorted("id")[-1:]
        people = self.people(task, line.audience)
        text = f"{people} {task.reminder_trouble}"
        self.assertEqual(task.reminder_enabled, answer != HIDDEN)
        if answer == STATE:
            self.assertIn(line.state, ("waiting", "cancelled"))
        elif answer != HIDDEN:
            self.assertIn(answer, unescape(text))

    def _assert_preview(self, answer):
        previews = self.env["crm.task.reminder.preview"].with_user(self.clerk)
        newest = self.due.reminder_ids.sorted("id")[-1]
        preview = previews.create({"reminder_id": newest.id})
        self.assertIn(answer, unescape(preview.content))

    def _assert_send_now(self, answer):
        reminder = self.asked.reminder_ids.sorted("id")[-1].with_user(self.clerk)
        if answer == GOES:
            reminder.action_send_now()
        else:
            with self.assertRaises(UserError) as refusal:
                reminder.action_send_now()
            self.assertIn(answer, str(refusal.exception))

    def _assert_row(self, task, answer, reason):
        """Assert what the log says of a task after a run of the service."""
        row = self.rows(task).filtered("reminder_id")[:1]
        outcomes = {
            UNASKED: (False, False),
            GOES: ("sent", False),
            PUT_OFF: ("queued", reason),
        }
        if answer == COMPANY:
            self.assertIn(row.state, (False, "queued"))
            run = [("operation", "=", "service"), ("company_id", "=", self.company.id)]
            self.assertEqual(self.log.search(run, limit=1).reason, reason)
        else:
            refused = (get_refused_state(answer), answer)
            outcome = outcomes.get(answer, refused)
            self.assertEqual((row.state, row.reason), outcome)


#: Which of the tasks the queue, and a message that waits, are asked about.
ASKED = {"queue": "due", "waiting": "waiting"}

for _row in TABLE:
    setattr(
        TestDecision,
        f"test_{_row.reason}",
        lambda self, row=_row: self.assert_row(row),
    )
