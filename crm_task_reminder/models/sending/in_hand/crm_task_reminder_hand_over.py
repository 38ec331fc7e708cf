import logging
import time
from datetime import timedelta
from functools import partial

import psycopg2

from odoo import api, fields, models

from ....tools.errors import TemporaryError, UnconfirmedError
from ....tools.marks import MarkLostError
from ....tools.transaction import retry

_logger = logging.getLogger(__name__)

#: Seconds that a database which is restarted is waited for, and between two looks.
RETURN_SECONDS = 20
LOOK_SECONDS = 0.2
#: How long after a message was in doubt its provider is asked, and how often.
ASKED_FOR = timedelta(hours=12)
ASKED_EVERY = timedelta(minutes=2)


class CrmTaskReminderHandOver(models.AbstractModel):
    """Messages in hand: in doubt is only what nobody can know."""

    _inherit = "crm.task.reminder.hand.over"

    @api.model
    def _hand_over_portion(self, channel, rows, line, marks):
        try:
            return super()._hand_over_portion(channel, rows, line, marks)
        except Exception:
            if self.env.cr.closed and marks.facts:
                self._save_elsewhere(rows.browse(marks.facts), marks)
            raise

    @api.model
    def _settle_failed(self, channel, rows, marks, error):
        """Write what is known of a portion whose transaction is lost, for any reason.

        What has not begun to leave is tried later, as it may fail again.

        :param Exception error: what has happened
        """
        rest = None
        if not isinstance(error, MarkLostError):
            _logger.error("Handing over by %s failed", channel._channel, exc_info=error)
            rest = TemporaryError("error", str(error))
        doubt = UnconfirmedError("no_answer", str(error))
        retry(self.env, partial(self._settle_late, rows, marks, doubt, rest))

    @api.model
    def _save_elsewhere(self, rows, marks):
        """Write what is known of messages by a new connection: the old one is gone.

        :param Marks marks: remembers the answers
        """
        doubt = UnconfirmedError("interrupted")
        end = time.monotonic() + RETURN_SECONDS
        while True:
            try:
                with self.env.registry.cursor() as cr:
                    other = self.with_env(self.env(cr=cr))
                    members = rows.with_env(other.env)
                    settle = partial(other._settle_late, members, marks, doubt)
                    return retry(other.env, settle)
            except psycopg2.Error:
                if time.monotonic() > end:
                    _logger.warning("What was in hand is looked at by the next run.")
                    return None
                time.sleep(LOOK_SECONDS)

    @api.model
    def _settle_late(self, rows, marks, doubt, rest=None):
        """Like ``_settle``, for messages that others may have taken for nobody's.

        They did not know of each answer, nor that a mark was written of what has not
        left, its connection cut at that moment; what they have decided otherwise stays.
        What they have in hand themselves by now is theirs.

        :param Marks marks: of the rows, which may not be in the database any more
        """
        facts = marks.facts
        rows = rows.filtered(lambda row: row.run_id.id == marks.run_id)
        self.env["crm.task.reminder.mark"]._take(rows)
        doubtful = rows.filtered(
            lambda row: (
                (row.state, row.reason) == ("unconfirmed", "interrupted")
                and (facts[row.id].outcome or not facts[row.id].has_begun)
            )
        )
        doubtful._set_state("sending")
        open_rows = rows.filtered(lambda row: row.state == "sending")
        self._settle(open_rows, facts, doubt, rest)

    @api.model
    def _end_in_hand(self, domain, detail=""):
        """Give what a worker had in hand when it died the state that is known of it.

        :param list domain: of the log, whose worker it was
        :return crm.task.reminder.log: what it had in hand
        """
        in_hand = [("state", "=", "sending"), *domain]
        rows = self.env["crm.task.reminder.log"].search(in_hand)
        facts = rows and self.env["crm.task.reminder.mark"]._take(rows)
        self._settle(rows, facts, UnconfirmedError("interrupted", detail))
        return rows

    # ------------------------------------------------------------------
    # What is known
    # ------------------------------------------------------------------

    @api.model
    def _settle(self, rows, facts, doubt, rest=None):
        """Give messages in hand the state that is known of them.

        What has not begun to leave is queued again; what was answered is as the answer
        says; the rest is asked for, and in doubt where nobody knows.

        :param crm.task.reminder.log rows:
        :param dict[int, Fact] facts: id of a row → what is known
        :param UnconfirmedError doubt: why the rest is in doubt
        :param ReminderError | None rest: what it means for those that have not begun
        """
        doubtful = self._note_facts(rows, facts, rest)
        for channel, members in doubtful._split_by_channel():
            doubtful -= self._ask(channel, members)
        self._close(doubtful, "unconfirmed", doubt)
        for channel, members in doubtful._split_by_channel():
            self._plan_to_ask(channel, members)
        for company in doubtful.company_id:
            company._note_reminder_doubt()

    @api.model
    def _note_facts(self, rows, facts, rest=None):
        """Note what is known of messages in hand; return those that may have left."""
        doubtful, idle, accepted = rows.browse(), rows.browse(), rows.browse()
        for row in rows:
            fact = facts.get(row.id)
            if not fact or fact.has_begun and not fact.outcome:
                doubtful += row
            elif not fact.has_begun:
                idle += row
            else:
                error, answer = fact.outcome
                row.answer = answer
                if error:
                    self._note_answer(row, error)
                else:
                    accepted += row
        self._note_accepted(accepted)
        if rest:
            self._note_answer(idle, rest)
        else:
            self._give_back(idle)
        return doubtful

    @api.model
    def _note_accepted(self, rows):
        """Note that messages have left, where Odoo has not noted it."""
        for channel, members in rows._split_by_channel():
            channel._note_accepted(members)
        rows._set_state("sent")

    @api.model
    def _give_back(self, rows):
        """Queue messages again that have not begun to leave."""
        if rows:
            rows._set_state("queued")
            self._reset_outgoing(rows)

    # ------------------------------------------------------------------
    # Who can be asked
    # ------------------------------------------------------------------

    @api.model
    def _ask(self, channel, rows):
        """Ask what became of messages in doubt; return those of which it is known."""
        try:
            answers = channel._ask(rows - self._filter_unwanted(channel, rows))
        except psycopg2.Error:
            raise
        except Exception as error:
            _logger.warning("Nobody tells what became of messages: %s", error)
            answers = {}
        sent = rows.browse().concat(*(row for row in answers if answers[row]))
        not_sent = rows.browse().concat(*answers) - sent
        self._note_accepted(sent)
        self._give_back(not_sent)
        (sent + not_sent).next_attempt_at = False
        return sent + not_sent

    @api.model
    def _filter_unwanted(self, channel, rows):
        """Return the messages that must not be asked for: that would send them.

        The service would not send them now: their company sends nothing or has another
        sender, it is a quiet hour, or they are outdated.
        """
        rows = channel._filter_sent_by_asking(rows)
        if not rows:
            return rows
        decision = self.env["crm.task.reminder.decision"]
        silent = rows.company_id.filtered(decision._find_company_obstacle)
        second_look = self.env["crm.task.reminder.second.look"]
        wanted = rows.filtered(
            lambda row: (
                row.company_id not in silent and second_look._is_from_sender(row)
            )
        )
        unwanted = second_look._find_outdated(wanted)
        limits = self.env["crm.task.reminder.limit"]
        unwanted |= limits._find_late_moments(wanted.filtered("reminder_id"))
        return rows - wanted + rows.browse().concat(*unwanted)

    @api.model
    def _plan_to_ask(self, channel, rows):
        """Have messages in doubt asked for again, where there is somebody to ask."""
        now = fields.Datetime.now()
        asked = channel._filter_askable(rows).filtered(
            lambda row: (row.create_date or now) > now - ASKED_FOR
        )
        (rows - asked).filtered("next_attempt_at").next_attempt_at = False
        asked.next_attempt_at = now + ASKED_EVERY

    @api.model
    def _ask_again(self):
        """Ask for messages in doubt once more: nobody could tell before.

        :return crm.task.reminder.log: what was asked for
        """
        rows = self.env["crm.task.reminder.log"].search(
            [
                ("state", "=", "unconfirmed"),
                ("next_attempt_at", "<=", fields.Datetime.now()),
            ]
        )
        for channel, members in rows._split_by_channel():
            known = self._ask(channel, members)
            self._plan_to_ask(channel, members - known)
        return rows
