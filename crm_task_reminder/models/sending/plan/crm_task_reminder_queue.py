from dataclasses import replace
from functools import partial

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.mail import generate_tracking_message_id

from ....tools.errors import ReminderError
from ....tools.outcomes import get_refused_state
from ....tools.transaction import CONFLICTS, retry
from ...channel.ir_qweb import COMPILED
from ...channel.plan.project_task import LINKS, PLAN

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
        log = self.env["crm.task.reminder.log"]
        known = log._find_plans(company, now)._get_plan_keys()
        decision = self.env["crm.task.reminder.decision"]
        plans, refusals = decision._find_plans(company, since, now)
        rows, compiled = [], {}
        for plan in self._merge_plans(plans):
            if plan.key not in known:
                rows.append(self._queue_plan(plan, compiled))
        for refusal in refusals:
            row = self._refuse_plan(refusal.reminder, refusal.error)
            key = tuple(row[name] for name in REFUSAL_KEY)
            if key not in known:
                rows.append(row)
        queued = sum(row["state"] == "queued" for row in rows)
        log.create([{**row, "run_id": run.id} for row in rows])
        run.queued_count += queued
        run.not_sent_count += len(rows) - queued

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
    def _refuse_plan(self, plan, error):
        state = get_refused_state(error.reason)
        log = self.env["crm.task.reminder.log"]
        return log._prepare_plan_row(plan, state, error.reason, error.detail)

    @api.model
    def _queue_plan(self, plan, compiled):
        """Create all that belongs to a plan; one that fails is no other's fault.

        :param Plan plan:
        :param dict compiled: templates that have been compiled for others; added to
        :return dict: the values of its row in the ledger
        """
        try:
            with self.env.cr.savepoint():
                return self._write_plan(plan, compiled)
        except CONFLICTS:
            raise
        except Exception as error:
            error = self._note_error(plan.reminder, error)
            log = self.env["crm.task.reminder.log"]
            row = log._prepare_plan_row(plan, "failed", error.reason, error.detail)
            return {**row, "address": False}

    @api.model
    def _write_plan(self, plan, compiled):
        self._render_plan(plan, compiled)
        message = self._create_plan_message(plan)
        [values] = plan.channel._create_outgoing(plan.company, [plan], message)
        receipt = self.env["mail.notification"].create(values)
        return {
            **self.env["crm.task.reminder.log"]._prepare_plan_row(plan),
            "message_id": message.id,
            "notification_id": receipt.id,
        }

    @api.model
    def _render_plan(self, plan, compiled):
        """Fill the content of a plan, in its recipient's language and zone.

        :raise ReminderError: the template can't be filled in
        """
        recipient, company = plan.recipient, plan.company
        context = {PLAN: tuple(plan.tasks.ids), LINKS: recipient.is_internal}
        sender = company._get_reminder_environment(
            lang=recipient.lang, tz=recipient.tz, **{COMPILED: compiled}, **context
        )
        task = sender["project.task"].browse(plan.tasks[:1].id)
        try:
            written = plan.template.with_env(sender)
            plan.content = plan.channel._render_carefully(written, task)[task.id]
        except (KeyError, UserError) as error:
            raise ReminderError("template_error", str(error)) from error
        # each task has its link: there is none to the first of them alone
        unlinked = replace(plan, recipient=replace(recipient, is_internal=False))
        plan.channel._personalise(company, unlinked)

    @api.model
    def _create_plan_message(self, plan):
        """Create the message of a plan: of no record, for its recipient alone."""
        company = plan.company
        sender = company._get_reminder_environment()
        author = sender.user.partner_id
        # sudo: the sender need not be allowed to write to others
        messages = sender["mail.message"].sudo()
        return messages.create(
            {
                "author_id": author.id,
                "email_from": author.email_formatted,
                "subtype_id": self.env["ir.model.data"]._xmlid_to_res_id(
                    "mail.mt_note"
                ),
                "is_internal": True,
                "email_add_signature": False,
                "record_company_id": company.id,
                "record_alias_domain_id": company.alias_domain_id.id,
                "message_id": generate_tracking_message_id(f"plan-{company.id}"),
                "reply_to": author.email_formatted,
                "partner_ids": plan.recipient.partner.ids,
                **plan.channel._prepare_message(company, plan),
            }
        )
