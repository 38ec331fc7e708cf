"""What a customer's answer keeps from being sent, as it is told to whoever asks."""

from odoo.addons.crm_task_reminder.tests.decision import DecisionCommon
from odoo.addons.crm_task_reminder.tests.decision_table import Row
from odoo.tests import tagged

from ..models.condition.crm_task_reminder import REASONS
from .common import ReplyCommon


def answer(kind):
    """Return a function that lets the customer answer about tasks."""
    return lambda test, tasks: [test.answer(task, kind) for task in tasks]


def opt_out(test, tasks):
    """Let the customer ask for no more reminders of tasks."""
    for task in tasks:
        test.links.create(
            {
                "task_id": task.id,
                "company_id": test.company.id,
                "partner_id": test.customer.id,
                "channel": "sms",
                "address": "+48600100200",
                "start": task.planned_date_begin,
                "token_hash": f"hash of {task.id}",
                "opted_out": "task",
                "opted_out_at": test.now,
            }
        )


TABLE = [
    Row("confirmed", answer("coming")),
    Row("declined", answer("declined")),
    Row("answered", answer("other"), line={"answer_condition": "unless_answered"}),
    Row("opted_out", opt_out),
]


@tagged("post_install", "-at_install")
class TestReplyDecision(ReplyCommon, DecisionCommon):
    """Whoever asks why a reminder may not go is told of the same answer.

    There is a test for each row of ``TABLE``.
    """

    def test_every_answer_that_keeps_a_reminder_has_a_row(self):
        answers = {reason for kinds in REASONS.values() for reason in kinds.values()}
        self.assertEqual({row.reason for row in TABLE}, {*answers, "opted_out"})


for _row in TABLE:
    setattr(
        TestReplyDecision,
        f"test_{_row.reason}",
        lambda self, row=_row: self.assert_row(row),
    )
