from functools import partial

from odoo import api, fields, models

from ....tools.transaction import retry


class CrmTaskReminderService(models.AbstractModel):
    """Looks when somebody's morning may have begun, and runs where there is a plan."""

    _inherit = "crm.task.reminder.service"

    @api.model
    def _get_busy_companies(self):
        now = fields.Datetime.now()
        planning = self.env["res.company"].search(
            [("reminder_enabled", "=", True), ("reminder_plan", "!=", "off")]
        )
        return super()._get_busy_companies() | planning.filtered(
            lambda company: company._is_reminder_plan_time(now)
        )

    @api.model
    def _has_work(self, company):
        now = fields.Datetime.now()
        if company._is_reminder_plan_time(now) and self._has_plans(company, now):
            return True
        return super()._has_work(company)

    @api.model
    def _hand_over_all(self, company, run, share):
        """Let single reminders tell what plans do not, which had their chance first."""
        taken = super()._hand_over_all(company, run, share)
        # without plans by now those that wait are dropped when they would leave
        if company.reminder_plan != "off":
            queue = self.env["crm.task.reminder.queue"]
            retry(self.env, partial(queue._replace_waiting_plans, company))
            self.env["ir.cron"]._commit_progress()
        return taken

    @api.model
    def _has_plans(self, company, now):
        """Tell whether somebody's morning has begun who has something to do.

        Where it has not, that is noted: the log has no run about nothing.

        :param datetime now: naive UTC
        """
        since = company.reminder_plan_seen_at or now
        if self.env["crm.task.reminder.day"]._find_days(company, since, now):
            return True
        retry(self.env, partial(company.write, {"reminder_plan_seen_at": now}))
        self.env["ir.cron"]._commit_progress()
        return False
