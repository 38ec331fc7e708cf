"""Each reason why a reminder may not go, as it is told to whoever asks."""

from odoo.tests import tagged

from ..tools.outcomes import REASONS
from .decision import DecisionCommon
from .decision_table import TABLE

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

    There is a test for each row of ``TABLE``.
    """

    def test_every_reason_has_a_row(self):
        reasons = {reason for reason, _label in REASONS}
        rows = [row.reason for row in TABLE]
        self.assertEqual(len(rows), len(set(rows)))
        self.assertEqual(reasons - FOUND_LATER, set(rows))

    def test_send_again_waits_for_a_sender(self):
        """Without one, there is nobody whose rights could be asked for."""
        task = self.create_tasks(TABLE[0])[0]
        row = self.rows(task)
        self.close_row(row, "failed", "refused")
        self.company.reminder_user_id = False
        row.with_user(self.clerk).action_send_again()
        self.assertEqual(row.state, "queued")


for _row in TABLE:
    setattr(
        TestDecision,
        f"test_{_row.reason}",
        lambda self, row=_row: self.assert_row(row),
    )
