from datetime import timedelta

from odoo import api, fields, models
from odoo.tools.mail import email_normalize_all

from ...tools.outcomes import COMING_BACK, TOLD_OTHERWISE, get_refused_state
from ...tools.transaction import claim

#: How long what was checked when a message was written counts for its hand-over.
FRESH_FOR = timedelta(minutes=1)
#: Messages of a company that are dropped at once when it is switched off.
DROPPED_AT_ONCE = 200


class CrmTaskReminderSecondLook(models.AbstractModel):
    """Looks once more at messages that have waited to be handed over.

    A message waits when its mail server or gateway is out of order, when the limit of
    the hour is reached or when the service was stopped. Meanwhile its task may have
    started, moved or ended, and the one to remind or the sender may be somebody else.
    """

    _name = "crm.task.reminder.second.look"
    _description = "Second Look at a Task Reminder"

    @api.model
    def _drop_outdated(self, rows):
        """Close the messages that are not to be sent any more; return the others.

        :param crm.task.reminder.log rows: queued
        """
        waited = rows.filtered(lambda row: not self._is_fresh(row))
        results = self._find_outdated(waited)
        for row in waited:
            # A message of a former sender is written anew, also if the present one may
            # not read its task: that is checked when it is written.
            is_open = results.get(row) in (None, "no_access")
            if is_open and not self._is_from_sender(row):
                results[row] = "renewed"
        rest = waited.filtered(lambda row: row not in results)
        results |= dict.fromkeys(self._filter_reworded(rest), "renewed")
        self._drop(results)
        self._update_sender(waited.filtered(lambda row: row not in results))
        return rows.filtered(lambda row: row not in results)

    @api.model
    def _update_sender(self, rows):
        """Let messages come from the address that their sender has now.

        It may have been corrected since, because a mail server refused the former one.

        :param crm.task.reminder.log rows: all by their companies' present senders
        """
        kinds = rows.grouped(
            lambda row: (row.company_id, row.operation, row._get_channel())
        )
        for (company, operation, channel), members in kinds.items():
            present = channel._format_sender(company, operation)
            outdated = members.message_id.filtered(
                lambda message, present=present: message.email_from != present
            )
            answered = outdated.filtered(self._is_answered_to_sender)
            answered.reply_to = outdated.email_from = present

    @api.model
    def _is_answered_to_sender(self, message):
        """Tell whether answers to a message go to its sender, and to nobody else."""
        answers = email_normalize_all(message.reply_to or "")
        sender = email_normalize_all(message.email_from or "")
        return len(answers) < 2 and answers == sender

    @api.model
    def _drop_queued(self, companies):
        """Close what waits to be handed over, a batch of it.

        It comes back when the reminders are switched on again in time.

        :param res.company companies: whose reminders are off
        :return int: number of messages
        """
        log = self.env["crm.task.reminder.log"]
        waiting = [("company_id", "in", companies.ids), ("state", "=", "queued")]
        rows = claim(log, waiting, order="id", limit=DROPPED_AT_ONCE)
        self._drop(dict.fromkeys(rows, "company_off"))
        return len(rows)

    @api.model
    def _drop_forms(self, names):
        """Close all that waits to leave in forms that will not be there any more.

        :param list[str] names: values of the rows' ``channel``
        """
        rows = self.env["crm.task.reminder.log"].search(
            [("channel", "in", names), ("state", "=", "queued")]
        )
        self._drop(dict.fromkeys(rows, "removed"))

    @api.model
    def _is_fresh(self, row):
        """Tell whether the message was checked a moment ago, when it was written.

        That is, its run still goes on and it was written within the last minute. The
        run alone does not tell: when a host loses its power, PostgreSQL on another host
        may notice hours later that the worker is gone.
        """
        latest = fields.Datetime.now() - FRESH_FOR
        return (
            row.run_id.state == "running"
            and not row.next_attempt_at
            and row.create_date > latest
            and row.message_id
            and self._is_from_sender(row)
        )

    @api.model
    def _is_from_sender(self, row):
        """Tell whether the message was written in the name of who is the sender now.

        No message leaves in the name of a former sender.
        """
        sender = row.company_id.reminder_user_id
        return row.message_id.author_id == sender.partner_id

    # ------------------------------------------------------------------
    # What is outdated
    # ------------------------------------------------------------------

    @api.model
    def _find_outdated(self, rows):
        """Return why messages are not to be sent any more.

        :param crm.task.reminder.log rows:
        :return dict[crm.task.reminder.log, str]: one of ``REASONS``, without those that
            may still go
        """
        decision = self.env["crm.task.reminder.decision"]
        reasons = {row: self._find_change(row) for row in rows}
        rest = rows.filtered(lambda row: not reasons[row])
        obstacles = decision._find_obstacles(rest.reminder_id, is_written=True)
        for row in rest.filtered(lambda row: row.reminder_id in obstacles):
            reasons[row] = obstacles[row.reminder_id].reason
        rest = rest.filtered(lambda row: not reasons[row])
        kept = rest.browse()
        for channel, members in rest._split_by_channel():
            kept += channel._filter_outgoing(members)
        reasons |= dict.fromkeys(rest - kept, "removed")
        reasons |= self._find_told_otherwise(kept - self._filter_addressed(kept))
        return {row: reason for row, reason in reasons.items() if reason}

    @api.model
    def _find_change(self, row):
        """Return the reason if its reminder or the start is gone, else None."""
        reminder = row.reminder_id
        if not reminder or not row.message_id:
            return "removed"
        if row.is_superseded:
            return "moved"
        is_elsewhere = reminder.company_id != row.company_id
        return "moved" if is_elsewhere or reminder._get_anchor() != row.start else None

    @api.model
    def _filter_addressed(self, rows):
        """Return the messages whose reminder still goes to whom they were written for.

        That is, to the same address and person: another one there is another reader,
        with another name and another link.
        """
        decision = self.env["crm.task.reminder.decision"]
        deliveries, _refusals = decision._resolve(rows.reminder_id)
        # a line that is repeated may wait for another turn by now than the message's
        found = {delivery.key[:-1]: delivery for delivery in deliveries}
        return rows.filtered(
            # a message loses its notification when its recipient is deleted
            lambda row: (
                row.notification_id
                and (delivery := found.get(row._get_key()[:-1]))
                and row._is_for(delivery)
            )
        )

    @api.model
    def _find_told_otherwise(self, rows):
        """Return why messages are not for their address any more.

        It is another one's by now, unless their recipient knows what they tell.

        :param crm.task.reminder.log rows:
        :return dict[crm.task.reminder.log, str]: one of ``REASONS``
        """
        if not rows:
            return {}
        decision = self.env["crm.task.reminder.decision"]
        _deliveries, refusals = decision._resolve(rows.reminder_id)
        told = {
            (one.reminder, one.recipient.partner, one.recipient.employee): reason
            for one in refusals
            if (reason := one.error.reason) in TOLD_OTHERWISE
        }
        keys = {row: (row.reminder_id, row.partner_id, row.employee_id) for row in rows}
        return {row: told.get(key, "readdressed") for row, key in keys.items()}

    # ------------------------------------------------------------------
    # What becomes of it
    # ------------------------------------------------------------------

    @api.model
    def _drop(self, reasons):
        """Close messages that are not to be sent, and tell their reminders.

        :param dict reasons: row → one of ``REASONS``
        """
        dropped = self.env["crm.task.reminder.log"].concat(*reasons)
        # the fault for which they waited, if any: the log is to tell it as well
        alike = dropped.grouped(lambda row: (reasons[row], row.reason_text or ""))
        for channel, rows in dropped._split_by_channel():
            channel._withdraw(rows)
        for (reason, fault), rows in alike.items():
            rows._set_state(get_refused_state(reason), reason, fault)
        self._release_reminders(dropped)

    @api.model
    def _release_reminders(self, rows):
        """Tell reminders that messages of theirs will not leave.

        One comes back when its closed task is reopened or its moved one moved back, and
        at once where somebody else is to get it.
        """
        # a reminder may have been removed, or its task have another start now
        rows = rows.filtered(self._is_handled_for)
        coming_back = rows.filtered(lambda row: row.reason in COMING_BACK)
        self._bring_back(coming_back)
        rows -= coming_back
        messages = rows._get_messages(rows.reminder_id).grouped("reminder_id")
        for row in rows.filtered(lambda row: row.reminder_id.handled_due_at):
            others = messages.get(row.reminder_id, rows.browse())._get_known_keys()
            if not any(start == row.start for _reminder, start, *_rest in others):
                row.reminder_id.handled_state = row.state

    @api.model
    def _is_handled_for(self, row):
        """Tell whether it was for a message's start that its reminder was dealt with.

        A person may have had it sent at once since, to whoever had not got it.
        """
        reminder = row.reminder_id
        handled = reminder.handled_due_at
        return handled == row.due_at or (
            bool(handled)
            and (handled, row.start) == (reminder.asked_at, reminder.asked_start)
        )

    @api.model
    def _bring_back(self, rows):
        """Have reminders be due once more.

        :param crm.task.reminder.log rows: what was done last with them
        """
        rows.reminder_id._set_handled(False)
