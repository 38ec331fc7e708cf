from dataclasses import replace

from odoo import api, fields, models

from ....tools.delivery import Refusal
from ....tools.errors import ReminderError
from ....tools.plan import Plan


class CrmTaskReminderDecision(models.AbstractModel):
    """Who gets which morning plan, and which reminder a plan has made needless."""

    _inherit = "crm.task.reminder.decision"

    # ------------------------------------------------------------------
    # Plans
    # ------------------------------------------------------------------

    @api.model
    def _find_plans(self, company, since, now):
        """Return the plans of everybody whose morning has begun, and why some get none.

        :param res.company company:
        :param datetime since: up to when it was looked before (naive UTC)
        :param datetime now: naive UTC
        :return tuple[list[Plan], list[Refusal]]: to each refusal its plan belongs as
            what it is about
        """
        day = self.env["crm.task.reminder.day"]
        days = day._find_days(company, since, now)
        tasks = self.env["project.task"].browse(
            {task_id for *_day, tasks in days for task_id in tasks.ids}
        )
        readable_ids = self._find_plan_readable_ids(company, tasks)
        whole, refusals = [], []
        for recipient, date, due_at, tasks in days:
            told = tasks.filtered(lambda task: task.id in readable_ids)
            if hidden := tasks - told:
                refusals.append(
                    self._refuse_hidden(company, recipient, hidden, date, due_at)
                )
            if day._is_ahead(told, now):
                whole.append((recipient, told, date, due_at))
        plans, refused = self._address_plans(company, whole)
        second_way = self.env["crm.task.reminder.second.way"]
        others, hopeless = second_way._address_plans(refusals + refused)
        # the rows about what was not possible in the plan's own form stay
        replaced = {id(one.instead_of): one.instead_of for one in others}
        return plans + others, hopeless + [*replaced.values()]

    @api.model
    def _refuse_hidden(self, company, recipient, tasks, day, due_at):
        """Tell that tasks of somebody are not told of: the sender may not read them."""
        plan = self._make_plan(company, recipient, None, tasks, day, due_at)
        return Refusal(plan, ReminderError("no_access"), recipient)

    @api.model
    def _address_plans(self, company, days):
        """Return the plans of people in each form, and why some get none.

        :param list[tuple] days: Recipient, tasks, date, when the morning began
        :return tuple[list[Plan], list[Refusal]]:
        """
        channels = self._get_plan_channels(company)
        gaps = {
            channel._channel: self._find_set_up_gap(company, channel)
            for channel in channels
        }
        plans, refusals = [], []
        for recipient, *day in days:
            for channel in channels or [None]:
                plan = self._make_plan(company, recipient, channel, *day)
                if channel is None:
                    gap = ReminderError("no_template")
                else:
                    gap = gaps[channel._channel]
                made, refused = self._address_plan(plan, gap)
                plans += made
                refusals += refused
        allowed, blacklisted = self._split_blacklisted_plans(plans)
        return allowed, refusals + blacklisted

    @api.model
    def _address_plan(self, plan, gap=None):
        """Return a plan for each address of its recipient, or why there is none.

        :param ReminderError gap: what the company lacks
        :return tuple[list[Plan], list[Refusal]]:
        """
        try:
            if gap:
                raise gap
            addresses = plan.channel._get_active_addresses(plan.recipient)
        except ReminderError as error:
            return [], [Refusal(plan, error, plan.recipient)]
        return [replace(plan, address=address) for address in addresses], []

    @api.model
    def _split_blacklisted_plans(self, plans):
        """Split off the plans whose address is on a blacklist of Odoo.

        :return tuple[list[Plan], list[Refusal]]:
        """
        allowed, blacklisted = self._split_blacklisted(plans)
        # several may share an address; each plan has a line of its own
        by_place = {(plan.reminder, plan.address): plan for plan in plans}
        return allowed, [
            replace(one, reminder=by_place[one.reminder, one.address])
            for one in blacklisted
        ]

    @api.model
    def _get_plan_channels(self, company):
        """Return the forms that a company's plan is sent in."""
        channels = self.env["crm.task.reminder.mixin"]._get_channels().values()
        return [one for one in channels if one._get_plan_template(company)]

    @api.model
    def _make_plan(self, company, recipient, channel, tasks, day, due_at):
        """Return the plan of a person, without an address.

        :param Recipient recipient:
        :param crm.task.reminder.channel | None channel: None where it has no form
        :param project.task tasks: the earliest first
        :param date day: in the recipient's zone
        :param datetime due_at: when the morning began there (naive UTC)
        """
        now = fields.Datetime.now()
        line = self.env["crm.task.reminder"].new(
            {
                "audience": "operator",
                "channel": channel is not None and channel._channel,
                "task_id": tasks[:1].id,
            }
        )
        starts = tasks.mapped("planned_date_begin")
        return Plan(
            line,
            recipient,
            channel,
            "",
            None if channel is None else channel._get_plan_template(company),
            anchor=min((one for one in starts if one >= now), default=starts[-1]),
            company=company,
            tasks=tasks,
            day=day,
            due_at=due_at,
        )

    @api.model
    def _find_plan_readable_ids(self, company, tasks):
        """Return the ids of the tasks that the sender may read."""
        sender = company._get_reminder_environment()
        return set(sender["project.task"].search([("id", "in", tasks.ids)]).ids)

    # ------------------------------------------------------------------
    # Single reminders
    # ------------------------------------------------------------------

    @api.model
    def _resolve(self, reminders, form=None):
        deliveries, refusals = super()._resolve(reminders, form)
        planned = self._find_planned(reminders)
        if not planned:
            return deliveries, refusals
        rest = [one for one in deliveries if not self._is_planned(one, planned)]
        refusals += [
            Refusal(one.reminder, ReminderError("planned"), one.recipient)
            for one in deliveries
            if one not in rest
        ]
        return rest, refusals

    @api.model
    def _find_planned(self, reminders):
        """Return what was told by plans that stand in place of single reminders.

        :return set[tuple]: form of the reminders, None for all, company, contact,
            employee, id of the task, its start; and the same with form and address of
            the plan, as who share one have shared the plan
        """
        now, planned = fields.Datetime.now(), set()
        companies = reminders.filtered(
            lambda line: line.audience == "operator"
        ).company_id.filtered(lambda one: one.sudo().reminder_plan == "instead")
        for company in companies:
            # sudo: whoever looks at a reminder may know that a plan has told of it
            rows = self.env["crm.task.reminder.log"].sudo()._find_plans(company, now)
            for row in rows._filter_telling_plans():
                planned |= self._list_planned(row, None)
            for row in rows._filter_plans_held_with_form():
                planned |= self._list_planned(row, row.channel)
        return planned

    @api.model
    def _list_planned(self, row, form):
        """Return what a plan tells, as ``_find_planned`` does.

        :param crm.task.reminder.log row: of a plan
        :param str | None form: of the reminders that it is in place of, None for all
        """
        return {
            (form, row.company_id, *who, *moment)
            for who in ((row.partner_id, row.employee_id), (row.channel, row.address))
            for moment in row.plan_tasks or []
        }

    @api.model
    def _is_planned(self, delivery, planned):
        """Tell whether a plan has told of what a reminder would tell.

        Not where a person wants the reminder to be sent now.

        :param Delivery delivery:
        :param set planned: as of ``_find_planned``
        """
        reminder, recipient = delivery.reminder, delivery.recipient
        # sudo: when it was asked for is not for everybody to read
        if not delivery.anchor or reminder.sudo().asked_start == delivery.anchor:
            return False
        if reminder.audience != "operator":
            return False
        company = reminder.company_id
        told = reminder.task_id._origin.id, delivery.anchor.isoformat()
        places = self._list_plan_addresses(company, recipient)
        return any(
            (form, company, *who, *told) in planned
            for form in (None, delivery.channel._channel)
            for who in ((recipient.partner, recipient.employee), *places)
        )

    @api.model
    def _list_plan_addresses(self, company, recipient):
        """Return where a company's morning plans reach somebody.

        :return list[tuple[str, str]]: forms and addresses
        """
        places = []
        for channel in self._get_plan_channels(company):
            try:
                addresses = channel._get_active_addresses(recipient)
            except ReminderError:
                continue
            places += [(channel._channel, address) for address in addresses]
        return places
