import logging
from collections import defaultdict
from functools import partial

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.gc import disabling_gc
from odoo.tools.mail import generate_tracking_message_id

from ...tools.delivery import Refusal
from ...tools.errors import ReminderError
from ...tools.transaction import claim, is_lost, retry
from ..channel.base import share_defaults
from ..channel.ir_qweb import KNOWN
from ..line.crm_task_reminder import LEAD_TIME

_logger = logging.getLogger(__name__)

#: Reminders that are claimed, rendered and committed together.
BATCH_SIZE = 500


class CrmTaskReminderQueue(models.AbstractModel):
    """From due to queued: messages rendered, on their tasks and in the ledger."""

    _name = "crm.task.reminder.queue"
    _description = "Task Reminder Queue"

    # ------------------------------------------------------------------
    # Due → decided
    # ------------------------------------------------------------------

    @api.model
    def _queue_due(self, company, run):
        """Queue the messages of the next due reminders, again on a conflict.

        :return int: number of reminders that were claimed
        """
        # A batch makes thousands of records that live until its end. The garbage
        # collector would look through them again and again: a tenth of the time.
        with disabling_gc():
            return retry(self.env, partial(self._claim_and_queue, company, run))

    @api.model
    def _claim_and_queue(self, company, run):
        reminders = self._claim(company, fields.Datetime.now(), BATCH_SIZE)
        batch = self._pick_batch(reminders)
        if batch:
            with self._note_batch(batch, run):
                self._queue_with_care(company, batch, run)
        return len(reminders) if len(batch) == len(reminders) else BATCH_SIZE

    @api.model
    def _claim(self, company, now, limit):
        """Lock the next reminders of a company that are due and nobody else works on.

        :param res.company company:
        :param datetime now: naive UTC
        :param int limit: number of reminders at most
        :return crm.task.reminder: locked until the end of the transaction
        """
        reminders = self.env["crm.task.reminder"]
        domain = self._get_due_domain(company, now)
        return claim(reminders, domain, order="due_at, id", limit=limit)

    @api.model
    def _get_due_domain(self, company, now):
        """Return the domain that the partial index ``_due_idx`` serves.

        :param datetime now: naive UTC
        """
        return [
            ("company_id", "=", company.id),
            ("state", "=", "scheduled"),
            ("due_at", "<=", now + LEAD_TIME),
        ]

    @api.model
    def _queue_with_care(self, company, reminders, run):
        """Queue a batch; when it fails, one by one, so that each fails alone."""
        try:
            with self.env.cr.savepoint():
                self._queue(company, reminders, run)
        except Exception as error:
            if is_lost(self.env, error):
                raise
            if len(reminders) == 1:
                self._log_failure(reminders, run, error)
                return
            _logger.info("A batch of reminders failed, now one by one: %s", error)
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
        messages = log._get_messages(reminders)
        deliveries, refusals = self._decide(reminders)
        new = self.env["crm.task.reminder.decision"]._filter_new(messages, deliveries)
        messages._supersede({delivery.key for delivery in new})
        log._note_refusals(refusals, new, run)
        queued, failed = self._queue_together(company, new)
        log._note_refusals(failed, [], run)
        refusals += failed
        share_defaults(log).create([{**row, "run_id": run.id} for row in queued])
        run.queued_count += len(queued)
        is_new = set(map(id, new))
        sent = [one.reminder.id for one in deliveries if id(one) not in is_new]
        sent += [row["reminder_id"] for row in queued]
        self._set_handled(reminders, sent, refusals)

    @api.model
    def _decide(self, reminders):
        """Find out who gets which reminder, and why others get none.

        :return tuple[list[Delivery], list[Refusal]]:
        """
        decision = self.env["crm.task.reminder.decision"]
        obstacles = decision._find_obstacles(reminders)
        free = reminders - reminders.browse().concat(*obstacles)
        deliveries, refusals = decision._resolve(free)
        return deliveries, [*map(Refusal, obstacles, obstacles.values()), *refusals]

    @api.model
    def _set_handled(self, reminders, sent, refusals):
        """Take the reminders out of what is due; one with a message counts as sent.

        :param list[int] sent: ids of reminders that have a message
        :param list[Refusal] refusals: about those that were not to get one
        """
        states = {
            one.reminder.id: "missed" if one.state == "missed" else "skipped"
            for one in refusals
        }
        states |= dict.fromkeys(sent, "done")
        for state, members in reminders.grouped(lambda r: states[r.id]).items():
            members._set_handled(state)

    # ------------------------------------------------------------------
    # Decided → rendered, on the task, in the ledger
    # ------------------------------------------------------------------

    @api.model
    def _queue_together(self, company, deliveries):
        """Create messages together; where that fails, so that each fails alone.

        :return tuple[list[dict], list[Refusal]]: values of the ledger rows of what is
            queued, and what failed
        """
        try:
            with self.env.cr.savepoint():
                return self._queue_deliveries(company, deliveries), []
        except Exception as error:
            if is_lost(self.env, error):
                raise
            if len(deliveries) == 1:
                [delivery] = deliveries
                error = self._note_error(delivery.reminder, error)
                return [], [delivery.fail(error)]
            _logger.info("Messages failed together, now one by one: %s", error)
        queued, failed = [], []
        for delivery in deliveries:
            made, refused = self._queue_together(company, [delivery])
            queued += made
            failed += refused
        return queued, failed

    @api.model
    def _queue_deliveries(self, company, deliveries):
        """Create all that belongs to deliveries; return the values of their rows.

        :param res.company company:
        :param list[Delivery] deliveries: of one company
        :return list[dict]:
        """
        log = self.env["crm.task.reminder.log"]
        decision = self.env["crm.task.reminder.decision"]
        rows = []
        for channel, members in decision._group_by_channel(deliveries):
            self._render(company, channel, members)
            self._complete(company, channel, members)
            messages = self._create_messages(company, channel, members)
            values = channel._create_outgoing(company, members, messages)
            receipts = messages.env["mail.notification"].create(values)
            rows += map(log._prepare_message_row, members, messages, receipts)
        return rows

    @api.model
    def _render(self, company, channel, deliveries, reader=None):
        """Fill the content of deliveries: one rendering per language and zone.

        :param crm.task.reminder.channel channel: that of all the deliveries
        :param res.users reader: with whose rights; the sender's unless given
        :raise ReminderError: a template can't be filled in
        """
        groups = defaultdict(list)
        for delivery in deliveries:
            recipient = delivery.recipient
            groups[delivery.template, recipient.lang, recipient.tz].append(delivery)
        known = {}
        for (template, lang, tz), members in groups.items():
            context = {"lang": lang, "tz": tz, KNOWN: known}
            writer = self._get_writer(company, reader, **context)
            task_ids = list(dict.fromkeys(member.task.id for member in members))
            tasks = writer["project.task"].browse(task_ids)
            contents = self._fill(channel, template, tasks)
            for member in members:
                member.content = {**contents[member.task.id]}
                channel._personalise(company, member)

    @api.model
    def _get_writer(self, company, reader, **context):
        """Return the environment in which a company's texts are filled in.

        :param res.users reader: with whose rights; the sender's unless given
        """
        sender = company._get_reminder_environment(**context)
        return sender(user=reader) if reader else sender

    @api.model
    def _fill(self, channel, template, tasks):
        """Return the content of a template for each task, in the tasks' environment.

        :return dict[int, dict]: id of a task → parts of the text
        :raise ReminderError: it can't be filled in
        """
        try:
            return channel._render_carefully(template.with_env(tasks.env), tasks)
        except (KeyError, UserError) as error:
            raise ReminderError("template_error", str(error)) from error

    @api.model
    def _complete(self, company, channel, deliveries):
        """Put in what is each message's own and has to be kept, such as a link.

        For addons: they change each delivery's ``content``, and add to its ``row``
        what the ledger is to keep. What is only shown, as in a preview, does not come
        here: see ``_personalise`` of the channel.

        :param crm.task.reminder.channel channel: that of all the deliveries
        :param list[Delivery] deliveries: with their content, of one batch
        """

    @api.model
    def _create_messages(self, company, channel, deliveries):
        """Create one message per delivery on its task, written by the sender.

        The messages are internal notes: customers reach their tasks on the portal and
        are not to read what was written to the staff.
        """
        sender = company._get_reminder_environment()
        # sudo: to read a task is not enough to log a message on it
        tasks = share_defaults(sender["project.task"].sudo())
        tasks = tasks.browse(delivery.task.id for delivery in deliveries)
        common = {"model": tasks._name, **company._prepare_reminder_messages()}
        reply_to = tasks._notify_get_reply_to(
            default=common["email_from"], author_id=common["author_id"]
        )
        messages = tasks._message_create(
            [
                {
                    **common,
                    "message_id": generate_tracking_message_id(
                        f"{delivery.task.id}-{tasks._name}"
                    ),
                    "reply_to": reply_to[delivery.task.id],
                    "partner_ids": delivery.recipient.partner.ids,
                    **channel._prepare_message(company, delivery),
                }
                for delivery in deliveries
            ]
        )
        messages._put_on_reminder_tasks(tasks)
        return messages

    # ------------------------------------------------------------------
    # What can't be queued
    # ------------------------------------------------------------------

    @api.model
    def _log_failure(self, reminder, run, error):
        """Close a reminder that can't be queued, with what is known of the reason."""
        refusal = Refusal(reminder, self._note_error(reminder, error), has_failed=True)
        self.env["crm.task.reminder.log"]._note_refusals([refusal], [], run)
        reminder._set_handled("skipped")

    @api.model
    def _note_error(self, reminder, error):
        """Keep an error in the server's log; return it as one that the ledger takes."""
        _logger.warning("Reminder %s failed", reminder.id, exc_info=error)
        if isinstance(error, ReminderError):
            return error
        return ReminderError("error", str(error))
