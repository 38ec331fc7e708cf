from datetime import datetime, timedelta

from odoo import api, fields, models


class CrmTaskReminderSecondLook(models.AbstractModel):
    """Plans that have waited: written anew when a task of theirs has changed."""

    _inherit = "crm.task.reminder.second.look"

    @api.model
    def _find_outdated(self, rows):
        plans = rows.filtered("plan_day")
        reasons = super()._find_outdated(rows - plans)
        if not plans:
            return reasons
        now = fields.Datetime.now()
        kept = plans.browse()
        for channel, members in plans._split_by_channel():
            kept += channel._filter_outgoing(members)
        current = self.env["crm.task.reminder.day"]._filter_current(kept, now)
        for row in plans:
            reason = self._find_plan_change(row, now) if row in kept else "removed"
            if not reason and row not in current:
                reason = "renewed"
            if reason:
                reasons[row] = reason
        return reasons

    @api.model
    def _find_plan_change(self, row, now):
        """Return why a plan is not to be sent any more, None if it may be.

        :param crm.task.reminder.log row:
        :param datetime now: naive UTC
        """
        if not row.message_id or not row.notification_id:
            return "removed"
        if row.company_id.reminder_plan == "off":
            return "switched_off"
        starts = [datetime.fromisoformat(start) for _id, start in row.plan_tasks]
        if max(starts) < now:
            return "started"
        return "replaced" if row._is_plan_told_otherwise() else None

    @api.model
    def _drop(self, reasons):
        result = super()._drop(reasons)
        for row, reason in reasons.items():
            if row.plan_day and reason == "renewed":
                # the next run looks again whose morning has begun since
                company = row.company_id
                before = row.due_at - timedelta(minutes=1)
                company.reminder_plan_seen_at = min(
                    before, company.reminder_plan_seen_at or before
                )
        return result

    @api.model
    def _release_reminders(self, rows):
        """Have come back as well what was refused as a plan was to tell of it."""
        result = super()._release_reminders(rows)
        self._bring_back_planned(rows.filtered("plan_day"))
        return result

    @api.model
    def _bring_back_planned(self, plans, held_forms=()):
        """Have reminders come back that plans were to make needless, and have not.

        :param crm.task.reminder.log plans: that have not left
        :param held_forms: of reminders that can't leave now, which are left for later
        """
        refused = plans and plans._find_refused_for_plans()
        # left out before it is found out for each whether a plan has told of it
        refused = refused.filtered(
            lambda row: row.channel not in held_forms and self._is_handled_for(row)
        )
        if not refused:
            return
        for company, rows in refused.grouped("company_id").items():
            rows.task_id._read_reminder_operators(company)
        decision = self.env["crm.task.reminder.decision"]
        missing = {
            (one.reminder, one.recipient.partner.id, one.recipient.employee.id)
            for one in decision._resolve_missing(refused.reminder_id)
        }
        self._bring_back(
            refused.filtered(lambda row: row._get_planned_person() in missing)
        )
