from functools import partial

from odoo import api, fields, models
from odoo.tools import split_every

from ....tools.transaction import retry

#: Plans that are written together.
PLAN_BATCH = 100
#: What no two refusals of a plan share, see ``_get_plan_keys`` of the ledger.
REFUSAL_KEY = ("plan_day", "channel", "recipient_name", "reason")


class CrmTaskReminderQueue(models.AbstractModel):
    """Morning plans: written, and queued in the ledger like single reminders."""

    _inherit = "crm.task.reminder.queue"

    @api.model
    def _queue_due(self, company, run):
        if company._is_reminder_plan_time(fields.Datetime.now()):
            retry(self.env, partial(self._queue_plans, company, run))
            self.env["ir.cron"]._commit_progress()
        return super()._queue_due(company, run)

    @api.model
    def _queue_plans(self, company, run):
        """Queue the plans of everybody whose morning has begun since the last look.

        :param res.company company:
        :param crm.task.reminder.log run: the row of this run of the service
        """
        now = fields.Datetime.now()
        since = company.reminder_plan_seen_at or now
        # written first: of two workers the second one has a conflict, and looks again
        company.reminder_plan_seen_at = now
        company.flush_recordset()
        rows = self.env["crm.task.reminder.log"]._find_plans(company, now)
        known = rows._get_plan_keys()
        decision = self.env["crm.task.reminder.decision"]
        plans, refusals = decision._find_plans(company, since, now)
        self._refuse_plans(refusals, known, plans, run)
        plans += self.env["crm.task.reminder.second.way"]._replace_again(rows, plans)
        new = [plan for plan in self._merge_plans(plans) if plan.key not in known]
        self._queue_new_plans(company, new, run)

    @api.model
    def _replace_waiting_plans(self, company):
        """Have reminders come back in whose place there are plans that do not leave.

        :param res.company company:
        """
        waiting = self.env["crm.task.reminder.log"].search(
            [
                ("company_id", "=", company.id),
                ("state", "=", "queued"),
                ("plan_day", "!=", False),
            ]
        )
        # What is refused in a form that holds these as well would be refused once more;
        # not what may leave in another form.
        held_forms = {
            row.channel
            for row in waiting._filter_plans_held_with_form()
            if row._get_channel()._get_second_way(company) is None
        }
        self.env["crm.task.reminder.second.look"]._bring_back_planned(
            waiting - waiting._filter_telling_plans(), held_forms
        )

    @api.model
    def _queue_new_plans(self, company, plans, run):
        """Create plans and their rows.

        :param list[Plan] plans: of different addresses, forms and days
        """
        queue, rows = self.env["crm.task.reminder.plan.queue"], []
        for batch in split_every(PLAN_BATCH, plans, list):
            queued, failed = queue._queue_together(company, batch)
            rows += [*queued, *map(self._prepare_refused_plan, failed)]
        self.env["crm.task.reminder.log"].create(
            [{**row, "run_id": run.id} for row in rows]
        )
        queued = sum(row["state"] == "queued" for row in rows)
        run.queued_count += queued
        run.not_sent_count += len(rows) - queued

    @api.model
    def _refuse_plans(self, refusals, known, plans, run):
        """Note in the ledger who gets no plan, unless that is noted already.

        :param set[tuple] known: as of ``_get_plan_keys``
        :param list[Plan] plans: what is to be queued; told the row of what they replace
        """
        log = self.env["crm.task.reminder.log"]
        new = []
        for refusal in refusals:
            row = self._prepare_refused_plan(refusal)
            if tuple(row[name] for name in REFUSAL_KEY) not in known:
                new.append((refusal, {**row, "run_id": run.id}))
        rows = log.create([row for _refusal, row in new])
        run.not_sent_count += len(rows)
        row_ids = {
            id(refusal): row.id
            for (refusal, _values), row in zip(new, rows, strict=True)
        }
        for plan in plans:
            plan.instead_of_id = row_ids.get(id(plan.instead_of), False)

    @api.model
    def _merge_plans(self, plans):
        """Return plans of which each address gets one: who share it share the plan.

        :param list[Plan] plans:
        :return list[Plan]:
        """
        merged = {}
        for plan in plans:
            first = merged.setdefault(plan.key, plan)
            if first is not plan:
                tasks = first.tasks | plan.tasks
                first.tasks = tasks.sorted("planned_date_begin")
                first.anchor = min(first.anchor, plan.anchor)
        return list(merged.values())

    @api.model
    def _prepare_refused_plan(self, refusal):
        """Return the values of a row about a plan that is not sent.

        :param Refusal refusal: its plan is what it is about
        """
        plan, error = refusal.reminder, refusal.error
        log = self.env["crm.task.reminder.log"]
        row = log._prepare_plan_row(plan, refusal.state, error.reason, error.detail)
        # what failed is no message of that address
        return {**row, "address": not refusal.has_failed and row["address"]}
