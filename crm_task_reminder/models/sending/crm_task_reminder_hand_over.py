import time
from contextlib import closing, contextmanager, suppress
from datetime import timedelta
from functools import partial

import psycopg2

from odoo import api, fields, models
from odoo.sql_db import Cursor

from ...tools import turn
from ...tools.errors import (
    PostponedError,
    ReminderError,
    TemporaryError,
    UnconfirmedError,
)
from ...tools.marks import Marks
from ...tools.transaction import claim, retry

#: Minutes after which a message that could not be handed over is tried again: 1, 2, 4…
LONGEST_PAUSE = 60
SHORTEST_PAUSE = timedelta(minutes=1)


class CrmTaskReminderHandOver(models.AbstractModel):
    """The way of ledger rows from queued to handed over, or to the reason why not."""

    _name = "crm.task.reminder.hand.over"
    _description = "Task Reminder Hand-over"

    # ------------------------------------------------------------------
    # Queued → in hand
    # ------------------------------------------------------------------

    @api.model
    def _hand_over(self, company, channel, run, share=None):
        """Hand over what is queued, in portions, each claimed before it is sent.

        The claim is committed before the mail server or the gateway is called, and what
        becomes of each message is marked at once: by that, the next run knows what a
        worker that died had in hand.

        :param res.company company:
        :param crm.task.reminder.channel channel:
        :param crm.task.reminder.log run: the row of this run of the service
        :param int | None share: after how many messages others have their turn
        :return int: number of messages that were taken
        """
        taken = 0
        pace = None  # seconds per message, when it is known
        with self._open_marks() as marks, channel._open_line(marks) as line:
            for limit in channel._iterate_portions(company):
                if not turn.has_time(pace) or (share and taken >= share):
                    break
                count = limit
                if pace:
                    count = max(int(min(limit, turn.get_time_left() / pace)), 1)
                take = partial(self._take, company, channel, run, count)
                rows = retry(self.env, take)
                if not rows:
                    break
                taken += len(rows)
                started = time.monotonic()
                if not self._hand_over_portion(channel, rows, line, marks):
                    break
                if len(rows) < count:
                    break  # there were no more
                pace = (time.monotonic() - started) / len(rows)
        return taken

    @api.model
    @contextmanager
    def _open_marks(self):
        """Give what marks messages in hand by a connection of its own.

        In a test there is but one connection.
        """
        is_own = isinstance(self.env.cr, Cursor)
        connect = self.env.registry.cursor if is_own else lambda: self.env.cr
        marks = Marks(connect, is_own=is_own)
        try:
            yield marks
        finally:
            marks.close()

    @api.model
    def _hand_over_portion(self, channel, rows, line, marks):
        """Hand over what was claimed, and commit.

        :param crm.task.reminder.log rows: also those that turned out to be outdated
        :return bool: whether more may follow at once
        """
        cron = self.env["ir.cron"]
        cron._commit_progress()
        in_hand = rows.filtered(lambda row: row.state == "sending")
        marks.plan(in_hand.run_id.id, in_hand.ids)
        is_in_order = not in_hand or self._send_portion(channel, in_hand, line, marks)
        cron._commit_progress()
        marks.forget()
        return is_in_order

    @api.model
    def _take(self, company, channel, run, limit):
        """Claim the next portion and note that it is in hand.

        :param int limit: number of messages at most
        :return crm.task.reminder.log: also those that turned out to be outdated
        """
        second_look = self.env["crm.task.reminder.second.look"]
        rows = self._claim_queued(company, channel, limit)
        kept = second_look._drop_outdated(rows)
        kept = self.env["crm.task.reminder.limit"]._hold_back(company, kept)
        kept.write({"state": "sending", "run_id": run.id})
        self.env["crm.task.reminder.mark"]._plan(kept)
        return rows

    @api.model
    def _claim_queued(self, company, channel, limit):
        """Lock the next messages that wait: what starts soonest, and has not failed.

        :param res.company company:
        :param crm.task.reminder.channel channel:
        :param int limit: number of messages at most
        :return crm.task.reminder.log: locked until the end of the transaction
        """
        log = self.env["crm.task.reminder.log"]
        if not company.reminder_enabled:
            return log  # switched off in the middle of a run
        limits = self.env["crm.task.reminder.limit"]
        is_counted = limits._is_counted(company, channel)
        if is_counted and not company._take_reminder_turn():
            return log  # another worker is handing over this company's messages
        limit = limits._get_quota(company, limit)
        if not limit:
            return log
        domain = self._get_queued_domain(company, [channel._channel])
        return self._claim_in_order(company, domain, limit)

    @api.model
    def _claim_in_order(self, company, domain, limit):
        """Lock messages that wait: what starts soonest, and has not failed.

        :param res.company company:
        :param list domain: of the messages
        :param int limit: number of messages at most
        """
        log = self.env["crm.task.reminder.log"]
        # What has failed comes last: with a mail server that hangs up at single mails,
        # those would come first again and again.
        return claim(log, domain, order="attempt_count, start, id", limit=limit)

    @api.model
    def _get_queued_domain(self, company, channel_names):
        """Return the domain that the partial index ``_queued_idx`` serves."""
        return [
            ("company_id", "=", company.id),
            ("channel", "in", channel_names),
            ("state", "=", "queued"),
            "|",
            ("next_attempt_at", "=", False),
            ("next_attempt_at", "<=", fields.Datetime.now()),
        ]

    # ------------------------------------------------------------------
    # In hand → what the answer means
    # ------------------------------------------------------------------

    @api.model
    def _send_portion(self, channel, rows, line, marks):
        """Send the messages of ledger rows and note what the answers were.

        :param crm.task.reminder.log rows: in state *sending*, committed
        :param line: see the channel's ``_open_line``
        :param Marks marks: of these rows
        :return bool: whether more may follow at once
        """
        try:
            if not channel._marks_each:
                marks.begin(*rows.ids)
            rest = self._send_and_note(channel, rows, line, marks)
            self.env.flush_all()
        except Exception as error:
            with suppress(psycopg2.Error):
                self.env.cr.rollback()
            if self.env.cr.closed:
                raise
            self._settle_failed(channel, rows, marks, error)
            return False
        open_rows = rows.filtered(lambda row: row.state == "sending")
        is_known = rest and not isinstance(rest, UnconfirmedError)
        if is_known and not channel._marks_each:
            self._note_answer(open_rows, rest)
        elif is_known:
            doubt = UnconfirmedError("no_answer", rest.detail)
            self._settle(open_rows, marks.facts, doubt, rest)
        else:
            doubt = rest or UnconfirmedError("no_answer")
            self._settle(open_rows, marks.facts, doubt)
        return not open_rows

    @api.model
    def _send_and_note(self, channel, rows, line, marks):
        """Send, and return what it means for the rows of which nothing was told.

        :param Marks marks: of these rows, with the answers
        :return ReminderError | None: None where nothing is known of them
        """
        rest, accepted = None, []
        with closing(channel._send(rows, line)) as answers:
            try:
                for answered, error in answers:
                    if error:
                        self._note_answer(answered, error)
                    else:
                        accepted += answered.ids
            except ReminderError as error:
                rest = error
        accepted = rows.browse(accepted)
        channel._note_sent(accepted)
        for row in accepted:
            if outcome := marks.facts[row.id].outcome:
                _error, row.answer = outcome
        return rest

    @api.model
    def _note_answer(self, rows, error):
        """Give rows the state that the answer of mail server or gateway means.

        :param ReminderError error:
        """
        if isinstance(error, PostponedError):
            rows._set_state("queued")
            rows.next_attempt_at = error.until
            self._reset_outgoing(rows)
        elif isinstance(error, TemporaryError):
            self._put_off(rows, error)
        elif isinstance(error, UnconfirmedError):
            self._close(rows, "unconfirmed", error)
        else:
            self._close(rows, "failed", error)

    @api.model
    def _put_off(self, rows, error):
        """Queue messages again after a pause that grows with each attempt.

        The pause is at most half of the time left until the task starts, so that there
        is another attempt before it.

        :param TemporaryError error: what keeps them from being handed over
        """
        now = fields.Datetime.now()
        rows._set_state("queued", error.reason, error.detail)
        for (count, start), members in rows.grouped(
            lambda row: (row.attempt_count, row.start)
        ).items():
            growing = timedelta(minutes=min(2**count, LONGEST_PAUSE))
            pause = max(min(growing, (start - now) / 2), SHORTEST_PAUSE)
            members.write({"attempt_count": count + 1, "next_attempt_at": now + pause})
        self._reset_outgoing(rows)

    @api.model
    def _close(self, rows, state, error):
        """Give messages in hand their end when no receipt will come for them.

        :param str state: ``failed`` or ``unconfirmed``
        :param ReminderError error: why
        """
        receipts = rows.notification_id
        if state == "failed":  # Odoo may have noted already what failed
            receipts = receipts.filtered(
                lambda receipt: receipt.notification_status != "exception"
            )
        receipts.write(
            {
                "notification_status": "exception",
                "failure_type": "unknown",
                "failure_reason": error.detail,
            }
        )
        rows._set_state(state, error.reason, error.detail)

    @api.model
    def _reset_outgoing(self, rows):
        """Make the mails and SMS of rows ready to be handed over once more."""
        for channel, members in rows._split_by_channel():
            channel._reset(members)
        rows.notification_id.write(
            {"notification_status": "ready", "failure_type": False}
        )
