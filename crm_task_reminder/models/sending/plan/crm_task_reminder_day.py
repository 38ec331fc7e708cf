from collections import defaultdict
from datetime import datetime, time, timedelta

from odoo import api, models
from odoo.fields import Domain

from ....tools import schedule
from ....tools.errors import ReminderError

#: Around now lies the day of every zone.
AROUND = timedelta(hours=38)


class CrmTaskReminderDay(models.AbstractModel):
    """What people have to do on a day: whose tasks they are, and which day it is there.

    Left out is what nobody's single reminder would tell either: tasks that are closed,
    assignees who are not to be reminded of a task, tasks whose reminders for operators
    are switched off. Private tasks are their owners' own affair.
    """

    _name = "crm.task.reminder.day"
    _description = "Day of a Task's Operators"

    @api.model
    def _find_days(self, company, since, now):
        """Return whose morning has begun and what they have to do that day.

        :param res.company company:
        :param datetime since: up to when it was looked before (naive UTC)
        :param datetime now: naive UTC
        :return list[tuple]: Recipient, date, when the morning began (naive UTC), tasks
        """
        days = []
        for recipient, work in self._find_work(company, now).values():
            day, due_at = self._get_morning(company, recipient.tz, now)
            if since < due_at <= now:
                tasks = self._filter_to_day(work, day, recipient.tz)
                # late, as after a downtime: there is something still to come
                if self._is_ahead(tasks, now):
                    days.append((recipient, day, due_at, tasks))
        return days

    @api.model
    def _filter_to_day(self, tasks, day, tz):
        """Return the tasks that start on a day in a zone.

        :param date day:
        :param str tz: name of a time zone
        """
        return tasks.filtered(
            lambda task: schedule.to_local(task.planned_date_begin, tz).date() == day
        )

    @api.model
    def _is_ahead(self, tasks, now):
        """Tell whether one of the tasks, if any, has not started yet."""
        return any(task.planned_date_begin >= now for task in tasks)

    @api.model
    def _find_work(self, company, now, until=AROUND):
        """Return the open tasks of a company around now, by whose they are.

        :param datetime now: naive UTC
        :param timedelta until: how far ahead
        :return dict[tuple, tuple]: contact and employee → Recipient and tasks, the
            earliest first
        """
        tasks = self._find_tasks(company, now - AROUND, now + until)
        tasks._read_reminder_operators(company)
        recipients, ids = {}, defaultdict(list)
        for task in tasks:
            for recipient in self._get_planned_recipients(company, task):
                person = recipient.partner, recipient.employee
                recipients.setdefault(person, recipient)
                ids[person].append(task.id)
        return {
            person: (recipient, tasks.browse(ids[person]))
            for person, recipient in recipients.items()
        }

    @api.model
    def _find_tasks(self, company, first, last):
        """Return the open tasks of a company that start in a span of time.

        :param datetime first: naive UTC
        :param datetime last: naive UTC
        """
        span = Domain("planned_date_begin", ">=", first)
        span &= Domain("planned_date_begin", "<=", last)
        tasks = self.env["project.task"].search(
            span
            & Domain("company_id", "in", [company.id, False])
            & Domain("project_id", "!=", False),
            order="planned_date_begin, id",
        )
        return tasks.filtered(lambda task: task._wants_reminders("operator"))

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

    # ------------------------------------------------------------------
    # What was told
    # ------------------------------------------------------------------

    @api.model
    def _find_told_work(self, rows, now):
        """Return the recipients of plans, and what is left of the tasks told of.

        Who share an address have shared its plan, which is a row of one of them.

        :param crm.task.reminder.log rows: of plans
        :param datetime now: naive UTC
        :return dict[crm.task.reminder.log, list[tuple]]: each Recipient with tasks, the
            earliest first; without those who have none of them any more
        """
        found = {}
        for company, members in rows.grouped("company_id").items():
            work = self._find_work(company, now)
            people = self._group_by_address(members, work)
            for row in members:
                told_ids = {task_id for task_id, _start in row.plan_tasks or []}
                own = row.partner_id, row.employee_id
                persons = {own: None, **people.get((row.channel, row.address), {})}
                for recipient, tasks in (work[one] for one in persons if one in work):
                    left = tasks.filtered(lambda task, ids=told_ids: task.id in ids)
                    if left:
                        found.setdefault(row, []).append((recipient, left))
        return found

    @api.model
    def _group_by_address(self, rows, work):
        """Return which people are reached at which address, in the forms of plans.

        :param crm.task.reminder.log rows: of plans
        :param dict work: as of ``_find_work``
        :return dict[tuple[str, str], dict[tuple, None]]: form and address → people
        """
        people = defaultdict(dict)
        for channel, _members in rows._split_by_channel():
            for person, (recipient, _tasks) in work.items():
                try:
                    addresses = channel._get_active_addresses(recipient)
                except ReminderError:
                    continue
                for address in addresses:
                    people[channel._channel, address][person] = None
        return people

    @api.model
    def _filter_current(self, rows, now):
        """Return the plans of which each word is still so, for their recipients.

        :param crm.task.reminder.log rows: of plans
        :param datetime now: naive UTC
        """
        decision = self.env["crm.task.reminder.decision"]
        current, none = rows.browse(), self.env["project.task"]
        told = {
            row: none.union(*(tasks for _recipient, tasks in work))
            for row, work in self._find_told_work(rows, now).items()
        }
        for company, members in rows.grouped("company_id").items():
            tasks = none.union(*(told.get(row, none) for row in members))
            readable_ids = decision._find_plan_readable_ids(company, tasks)
            for row in members:
                left = told.get(row, none).filtered(
                    lambda task, ids=readable_ids: task.id in ids
                )
                if sorted(rows._list_plan_tasks(left)) == sorted(row.plan_tasks or []):
                    current += row
        return current
