from odoo import api, fields, models


class CrmTaskReminderHandOver(models.AbstractModel):
    """What comes after a date lets that go first which has to precede one."""

    _inherit = "crm.task.reminder.hand.over"

    @api.model
    def _claim_in_order(self, company, domain, limit):
        """Where only so many leave in an hour, thanks wait, and reminders do not."""
        if not company.reminder_hourly_limit:
            return super()._claim_in_order(company, domain, limit)
        now = fields.Datetime.now()
        ahead = [*domain, ("start", ">", now)]
        rows = super()._claim_in_order(company, ahead, limit)
        if len(rows) == limit:
            return rows
        rest = [*domain, ("start", "<=", now)]
        return rows + super()._claim_in_order(company, rest, limit - len(rows))
