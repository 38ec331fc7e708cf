import logging
from collections import defaultdict
from functools import partial

from odoo import api, fields, models
from odoo.tools.gc import disabling_gc

from ..tools.delivery import Delivery
from ..tools.errors import ReminderError
from ..tools.transaction import CONFLICTS, retry

_logger = logging.getLogger(__name__)

#: Reminders that are claimed, rendered and committed together.
BATCH_SIZE = 500


class CrmTaskReminderQueue(models.AbstractModel):
    """From due to queued: decides who gets which reminder and why others get none."""

    _name = "crm.task.reminder.queue"
    _description = "Task Reminder Queue"

    @api.model
    def _get_channels(self):
        """Return the channels by the value of a reminder's ``channel``."""
        names = self.env["crm.task.reminder"]._fields["channel"].get_values(self.env)
        return {name: self.env[f"crm.task.reminder.channel.{name}"] for name in names}

    @api.model
    def _queue_due(self, company, run):
        """Queue the messages of the next due reminders, again on a conflict.

        :return int: number of reminders that were claimed
        """
        # A batch makes thousands of records that live until its end: to look through
        # them for garbage again and again takes a tenth of the time.
        with disabling_gc():
            return retry(self.env, partial(self._claim_and_queue, company, run))

    @api.model
    def _claim_and_queue(self, company, run):
        reminders = self.env["crm.task.reminder"]._claim(
            company, fields.Datetime.now(), BATCH_SIZE
        )
        if reminders:
            self._queue_with_care(company, reminders, run)
        return len(reminders)

    @api.model
    def _queue_with_care(self, company, reminders, run):
        """Queue a batch; when it fails, one by one, so that each fails alone."""
        try:
            with self.env.cr.savepoint():
                self._queue(company, reminders, run)
        except CONFLICTS:
            raise
        except Exception as error:
            if len(reminders) == 1:
                self._log_failure(reminders, run, error)
                return
            _logger.info(
                "A batch of reminders failed, taking them one by one: %s", error
            )
            for reminder in reminders:
                self._queue_with_care(company, reminder, run)

    @api.model
    def _queue(self, company, reminders, run):
        """Decide on each reminder and create the messages and rows of all.

        :param res.company company:
        :param crm.task.reminder reminders: claimed
        :param crm.task.reminder.log run: the row of this run of the service
        """
        log = self.env["crm.task.reminder.log"]
        known = log._get_known_keys(reminders)
        deliveries, refused = self._decide(company, reminders)
        deliveries, blacklisted = self._drop_blacklisted(deliveries)
        refused += blacklisted
        new = [delivery for delivery in deliveries if delivery.key not in known]
        if len(reminders) > 1:
            queued = self._queue_deliveries(company, new)
        else:
            queued, failed = self._queue_one_by_one(company, new)
            refused += failed
        log.create([{**row, "run_id": run.id} for row in refused + queued])
        run.queued_count += len(queued)
        run.not_sent_count += len(refused)
        sent = [one.reminder.id for one in deliveries if one.key in known]
        sent += [row["reminder_id"] for row in queued]
        self._set_handled(reminders, sent, refused)

    @api.model
    def _decide(self, company, reminders):
        """Find out who gets which reminder, and why others get none.

        :return tuple[list[Delivery], list[dict]]: messages, and values of ledger rows
        """
        readable = reminders._filter_readable_by_operator(company)
        deliveries, refused = [], []
        for reminder in reminders:
            try:
                self._check(company, reminder, readable)
                made, failed = self._address(reminder)
            except ReminderError as error:
                refused.append(self._prepare_refusal(reminder, error))
            else:
                deliveries += made
                refused += failed
        return deliveries, refused

    @api.model
    def _check(self, company, reminder, readable):
        """Check all that has to hold at the moment of sending.

        :param crm.task.reminder readable: those that the operator may read all about
        :raise ReminderError: with the reason when something does not
        """
        if reminder._has_passed(fields.Datetime.now()):
            raise ReminderError("started")
        if reminder._is_before_switch(company):
            raise ReminderError("before_switch")
        if reminder._is_too_late(company):
            raise ReminderError("passed")
        if reminder not in readable:
            raise ReminderError("no_access")
        if not reminder._get_template():
            raise ReminderError("no_template")
        reminder._get_channel()._check_set_up(company)

    @api.model
    def _address(self, reminder):
        """Turn a reminder into deliveries, one per address.

        :return tuple[list[Delivery], list[dict]]: messages, and values of ledger rows
        :raise ReminderError: when there is nobody to remind
        """
        channel = reminder._get_channel()
        deliveries, refused = {}, []
        for recipient in reminder.task_id._get_reminder_recipients(
            reminder.audience, reminder.company_id
        ):
            try:
                addresses = channel._get_active_addresses(recipient)
            except ReminderError as error:
                refused.append(self._prepare_refusal(reminder, error, recipient))
                continue
            for address in addresses:
                deliveries.setdefault(address, Delivery(reminder, recipient, address))
        return list(deliveries.values()), refused

    @api.model
    def _drop_blacklisted(self, deliveries):
        """Split off the deliveries whose address is on a blacklist of Odoo.

        :return tuple[list[Delivery], list[dict]]: messages, and values of ledger rows
        """
        allowed, refused = [], []
        for channel, members in self._group_by_channel(deliveries):
            blacklisted = channel._get_blacklisted([one.address for one in members])
            for delivery in members:
                if delivery.address in blacklisted:
                    error = ReminderError("blacklisted")
                    row = self._prepare_refusal(
                        delivery.reminder, error, delivery.recipient
                    )
                    refused.append({**row, "address": delivery.address})
                else:
                    allowed.append(delivery)
        return allowed, refused

    @api.model
    def _prepare_refusal(self, reminder, error, recipient=None):
        """Return the values of the ledger row of somebody who gets nothing.

        :param ReminderError error: why
        :param Recipient recipient: None where the reason holds for all of them
        :return dict:
        """
        state = "missed" if error.reason == "started" else "skipped"
        log = self.env["crm.task.reminder.log"]
        row = log._prepare_row(reminder, state, error.reason, error.detail)
        if recipient:
            row["partner_id"] = recipient.partner.id
            row["employee_id"] = recipient.employee.id
            row["recipient_name"] = recipient.name
        return row

    @api.model
    def _queue_deliveries(self, company, deliveries):
        """Create the messages of all channels; return the values of their rows."""
        return [
            row
            for channel, members in self._group_by_channel(deliveries)
            for row in channel._queue(company, members)
        ]

    @api.model
    def _queue_one_by_one(self, company, deliveries):
        """Create the messages each by itself: one recipient's fault is no other's.

        :return tuple[list[dict], list[dict]]: values of the ledger rows of what is
            queued, and of what failed
        """
        queued, failed = [], []
        for delivery in deliveries:
            try:
                with self.env.cr.savepoint():
                    queued += self._queue_deliveries(company, [delivery])
            except CONFLICTS:
                raise
            except Exception as error:
                error = self._note_error(delivery.reminder, error)
                row = self._prepare_refusal(
                    delivery.reminder, error, delivery.recipient
                )
                failed.append({**row, "state": "failed"})
        return queued, failed

    @api.model
    def _group_by_channel(self, deliveries):
        members = defaultdict(list)
        for delivery in deliveries:
            members[delivery.reminder.channel].append(delivery)
        channels = self._get_channels()
        return [(channels[name], group) for name, group in members.items()]

    @api.model
    def _set_handled(self, reminders, sent, refused):
        """Take the reminders out of what is due; one with a message counts as sent.

        :param list[int] sent: ids of reminders that have a message
        :param list[dict] refused: ledger rows of those that were not to get one
        """
        states = {
            row["reminder_id"]: "missed" if row["state"] == "missed" else "skipped"
            for row in refused
        }
        states |= dict.fromkeys(sent, "done")
        for state, members in reminders.grouped(lambda r: states[r.id]).items():
            members._set_handled(state)

    @api.model
    def _log_failure(self, reminder, run, error):
        """Close a reminder that can't be queued, with what is known of the reason."""
        error = self._note_error(reminder, error)
        log = self.env["crm.task.reminder.log"]
        row = log._prepare_row(reminder, "failed", error.reason, error.detail)
        log.create({**row, "run_id": run.id})
        run.not_sent_count += 1
        reminder._set_handled("skipped")

    @api.model
    def _note_error(self, reminder, error):
        """Keep an error in the server's log; return it as one that the ledger takes."""
        _logger.warning("Reminder %s failed", reminder.id, exc_info=error)
        if isinstance(error, ReminderError):
            return error
        return ReminderError("error", str(error))
