from dataclasses import replace
from functools import cache

from odoo import api, fields, models

from ....tools.delivery import Refusal
from ....tools.errors import ReminderError
from ....tools.transaction import claim

#: Failed messages that are looked at in one transaction.
BATCH_SIZE = 200
#: States of another line that tells the same at the same time.
TELLING_LINES = ("waiting", "scheduled", "done")


class CrmTaskReminderSecondWay(models.AbstractModel):
    """Reaches in another form whom a reminder can't reach in its own.

    What is known beforehand, such as a missing number, is decided when the reminder is
    queued. What only the mail server or the gateway tells is looked at once it is told.
    """

    _name = "crm.task.reminder.second.way"
    _description = "Second Way of a Task Reminder"

    # ------------------------------------------------------------------
    # Which form, at which address
    # ------------------------------------------------------------------

    @api.model
    def _find(self, company, channel, reason):
        """Return the form to take where one is not possible for a reason.

        :param res.company company:
        :param crm.task.reminder.channel channel: the form that is not possible
        :param str reason: one of ``REASONS``
        :return crm.task.reminder.channel | None: one that the company can send in
        """
        second = channel._get_second_way(company, reason)
        if second is None:
            return None
        decision = self.env["crm.task.reminder.decision"]
        return None if decision._find_set_up_gap(company, second) else second

    @api.model
    def _address(self, refusals):
        """Return the deliveries that take the place of what is not possible.

        :param list[Refusal] refusals: why reminders do not reach somebody
        :return tuple[list[Delivery], list[Refusal]]: the deliveries, each with
            ``instead_of``; and who is reached in no other form, told why where one was
            looked for
        """
        decision = self.env["crm.task.reminder.decision"]
        made, hopeless, sought = {}, [], {}
        find, get_template = cache(self._find), self._remember_templates()
        for refusal in refusals:
            reminder, recipient = refusal.reminder, refusal.recipient
            second = self._find_for(refusal, find)
            if second is None:
                hopeless.append(refusal)
                continue
            sought[reminder, recipient] = refusal, second
            template = get_template(reminder, second)
            found, refused = decision._address(reminder, [recipient], second, template)
            hopeless += [self._add_reason(refusal, second, one) for one in refused]
            for one in found:
                made.setdefault(one.key, replace(one, instead_of=refusal))
        allowed, blacklisted = decision._split_blacklisted(list(made.values()))
        reached = {(one.reminder, one.recipient) for one in allowed}
        hopeless += [
            self._add_reason(*sought[one.reminder, one.recipient], one)
            for one in blacklisted
            if (one.reminder, one.recipient) not in reached
        ]
        return allowed, hopeless

    @api.model
    def _remember_templates(self):
        """Return what gives the template of a reminder in a second form.

        It looks for one once for all that are set alike.

        :return function: of a reminder and a channel
        """
        templates = {}

        def get_template(reminder, channel):
            kind = reminder.company_id, reminder.audience, reminder.moment, channel
            place = reminder.task_id.project_id, *kind
            if place not in templates:
                templates[place] = reminder._get_second_template(channel)
            return templates[place]

        return get_template

    @api.model
    def _find_for(self, refusal, find):
        """Return the form to take for somebody who is not reached, None without one.

        Another line of the task that tells the same person the same at that time in
        that form makes it needless.

        :param Refusal refusal:
        :param find: ``_find``, which may remember what it has found
        """
        reminder = refusal.reminder
        if not refusal.recipient:
            return None
        channel = reminder._get_channel()
        second = find(reminder.company_id, channel, refusal.error.reason)
        if second is None or self._is_told_by_another_line(reminder, second):
            return None
        return second

    @api.model
    def _is_told_by_another_line(self, reminder, channel):
        """Tell whether another line of the task tells the same in another form.

        Not one that has nothing to send, or waits for a task that may never be done,
        nor one of another company, which may not be sending.
        """
        place, due_at = (channel._channel, reminder.moment), reminder._get_turn_due_at()
        # sudo: when a line was sent last is not for everybody to read
        return any(
            (line.channel, line.moment) == place
            and line.company_id == reminder.company_id
            and due_at in (line.due_at, line.handled_due_at)
            and line.state in TELLING_LINES
            and line[channel._template_field]
            and not line._awaits_done()
            and self._is_to_tell(line, due_at)
            for line in reminder.sudo().task_id._get_reminder_lines(reminder.audience)
        )

    @api.model
    def _is_to_tell(self, line, due_at):
        """Tell whether nothing keeps a line from what it has not told yet.

        As a customer's answer may, of which the other line is independent.

        :param crm.task.reminder line: which tells at that time, or has
        :param datetime due_at: naive UTC
        """
        if line.state == "done" or line.due_at != due_at:
            return True
        decision = self.env["crm.task.reminder.decision"]
        return not decision._find_reason(line, fields.Datetime.now())

    @api.model
    def _add_reason(self, refusal, channel, other):
        """Return a refusal that also tells why the second form is not possible.

        :param Refusal refusal: about the reminder's own form
        :param crm.task.reminder.channel channel: the second form
        :param Refusal other: about that one
        """
        labels = dict(self.env["crm.task.reminder.log"]._get_channel_selection())
        second = self.env["crm.task.reminder.log"]._explain(other.error)
        words = [refusal.error.detail, f"{labels[channel._channel]}: {second}"]
        detail = "; ".join(filter(None, words))
        return replace(refusal, error=ReminderError(refusal.error.reason, detail))

    # ------------------------------------------------------------------
    # What has failed on its way
    # ------------------------------------------------------------------

    @api.model
    def _get_failed_domain(self, company):
        """Return the domain that the partial index ``_second_way_idx`` serves."""
        return [("company_id", "=", company.id), ("seeks_second_way", "=", True)]

    @api.model
    def _is_used(self, company):
        """Tell whether a company has set a second way for any form."""
        channels = self.env["crm.task.reminder.mixin"]._get_channels().values()
        return any(one._get_second_way(company) is not None for one in channels)

    @api.model
    def _queue_failed(self, company, run):
        """Queue in their second form the messages that have failed since.

        To be called under ``retry``.

        :param crm.task.reminder.log run: the row of this run of the service
        :return int: number of failed messages that were looked at
        """
        log = self.env["crm.task.reminder.log"]
        decision = self.env["crm.task.reminder.decision"]
        rows = self._claim_failed(company)
        if not rows:
            return 0
        row_by_refusal = self._list_open(rows)
        deliveries, hopeless = self._address(list(row_by_refusal))
        self._note_hopeless(row_by_refusal, hopeless)
        messages = log._get_messages(rows.reminder_id)
        told = messages._get_told_people()
        new = decision._filter_new(messages, deliveries)
        new = [one for one in new if one.person not in told]
        messages._supersede({one.key for one in new})
        for one in new:
            one.instead_of_id = row_by_refusal[one.instead_of].id
        queued, failed = self._queue_instead(company, new)
        values = [*queued, *map(log._prepare_refusal_row, failed)]
        log.create([{**row, "run_id": run.id} for row in values])
        run.queued_count += len(queued)
        run.not_sent_count += len(failed)
        return len(rows)

    @api.model
    def _claim_failed(self, company, *, are_plans=False):
        """Lock the next failed messages, which nobody has to look at once more.

        :param bool are_plans: those of morning plans; of lines otherwise
        :return crm.task.reminder.log: at most ``BATCH_SIZE``
        """
        own = ("plan_day", "!=" if are_plans else "=", False)
        domain = [*self._get_failed_domain(company), own]
        log = self.env["crm.task.reminder.log"]
        rows = claim(log, domain, order="id", limit=BATCH_SIZE)
        rows.seeks_second_way = False
        return rows

    @api.model
    def _note_hopeless(self, row_by_refusal, hopeless):
        """Tell at failed messages why no other form is possible either.

        :param dict row_by_refusal: what ``_list_open`` returns
        :param list[Refusal] hopeless: some of them, or what was made of these
        """
        for row, refusal in self._find_rows(row_by_refusal, hopeless).items():
            row.detail = refusal.error.detail

    @api.model
    def _find_rows(self, row_by_refusal, hopeless):
        """Return the messages that do not reach somebody in another form either.

        :param dict row_by_refusal: what ``_list_open`` returns
        :param list[Refusal] hopeless: some of them, or what was made of these
        :return dict[crm.task.reminder.log, Refusal]: with why
        """

        def get_place(refusal):
            return refusal.reminder, refusal.recipient, refusal.address

        why = {get_place(one): one for one in hopeless}
        return {
            row: why[place]
            for refusal, row in row_by_refusal.items()
            if (place := get_place(refusal)) in why
        }

    @api.model
    def _filter_replaceable(self, rows, error, *, for_all=False):
        """Return the messages in whose place another form would reach somebody now.

        :param crm.task.reminder.log rows:
        :param ReminderError error: why they are not possible
        :param bool for_all: whether all who share the address have to be reached
        """
        candidates = rows._filter_with_second_way(error.reason)
        if not candidates:
            return candidates
        row_by_refusal = self._list_open(candidates, error)
        deliveries, hopeless = self._address(list(row_by_refusal))
        found = rows.browse().union(
            *(row_by_refusal[one.instead_of] for one in deliveries)
        )
        if for_all:
            found -= rows.browse().union(*self._find_rows(row_by_refusal, hopeless))
        return found

    @api.model
    def _list_open(self, rows, error=None):
        """Return the messages that somebody is still to get in another form.

        :param crm.task.reminder.log rows: failed, unless an error is given
        :param ReminderError error: why they are not possible
        :return dict[Refusal, crm.task.reminder.log]: why each is not possible
        """
        decision = self.env["crm.task.reminder.decision"]
        obstacles = decision._find_obstacles(rows.reminder_id, is_written=True)
        found = {}
        for row in rows.filtered(lambda row: not row.is_superseded):
            reminder = row.reminder_id
            is_open = reminder and reminder._get_anchor() == row.start
            if not is_open or reminder in obstacles:
                continue
            reason = error or ReminderError(row.reason, row.detail or "")
            for recipient in decision._find_row_recipients(row):
                found[Refusal(reminder, reason, recipient, row.address)] = row
        return found

    @api.model
    def _queue_instead(self, company, deliveries):
        """Create the messages that take the place of others.

        :return tuple[list[dict], list[Refusal]]: as ``_queue_together`` of the queue
        """
        return self.env["crm.task.reminder.queue"]._queue_together(company, deliveries)
