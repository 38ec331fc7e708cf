from contextlib import suppress
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools.errors import ReminderError
from ..tools.outcomes import COMING_BACK
from ..tools.transaction import claim

#: Minutes after which a message that could not be handed over is tried again: 1, 2, 4…
LONGEST_PAUSE = 60
SHORTEST_PAUSE = timedelta(minutes=1)
#: How long what was checked when a message was written counts for its hand-over.
FRESH_FOR = timedelta(minutes=1)
#: After how long it is looked again whether an address may get another message.
HELD_FOR = timedelta(minutes=10)

#: What a person may do with a message that is in one of these states.
CAN_SEND_AGAIN = ("failed", "unconfirmed")
CAN_MARK_SENT = ("unconfirmed",)


class CrmTaskReminderHandOver(models.AbstractModel):
    """The way of a ledger row from queued to handed over, or to the reason why not."""

    _name = "crm.task.reminder.hand.over"
    _description = "Task Reminder Hand-over"

    attempt_count = fields.Integer(
        string="Failed Attempts",
        readonly=True,
        help="How often the mail server or the gateway could not take it.",
    )
    next_attempt_at = fields.Datetime(
        string="Next Attempt", readonly=True, help="Until when it waits after a fault."
    )

    # ------------------------------------------------------------------
    # The service's part
    # ------------------------------------------------------------------

    @api.model
    def _claim_queued(self, company, channel, limit):
        """Lock the next messages that wait to be handed over.

        :param res.company company:
        :param str channel: ``sms`` or ``email``
        :param int limit: number of messages at most
        :return crm.task.reminder.log: locked until the end of the transaction
        """
        if company.reminder_hourly_limit and not company._take_reminder_turn():
            return self.browse()  # the other worker goes on with them
        limit = self._get_quota(company, limit)
        if not limit:
            return self.browse()
        domain = self._get_queued_domain(company, [channel])
        return claim(self, domain, order="id", limit=limit)

    @api.model
    def _get_quota(self, company, limit):
        """Return how many messages the company may send now, at most ``limit``.

        :param res.company company: whose messages per hour may be limited
        :param int limit: number of messages
        :return int: 0 when the limit of this hour is reached
        """
        if not company.reminder_hourly_limit:
            return limit
        an_hour_ago = fields.Datetime.now() - timedelta(hours=1)
        recent = [
            ("company_id", "=", company.id),
            "|",
            ("handed_over_at", ">", an_hour_ago),
            ("state", "=", "sending"),
        ]
        trials = self.env["crm.task.reminder.trial"]
        sent = self.search_count(recent)
        sent += trials._count_recent([("company_id", "=", company.id)])
        left = company.reminder_hourly_limit - sent
        return max(min(limit, left), 0)

    def _hold_back(self, company):
        """Return the messages that may leave now; put the others off for a while.

        One address gets no more of a company than its limits per hour and per day.

        :param res.company company: whose messages they are
        """
        held = self.browse()
        for limit, span in (
            (company.reminder_address_hourly_limit, timedelta(hours=1)),
            (company.reminder_address_daily_limit, timedelta(days=1)),
        ):
            if not limit:
                continue
            counts = self._count_by_address(company, span)
            for row in self.sorted("id"):
                counts[row.address] = counts.get(row.address, 0) + 1
                if counts[row.address] > limit:
                    held |= row
        held._set_state("queued", "address_limit")
        held.write({"next_attempt_at": fields.Datetime.now() + HELD_FOR})
        return self - held

    def _count_by_address(self, company, span):
        """Return how many messages have left to the rows' addresses lately.

        :param timedelta span: how far to look back
        :return dict[str, int]: only addresses that got one
        """
        recent = [
            ("company_id", "=", company.id),
            ("address", "in", self.mapped("address")),
            ("handed_over_at", ">", fields.Datetime.now() - span),
        ]
        return dict(self._read_group(recent, ["address"], ["__count"]))

    @api.model
    def _get_queued_domain(self, company, channels):
        """Return the domain that the partial index ``_queued_idx`` serves."""
        return [
            ("company_id", "=", company.id),
            ("channel", "in", channels),
            ("state", "=", "queued"),
            "|",
            ("next_attempt_at", "=", False),
            ("next_attempt_at", "<=", fields.Datetime.now()),
        ]

    def _drop_outdated(self):
        """Close the messages that have waited too long; return the others.

        A message waits when its mail server or gateway is out of order, when the limit
        of the hour is reached or when the service was stopped. Meanwhile its task may
        have started, moved or ended, and the one to remind or the operator may be
        somebody else.
        """
        results = self._get_outdated_results()
        for row in self.filtered(lambda row: row not in results):
            if not row._is_from_operator():
                results[row] = "skipped", "renewed"
        self._drop(results)
        return self.filtered(lambda row: row not in results)

    @api.model
    def _drop_queued(self, companies):
        """Close all that waits to be handed over.

        :param res.company companies: whose reminders have been switched off
        """
        rows = self.search(
            [("company_id", "in", companies.ids), ("state", "=", "queued")]
        )
        self._drop(dict.fromkeys(rows, ("skipped", "cancelled")))

    @api.model
    def _drop(self, results):
        """Close messages that are not to be sent, and tell their reminders.

        :param dict results: row → (state, reason)
        """
        dropped = self.browse().concat(*results)
        # what kept them from being sent in time, for whoever reads the log
        faults = {row: row.reason_text or "" for row in dropped}
        for channel, rows in dropped._split_by_channel():
            channel._withdraw(rows)
        for row, result in results.items():
            row._set_state(*result, faults[row])
            row._release_reminder()

    def _get_outdated_results(self):
        """Return row → (state, reason) of the messages not to be sent any more."""
        results = {row: row._get_outdated_result() for row in self}
        rest = self.filtered(lambda row: not results[row])
        kept = self.browse()
        for channel, rows in rest._split_by_channel():
            kept += channel._filter_outgoing(rows)
        results |= dict.fromkeys(rest - kept, ("skipped", "removed"))
        for row in kept - kept._filter_addressed():
            results[row] = "skipped", "readdressed"
        return {row: result for row, result in results.items() if result}

    def _get_outdated_result(self):
        """Return (state, reason) when nobody is to get the message, else None."""
        self.ensure_one()
        reminder, task = self.reminder_id, self.task_id
        if not reminder or not self.message_id:
            return "skipped", "removed"
        is_elsewhere = reminder.company_id != self.company_id
        if is_elsewhere or task.planned_date_begin != self.start:
            return "skipped", "moved"
        if not task._wants_reminders(self.operation):
            is_open = task._is_remindable()
            return "skipped", "switched_off" if is_open else "closed"
        if reminder._is_before_switch(self.company_id):
            return "skipped", "before_switch"
        if reminder._has_passed(fields.Datetime.now()):
            return "missed", "started"
        return None

    def _is_fresh(self):
        """Tell whether the message was checked a moment ago, when it was written.

        The run that wrote it still goes on. That alone does not say it: of a host that
        has lost its current, PostgreSQL may notice the end hours later.
        """
        self.ensure_one()
        latest = fields.Datetime.now() - FRESH_FOR
        return (
            self.run_id.state == "running"
            and not self.next_attempt_at
            and self.create_date > latest
            and self.message_id
            and self._is_from_operator()
        )

    def _is_from_operator(self):
        """Tell whether the message was written in the name of who is the operator now.

        Nobody is to be made to speak who is not the operator any more.
        """
        operator = self.company_id.reminder_user_id
        return self.message_id.author_id == operator.partner_id

    def _filter_addressed(self):
        """Return the messages whose reminder still goes to their address."""
        queue = self.env["crm.task.reminder.queue"]
        deliveries = []
        for reminder in self.reminder_id:
            with suppress(ReminderError):  # there is nobody to remind any more
                deliveries += queue._address(reminder)[0]
        allowed, _blacklisted = queue._drop_blacklisted(deliveries)
        keys = {delivery.key for delivery in allowed}
        return self.filtered(
            # an address has lost its notification when the partner was deleted
            lambda row: row.notification_id and row._get_key() in keys
        )

    def _release_reminder(self):
        """Tell the reminder that this message will not leave.

        It comes back when its closed task is reopened or its moved one moved back, and
        at once where somebody else is to get it.
        """
        reminder = self.reminder_id
        if reminder.handled_due_at != self.due_at:
            return  # it has been removed, or was handled for another start meanwhile
        others = self._get_known_keys(reminder)
        if self.reason in COMING_BACK:
            reminder._set_handled(False)
        elif not any(start == self.start for _reminder, start, *_address in others):
            reminder.handled_state = self.state

    def _put_off(self, reason, detail=""):
        """Queue messages again after a pause that grows with each attempt.

        The pause is at most half of the time left until the task starts, so that there
        is another attempt before it.

        :param str reason: what keeps them from being handed over, one of ``REASONS``
        :param str detail: what the mail server or the gateway said
        """
        now = fields.Datetime.now()
        self._set_state("queued", reason, detail)
        for (count, start), rows in self.grouped(
            lambda row: (row.attempt_count, row.start)
        ).items():
            growing = timedelta(minutes=min(2**count, LONGEST_PAUSE))
            pause = max(min(growing, (start - now) / 2), SHORTEST_PAUSE)
            rows.write({"attempt_count": count + 1, "next_attempt_at": now + pause})
        self._reset_outgoing()

    def _close(self, state, reason, detail=""):
        """Give messages in hand their end when no receipt will come for them.

        :param str state: ``failed`` or ``unconfirmed``
        """
        self.notification_id.write(
            {
                "notification_status": "exception",
                "failure_type": "unknown",
                "failure_reason": detail,
            }
        )
        self._set_state(state, reason, detail)

    def _reset_outgoing(self):
        """Make mails and SMS ready to be handed over once more."""
        for channel, rows in self._split_by_channel():
            channel._reset(rows)
        self.notification_id.write(
            {"notification_status": "ready", "failure_type": False}
        )

    def _split_by_channel(self):
        """Return pairs of a channel and those of the messages that are in its form."""
        return [
            (self.env[f"crm.task.reminder.channel.{name}"], rows)
            for name, rows in self.grouped("channel").items()
        ]

    # ------------------------------------------------------------------
    # What a person may do
    # ------------------------------------------------------------------

    def action_send_again(self):
        """Queue failed and unconfirmed messages once more, for the next run.

        :raise UserError: a message is not one to be sent again
        :raise AccessError: the user may not edit the task
        """
        rows = self._check_correction(
            CAN_SEND_AGAIN,
            self.env._("Only failed and unconfirmed messages can be sent again."),
        )
        outdated = rows._get_outdated_results()
        for row in rows:
            if row in outdated:
                raise UserError(
                    self.env._(
                        "The reminder for %s can't be sent again: its task has "
                        "started, was closed or changed. Add a new reminder instead.",
                        row.recipient_name or row.address,
                    )
                )
        rows._set_state("queued")
        rows.write({"attempt_count": 0, "next_attempt_at": False})
        rows._reset_outgoing()

    def action_mark_sent(self):
        """Note that somebody knows that unconfirmed messages arrived.

        :raise UserError: a message is not unconfirmed
        :raise AccessError: the user may not edit the task
        """
        rows = self._check_correction(
            CAN_MARK_SENT,
            self.env._("Only unconfirmed messages can be marked as sent."),
        )
        rows.notification_id.write({"notification_status": "sent"})
        rows._set_state("sent", False, self.env._("Marked by %s", self.env.user.name))

    def _check_correction(self, states, refusal):
        """Check that the user may correct the messages; return them as superuser.

        :param tuple[str] states: those that the messages may be in
        :param str refusal: what to say when one is in another state
        """
        self.check_access("read")
        self.task_id.check_access("write")
        # sudo: the ledger is written by the service and these buttons alone
        rows = self.sudo()
        if any(row.state not in states for row in rows):
            raise UserError(refusal)
        return rows
