from collections import defaultdict

from odoo import api, fields, models

from ...tools.delivery import Delivery, Refusal
from ...tools.errors import ReminderError


class CrmTaskReminderDecision(models.AbstractModel):
    """Which reminder may go, to whom and where; and if not, why.

    Whoever wants to know asks here: the queue, what waits to be handed over, *send
    now*, the task's tab and the preview. So they can't tell different things.
    """

    _name = "crm.task.reminder.decision"
    _description = "Task Reminder Decision"

    # ------------------------------------------------------------------
    # May it go?
    # ------------------------------------------------------------------

    @api.model
    def _find_company_obstacle(self, company):
        """Return what keeps a company from sending at all, None if nothing does."""
        if not company.active or not company.reminder_enabled:
            return ReminderError("company_off")
        trouble = company._get_reminder_trouble()
        return ReminderError(trouble) if trouble else None

    @api.model
    def _find_obstacle(self, reminder):
        """Return what keeps a reminder from being sent now, its company's set-up first.

        :param crm.task.reminder reminder: one
        :return ReminderError | None:
        """
        return self._find_all_obstacles(reminder).get(reminder)

    @api.model
    def _find_all_obstacles(self, reminders):
        """Return what keeps reminders from being sent now, their companies' set-up too.

        :param crm.task.reminder reminders:
        :return dict[crm.task.reminder, ReminderError]: without those that may go
        """
        own = self._find_obstacles(reminders)
        return own | self._find_company_obstacles(reminders)

    @api.model
    def _find_company_obstacles(self, reminders):
        """Return which reminders are of companies that may not send, and why not.

        :param crm.task.reminder reminders:
        :return dict[crm.task.reminder, ReminderError]:
        """
        return {
            line: error
            for company, lines in reminders.grouped("company_id").items()
            if (error := self._find_company_obstacle(company))
            for line in lines
        }

    @api.model
    def _find_obstacles(self, reminders, *, is_written=False):
        """Return what keeps reminders from being sent now, apart from their companies.

        Of a company that may not send there is nobody whose rights count.

        :param crm.task.reminder reminders: also unsaved ones
        :param bool is_written: the messages exist: they need no template any more, and
            what the set-up lacks puts them off instead of ending them
        :return dict[crm.task.reminder, ReminderError]: without those that may go
        """
        obstacles = {}
        now = fields.Datetime.now()
        # sets of ids, unsaved lines among them: quicker than to look into recordsets
        repeated_ids = {line.id for line in reminders._filter_repeated()}
        for company, members in reminders.grouped("company_id").items():
            gaps, readable = {}, members
            if not company._get_reminder_trouble():
                readable = self._filter_readable(company, members)
            readable_ids = {line.id for line in readable}
            for reminder in members:
                if reason := self._find_reason(reminder, now):
                    obstacles[reminder] = ReminderError(reason)
                elif reminder.id in repeated_ids:
                    obstacles[reminder] = ReminderError("repeated")
                elif reminder.id not in readable_ids:
                    obstacles[reminder] = ReminderError("no_access")
                elif not is_written and (gap := self._find_gap(reminder, gaps)):
                    obstacles[reminder] = gap
        return obstacles

    @api.model
    def _find_writing_obstacle(self, reminder):
        """Return why a reminder has no text, whether it is its time or not.

        :param crm.task.reminder reminder: one
        :return ReminderError | None:
        """
        company = reminder.company_id
        if trouble := company._get_reminder_trouble():
            return ReminderError(trouble)
        if not self._filter_readable(company, reminder):
            return ReminderError("no_access")
        return None if reminder._get_template() else ReminderError("no_template")

    @api.model
    def _find_reason(self, reminder, now):
        """Return why nobody is to be reminded now, as far as task and times tell.

        :param datetime now: naive UTC
        :return str | None: one of ``REASONS``
        """
        task, company = reminder.task_id, reminder.company_id
        if not reminder._get_anchor():
            return "no_start"
        if not reminder._is_wanted():
            return "switched_off" if task._allows_reminders() else "closed"
        if reminder._has_passed(now):
            return "started"
        if reminder._is_before_switch(company):
            return "before_switch"
        return "passed" if reminder._is_too_late(company) else None

    @api.model
    def _find_gap(self, reminder, known):
        """Return what is missing for the reminder's message to be written.

        :param dict known: what the set-up of its company lacks, by form; added to
        :return ReminderError | None:
        """
        if not reminder._get_template():
            return ReminderError("no_template")
        name = reminder.channel
        if name not in known:
            channel = reminder._get_channel()
            known[name] = self._find_set_up_gap(reminder.company_id, channel)
        return known[name]

    @api.model
    def _find_set_up_gap(self, company, channel):
        """Return what a company's set-up lacks for a form.

        :param res.company company:
        :param crm.task.reminder.channel channel:
        :return ReminderError | None:
        """
        try:
            channel._check_set_up(company)
        except ReminderError as error:
            return error
        return None

    @api.model
    def _filter_readable(self, company, reminders):
        """Return the reminders of which the sender may read what they are about.

        That is the task and, if it is the customer who is reminded, the customer.

        :param res.company company: of the reminders, in whose name they leave
        """
        sender = company._get_reminder_environment(active_test=False)

        def find_hidden(records):
            # it leaves the rights to the database: much less work than to check each
            found = records.with_env(sender).search([("id", "in", records.ids)])
            return set(records.ids) - set(found.ids)

        hidden_tasks, hidden_customers = (
            find_hidden(reminders.task_id),
            find_hidden(reminders.task_id.partner_id),
        )
        if not hidden_tasks and not hidden_customers:
            return reminders
        return reminders.filtered(
            lambda line: (
                line.task_id._origin.id not in hidden_tasks
                and (
                    line.audience != "customer"
                    or line.task_id.partner_id._origin.id not in hidden_customers
                )
            )
        )

    # ------------------------------------------------------------------
    # To whom, and where?
    # ------------------------------------------------------------------

    @api.model
    def _resolve(self, reminders, form=None):
        """Return who gets reminders at which address, and who does not and why.

        :param crm.task.reminder reminders:
        :param project.task form: the task of all of them as an unsaved form has it
        :return tuple[list[Delivery], list[Refusal]]:
        """
        deliveries, refusals = [], []
        for reminder in reminders:
            try:
                recipients = (form or reminder.task_id)._get_reminder_recipients(
                    reminder.audience, reminder.company_id
                )
            except ReminderError as error:
                refusals.append(Refusal(reminder, error))
            else:
                form_of_it = reminder._get_channel(), reminder._get_template()
                made, refused = self._address(reminder, recipients, *form_of_it)
                deliveries += made
                refusals += refused
        allowed, blacklisted = self._split_blacklisted(deliveries)
        return allowed, refusals + blacklisted

    @api.model
    def _resolve_missing(self, reminders, form=None):
        """Return the deliveries whose recipients have no message yet.

        :param crm.task.reminder reminders:
        :param project.task form: the task of all of them as an unsaved form has it
        :return list[Delivery]:
        """
        messages = self.env["crm.task.reminder.log"]._get_messages(reminders)
        deliveries, _refusals = self._resolve(reminders, form)
        return self._filter_new(messages, deliveries)

    @api.model
    def _filter_new(self, messages, deliveries):
        """Return the deliveries of which there is no message yet.

        :param crm.task.reminder.log messages: those that the reminders have
        """
        known = messages._get_known_keys()
        known -= messages._find_keys_for_others(deliveries)
        return [delivery for delivery in deliveries if delivery.key not in known]

    @api.model
    def _find_refusal(self, reminder):
        """Return why nobody is reached by a reminder, None when somebody is.

        :param crm.task.reminder reminder: one
        :return ReminderError | None:
        """
        deliveries, refusals = self._resolve(reminder)
        return None if deliveries else refusals[0].error

    @api.model
    def _address(self, reminder, recipients, channel, template):
        """Turn a reminder into deliveries, one per address.

        :param list[Recipient] recipients:
        :param crm.task.reminder.channel channel:
        :param template: what is filled in
        :return tuple[list[Delivery], list[Refusal]]:
        """
        occasion = reminder._get_anchor(), reminder._get_turn()
        deliveries, refusals = {}, []
        for recipient in recipients:
            try:
                addresses = channel._get_active_addresses(recipient)
            except ReminderError as error:
                refusals.append(Refusal(reminder, error, recipient))
                continue
            for address in addresses:
                if address in deliveries:
                    deliveries[address].others.append(recipient)
                else:
                    deliveries[address] = Delivery(
                        reminder, recipient, channel, address, template, *occasion
                    )
        return list(deliveries.values()), refusals

    @api.model
    def _split_blacklisted(self, deliveries):
        """Split off the deliveries whose address is on a blacklist of Odoo.

        :return tuple[list[Delivery], list[Refusal]]:
        """
        allowed, refusals = [], []
        for channel, members in self._group_by_channel(deliveries):
            blacklisted = channel._get_blacklisted([one.address for one in members])
            for one in members:
                if one.address in blacklisted:
                    error = ReminderError("blacklisted")
                    refusals += [
                        Refusal(one.reminder, error, recipient, one.address)
                        for recipient in (one.recipient, *one.others)
                    ]
                else:
                    allowed.append(one)
        return allowed, refusals

    @api.model
    def _group_by_channel(self, deliveries):
        """Return pairs of a channel and its deliveries."""
        members = defaultdict(list)
        for delivery in deliveries:
            members[delivery.channel].append(delivery)
        return list(members.items())
