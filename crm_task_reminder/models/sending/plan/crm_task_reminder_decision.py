from collections import defaultdict
from datetime import datetime, time, timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ....tools import schedule
from ....tools.delivery import Refusal
from ....tools.errors import ReminderError
from ....tools.outcomes import TOLD_STATES
from ....tools.plan import Plan, get_moments

#: Around now lies the day of every zone.
AROUND = timedelta(hours=38)
#: States of a plan that its recipient has, or will have.
PLANNED_STATES = ("queued", *TOLD_STATES)


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
        plans, refusals = [], []
        for recipient, day, due_at, tasks in self._find_days(company, since, now):
            for channel in self._get_plan_channels(company):
                plan = self._make_plan(company, recipient, channel, tasks, day, due_at)
                try:
                    addressed = self._address_plan(plan, now)
                except ReminderError as error:
                    refusals.append(Refusal(plan, error, recipient))
                else:
                    plans += addressed
        allowed, blacklisted = self._split_blacklisted(plans)
        by_address = {(plan.channel, plan.address): plan for plan in plans}
        return allowed, refusals + [
            Refusal(
                by_address[one.reminder._get_channel(), one.address],
                one.error,
                one.recipient,
            )
            for one in blacklisted
        ]

    @api.model
    def _get_plan_channels(self, company):
        """Return the forms that a company's plan is sent in."""
        channels = self.env["crm.task.reminder.mixin"]._get_channels().values()
        return [one for one in channels if one._get_plan_template(company)]

    @api.model
    def _make_plan(self, company, recipient, channel, tasks, day, due_at):
        line = self.env["crm.task.reminder"].new(
            {
                "audience": "operator",
                "channel": channel._channel,
                "task_id": tasks[:1].id,
            }
        )
        template = channel._get_plan_template(company)
        return Plan(
            line,
            recipient,
            channel,
            "",
            template,
            company=company,
            tasks=tasks,
            day=day,
            due_at=due_at,
        )

    @api.model
    def _address_plan(self, plan, now):
        """Return a plan for each address of its recipient.

        :raise ReminderError: nobody is reached, or there is nothing that may be told
        """
        company, channel = plan.company, plan.channel
        plan.tasks = self._filter_plan_tasks(company, plan.tasks)
        if not plan.tasks:
            raise ReminderError("no_access")
        starts = plan.tasks.mapped("planned_date_begin")
        plan.anchor = min((one for one in starts if one >= now), default=max(starts))
        channel._check_set_up(company)
        addresses = channel._get_active_addresses(plan.recipient)
        plans = []
        for address in addresses:
            made = self._make_plan(
                company, plan.recipient, channel, plan.tasks, plan.day, plan.due_at
            )
            made.anchor, made.address = plan.anchor, address
            plans.append(made)
        return plans

    @api.model
    def _filter_plan_tasks(self, company, tasks):
        """Return the tasks that the sender may read, the earliest first."""
        sender = company._get_reminder_environment()
        readable = sender["project.task"].search([("id", "in", tasks.ids)])
        return tasks.browse(readable.ids).sorted("planned_date_begin")

    @api.model
    def _find_days(self, company, since, now):
        """Return whose morning has begun and what they have to do that day.

        :return list[tuple]: Recipient, date, when the morning began (naive UTC), tasks
        """
        days = defaultdict(self.env["project.task"].browse)
        recipients = {}
        for task in self._find_tasks_around(company, now):
            for recipient in self._get_planned_recipients(company, task):
                day, due_at = self._get_morning(company, recipient.tz, now)
                start = schedule.to_local(task.planned_date_begin, recipient.tz)
                if since < due_at <= now and start.date() == day:
                    person = recipient.partner, recipient.employee
                    recipients.setdefault(person, (recipient, day, due_at))
                    days[person] += task
        return [
            (*recipients[person], tasks)
            for person, tasks in days.items()
            # late, as after a downtime: there is something still to come
            if max(tasks.mapped("planned_date_begin")) >= now
        ]

    @api.model
    def _find_tasks_around(self, company, now):
        """Return the open tasks of a company that may be on somebody's day."""
        around = Domain("planned_date_begin", ">=", now - AROUND)
        around &= Domain("planned_date_begin", "<=", now + AROUND)
        tasks = self.env["project.task"].search(
            around & Domain("company_id", "in", [company.id, False])
        )
        return tasks.filtered(lambda task: task._allows_reminders())

    @api.model
    def _get_planned_recipients(self, company, task):
        """Return the staff of a task that a company's plan is for.

        A task of no company is planned by the company that somebody works in.
        """
        try:
            recipients = task._get_reminder_recipients("operator", company)
        except ReminderError:
            return []
        return [
            one
            for one in recipients
            if task.company_id
            or company in (one.employee.company_id | one.partner.user_ids.company_id)
        ]

    @api.model
    def _get_morning(self, company, tz, now):
        """Return the day in a zone, and when its plan is due there.

        :param str tz: name of a time zone
        :return tuple[date, datetime]: the moment is naive UTC
        """
        local = schedule.to_local(now, tz)
        hour, minute = divmod(round(company.reminder_plan_hour * 60), 60)
        morning = datetime.combine(local.date(), time(hour, minute), local.tzinfo)
        return local.date(), schedule.to_utc(morning)

    @api.model
    def _is_plan_current(self, row, now):
        """Tell whether what a plan says is still so, for its recipient.

        :param crm.task.reminder.log row: of a plan
        :param datetime now: naive UTC
        """
        company = row.company_id
        tasks = self._find_tasks_around(company, now).filtered(
            lambda task: any(
                (one.partner, one.employee) == (row.partner_id, row.employee_id)
                for one in self._get_planned_recipients(company, task)
            )
        )
        told = dict(row.plan_tasks or [])
        tasks = tasks.filtered(lambda task: task.id in told)
        present = get_moments(self._filter_plan_tasks(company, tasks))
        return present == row.plan_tasks

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

        :return set[tuple]: company, contact, employee, id of the task, its start
        """
        now, planned = fields.Datetime.now(), set()
        companies = reminders.filtered(
            lambda line: line.audience == "operator"
        ).company_id.filtered(lambda one: one.sudo().reminder_plan == "instead")
        for company in companies:
            # sudo: whoever looks at a reminder may know that a plan has told of it
            rows = self.env["crm.task.reminder.log"].sudo()._find_plans(company, now)
            for row in rows.filtered(lambda row: row.state in PLANNED_STATES):
                person = row.company_id, row.partner_id, row.employee_id
                planned |= {(*person, *moment) for moment in row.plan_tasks or []}
        return planned

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
        return (
            reminder.audience == "operator"
            and (
                reminder.company_id,
                recipient.partner,
                recipient.employee,
                reminder.task_id._origin.id,
                delivery.anchor.isoformat(),
            )
            in planned
        )
