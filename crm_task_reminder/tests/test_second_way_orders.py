import random

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import ReminderCommon

ROUNDS = 40
STEPS = 8
#: What the gateway answers; None: it takes all.
ANSWERS = (None, "wrong_number_format", "insufficient_credit", "unregistered")
#: What Odoo's receipt says later of an SMS.
RECEIPTS = (
    {"notification_status": "sent"},
    {"notification_status": "bounce", "failure_type": "sms_not_delivered"},
    {"notification_status": "exception", "failure_type": "sms_rejected"},
)


@tagged("post_install", "-at_install")
class TestSecondWayOrders(ReminderCommon):
    """In whatever order failures, receipts and people come: nobody gets both forms."""

    def setUp(self):
        super().setUp()
        self.company.write(
            {
                "reminder_sms_second_way": "email",
                "reminder_address_hourly_limit": 0,
                "reminder_address_daily_limit": 0,
            }
        )

    def test_nobody_gets_both_and_somebody_who_can_be_reached_gets_one(self):
        dice = random.Random(20261126)  # noqa: S311  # an order to repeat, no secret
        with mute_logger("odoo.addons.crm_task_reminder"):
            for _round in range(ROUNDS):
                self._play(dice)

    def _play(self, dice):
        task = self.create_task(self.line())
        self.mail_count = 0
        self.pass_time(hours=1)
        self._do_run(dice)
        steps = (self._do_run, self._do_receipt, self._do_send_again, self._do_send_now)
        for _step in range(STEPS):
            dice.choice(steps)(dice, task)
        self._do_run(dice, task, answer=None)
        self._do_run(dice, task, answer=None)
        rows = self.log.search([("task_id", "=", task.id)])
        story = rows.mapped(lambda row: f"{row.channel} {row.state} {row.reason}")
        by_sms = rows.filtered(lambda row: row.channel == "sms")
        is_told = any(row.state in ("sent", "delivered") for row in by_sms)
        self.assertEqual(self.mail_count, 0 if is_told else 1, story)
        self.assertFalse(rows.filtered("seeks_second_way"), story)

    def _do_run(self, dice, task=None, answer=""):
        self.run_service(sms_error=dice.choice(ANSWERS) if answer == "" else answer)
        self.mail_count += len(self.mails)

    def _do_receipt(self, dice, task):
        """A receipt comes. None calls an SMS delivered that was given up for lost."""
        row = self.log.search([("task_id", "=", task.id), ("channel", "=", "sms")])[:1]
        receipt = dice.choice(RECEIPTS)
        if row.state == "sent" or (row.state == "failed" and not self.mail_count):
            row.notification_id.write(receipt)

    def _do_send_again(self, dice, task):
        rows = self.log.search([("task_id", "=", task.id), ("state", "=", "failed")])
        try:
            rows.action_send_again()
        except UserError:
            return

    def _do_send_now(self, dice, task):
        try:
            task.reminder_ids.action_send_now()
        except UserError:
            return
