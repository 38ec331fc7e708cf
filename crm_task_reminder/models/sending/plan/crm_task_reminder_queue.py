from dataclasses import replace
from functools import partial

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import split_every
from odoo.tools.mail import generate_tracking_message_id

from ....tools.errors import ReminderError
from ....tools.outcomes import get_refused_state
from ....tools.transaction import CONFLICTS, retry
from ...channel.ir_qweb import KNOWN
from ...channel.plan.project_task import LINKS, PLAN

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
        known = self.env["crm.task.reminder.log"]._find_plans(company, now)
        known = known._get_plan_keys()
        decision = self.env["crm.task.reminder.decision"]
        plans, refusals = decision._find_plans(company, since, now)
        self._refuse_plans(refusals, known, plans, run)
        new = [plan for plan in self._merge_plans(plans) if plan.key not in known]
        self._queue_new_plans(company, new, run)

    @api.model
    def _queue_new_plans(self, company, plans, run):
        """Create plans and their rows.

        :param list[Plan] plans: of different addresses, forms and days
        """
        rows = []
        for batch in split_every(PLAN_BATCH, plans, list):
            rows += self._write_plans_with_care(company, batch)
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
        error = refusal.error
        state = get_refused_state(error.reason)
        log = self.env["crm.task.reminder.log"]
        return log._prepare_plan_row(
            refusal.reminder, state, error.reason, error.detail
        )

    @api.model
    def _write_plans_with_care(self, company, plans):
        """Create all that belongs to plans; one that fails is no other's fault.

        :param list[Plan] plans:
        :return list[dict]: the values of their rows in the ledger
        """
        try:
            with self.env.cr.savepoint():
                return self._write_plans(company, plans)
        except CONFLICTS:
            raise
        except Exception as error:
            if len(plans) > 1:
                rows = []
                for plan in plans:
                    rows += self._write_plans_with_care(company, [plan])
                return rows
            [plan] = plans
            error = self._note_error(plan.reminder, error)
            log = self.env["crm.task.reminder.log"]
            row = log._prepare_plan_row(plan, "failed", error.reason, error.detail)
            return [{**row, "address": False}]

    @api.model
    def _write_plans(self, company, plans):
        log = self.env["crm.task.reminder.log"]
        decision = self.env["crm.task.reminder.decision"]
        rows, known = [], {}
        for channel, members in decision._group_by_channel(plans):
            self._render_plans(company, members, known)
            messages = self._create_plan_messages(company, channel, members)
            values = channel._create_outgoing(company, members, messages)
            receipts = self.env["mail.notification"].create(values)
            rows += [
                {
                    **log._prepare_plan_row(plan),
                    "message_id": message.id,
                    "notification_id": receipt.id,
                }
                for plan, message, receipt in zip(
                    members, messages, receipts, strict=True
                )
            ]
        return rows

    @api.model
    def _render_plans(self, company, plans, known, reader=None):
        """Fill the content of plans, each in its recipient's language and zone.

        :param list[Plan] plans:
        :param dict known: what was found out for others; added to
        :param res.users reader: with whose rights; the sender's unless given
        :raise ReminderError: a template can't be filled in
        """
        # each plan asks whether its tasks may be read: what that needs is read once
        sender = company._get_reminder_environment()
        sender = sender(user=reader) if reader else sender
        task_ids = {task_id for plan in plans for task_id in plan.tasks.ids}
        sender["project.task"].browse(task_ids)._filtered_access("read")
        for plan in plans:
            self._render_plan(company, plan, known, reader)
            # each task has its link: there is none to the first of them alone
            unlinked = replace(plan.recipient, is_internal=False)
            plan.channel._personalise(company, replace(plan, recipient=unlinked))

    @api.model
    def _render_plan(self, company, plan, known, reader):
        recipient = plan.recipient
        context = {PLAN: tuple(plan.tasks.ids), LINKS: recipient.is_internal}
        sender = company._get_reminder_environment(
            lang=recipient.lang, tz=recipient.tz, **{KNOWN: known}, **context
        )
        sender = sender(user=reader) if reader else sender
        task = sender["project.task"].browse(plan.tasks[:1].id)
        try:
            written = plan.template.with_env(sender)
            plan.content = plan.channel._render_carefully(written, task)[task.id]
        except (KeyError, UserError) as error:
            raise ReminderError("template_error", str(error)) from error

    @api.model
    def _create_plan_messages(self, company, channel, plans):
        """Create the messages of plans: of no record, for their recipients alone."""
        sender = company._get_reminder_environment()
        common = self._prepare_messages(company)
        common["reply_to"] = common["email_from"]
        # sudo: the sender need not be allowed to write to others
        return (
            sender["mail.message"]
            .sudo()
            .create(
                [
                    {
                        **common,
                        "message_id": generate_tracking_message_id(
                            f"plan-{company.id}"
                        ),
                        "partner_ids": plan.recipient.partner.ids,
                        **channel._prepare_message(company, plan),
                    }
                    for plan in plans
                ]
            )
        )
