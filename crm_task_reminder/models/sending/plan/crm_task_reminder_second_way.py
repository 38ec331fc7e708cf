from dataclasses import replace

from odoo import api, fields, models

from ....tools.delivery import Refusal
from ....tools.errors import ReminderError
from ....tools.transaction import lock


class CrmTaskReminderSecondWay(models.AbstractModel):
    """Morning plans reach in another form whom they can't reach in their own."""

    _inherit = "crm.task.reminder.second.way"

    # ------------------------------------------------------------------
    # Which form, at which address
    # ------------------------------------------------------------------

    @api.model
    def _can_replace_plan(self, row, reason):
        """Tell whether another form may take the place of a plan's message.

        Not where that form has a plan of its own, nor where it is in place already.

        :param crm.task.reminder.log row: of a plan
        :param str reason: why it is not possible, one of ``REASONS``
        """
        second = self._find(row.company_id, row._get_channel(), reason)
        return (
            second is not None
            and not row.instead_of_id
            and bool(self._find_second_plan_template(row.company_id, second))
        )

    @api.model
    def _filter_replaceable(self, rows, error, *, for_all=False):
        plans = rows.filtered("plan_day")
        found = super()._filter_replaceable(rows - plans, error, for_all=for_all)
        candidates = plans._filter_with_second_way(error.reason)
        if not candidates:
            return found
        now = fields.Datetime.now()
        refusals = self._list_failed_plans(candidates, now, error)
        made, hopeless = self._address_plans([one for _row, one in refusals])
        reached = {id(plan.instead_of) for plan in made}
        left = {id(one.reminder) for one in hopeless if for_all}
        found = found.union(*(row for row, one in refusals if id(one) in reached))
        return found - rows.browse().union(
            *(row for row, one in refusals if id(one.reminder) in left)
        )

    @api.model
    def _find_second_plan_template(self, company, channel):
        """Return what fills in a plan in a form that is only the second way.

        :return: a template, empty where the form has its own plan, or none
        """
        template = channel._get_standard_plan_template()
        return template.browse() if channel._get_plan_template(company) else template

    @api.model
    def _find_second_plan(self, refusal):
        """Return the plan that takes the place of one, None without another form.

        :param Refusal refusal: its plan is what it is about
        :return Plan | None: without an address
        """
        first = refusal.reminder
        if first.channel is None:
            return None
        second = self._find(first.company, first.channel, refusal.error.reason)
        if second is None:
            return None
        template = self._find_second_plan_template(first.company, second)
        if not template:
            return None
        place = first.company, first.recipient, second
        decision = self.env["crm.task.reminder.decision"]
        plan = decision._make_plan(*place, first.tasks, first.day, first.due_at)
        return replace(plan, template=template, instead_of=refusal)

    @api.model
    def _address_plans(self, refusals):
        """Return the plans that take the place of what is not possible.

        :param list[Refusal] refusals: each with its plan as what it is about
        :return tuple[list[Plan], list[Refusal]]: the plans, each with ``instead_of``;
            and who is reached in no other form, told why where one was looked for
        """
        decision = self.env["crm.task.reminder.decision"]
        plans, hopeless = [], []
        for refusal in refusals:
            plan = self._find_second_plan(refusal)
            if plan is None:
                hopeless.append(refusal)
                continue
            made, refused = decision._address_plan(plan)
            plans += made
            hopeless += [
                self._add_reason(refusal, plan.channel, one) for one in refused
            ]
        allowed, blacklisted = decision._split_blacklisted_plans(plans)
        reached = {id(plan.instead_of) for plan in allowed}
        hopeless += [
            self._add_reason(one.reminder.instead_of, one.reminder.channel, one)
            for one in blacklisted
            if id(one.reminder.instead_of) not in reached
        ]
        return allowed, hopeless

    # ------------------------------------------------------------------
    # What has failed on its way
    # ------------------------------------------------------------------

    @api.model
    def _queue_failed(self, company, run):
        count = self._queue_failed_plans(company, run)
        # where either was a whole batch there may be more of it
        return max(count, super()._queue_failed(company, run))

    @api.model
    def _queue_failed_plans(self, company, run):
        """Queue in their second form the plans that have failed since.

        :param crm.task.reminder.log run: the row of this run of the service
        :return int: number of failed plans that were looked at
        """
        log = self.env["crm.task.reminder.log"]
        rows = self._claim_failed(company, are_plans=True)
        if not rows:
            return 0
        queue = self.env["crm.task.reminder.queue"]
        now = fields.Datetime.now()
        # what stands in the place of another plan has no form left
        own = rows.filtered(lambda row: not row.instead_of_id)
        refusals = self._list_failed_plans(own, now)
        row_by_plan = {id(one.reminder): row for row, one in refusals}
        plans, hopeless = self._address_plans([one for _row, one in refusals])
        for one in hopeless:
            row_by_plan[id(one.reminder)].detail = one.error.detail
        for plan in plans:
            plan.instead_of_id = row_by_plan[id(plan.instead_of.reminder)].id
        known = log._find_plans(company, now)._get_plan_keys()
        plans = [plan for plan in queue._merge_plans(plans) if plan.key not in known]
        queue._queue_new_plans(company, plans, run)
        self.env["crm.task.reminder.second.look"]._bring_back_planned(rows)
        return len(rows)

    @api.model
    def _list_failed_plans(self, rows, now, error=None):
        """Return the failed plans that somebody is still to get in another form.

        :param crm.task.reminder.log rows: failed, unless an error is given
        :param datetime now: naive UTC
        :param ReminderError error: why they are not possible
        :return list[tuple[crm.task.reminder.log, Refusal]]: why each has failed, about
            a plan of what is left of its tasks; for each of who share its address
        """
        day = self.env["crm.task.reminder.day"]
        decision = self.env["crm.task.reminder.decision"]
        current = day._filter_current(rows, now)
        found = []
        for row, work in day._find_told_work(current, now).items():
            for recipient, tasks in work:
                if (
                    not day._is_ahead(tasks, now)
                    or row.company_id.reminder_plan == "off"
                ):
                    continue
                channel = row._get_channel()
                plan = decision._make_plan(
                    row.company_id, recipient, channel, tasks, row.plan_day, row.due_at
                )
                why = error or ReminderError(row.reason, row.detail or "")
                found.append((row, Refusal(plan, why, recipient, row.address)))
        return found

    @api.model
    def _replace_again(self, rows, plans):
        """Return what takes the place of failed plans, as what did so was dropped.

        Made of what is on the day by now. The failed plans count as written: no other
        is written in their form.

        :param crm.task.reminder.log rows: the plans that there are
        :param list[Plan] plans: of those whose morning has begun, in the own form
        :return list[Plan]: each with ``instead_of_id``
        """
        found = rows._find_plans_replaced_in_vain()
        if not found:
            return []
        # no late receipt is to come unseen
        lock(rows.browse().union(*(row for row, _people in found.values())))
        refusals = []
        for plan in plans:
            row, people = found.get(plan.key, (rows.browse(), ()))
            recipient = plan.recipient
            who = recipient.partner.id, recipient.employee.id
            if row and who not in people:
                why = ReminderError(row.reason, row.detail or "")
                refusals.append(Refusal(plan, why, recipient, plan.address))
        made, _hopeless = self._address_plans(refusals)
        for plan in made:
            row, _people = found[plan.instead_of.reminder.key]
            plan.instead_of_id = row.id
        return made
