from datetime import datetime, timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...company.res_company import STAFF

#: Settings whose change lets only mornings count that are still to come.
PLAN_SWITCHES = {"reminder_enabled", "reminder_plan", "reminder_plan_hour"}
#: Zones differ by quarters of an hour: somebody's morning begins in these steps.
PLAN_STEP = timedelta(minutes=15)


class ResCompany(models.Model):
    """The morning plan: one message with all tasks of the day, for the staff."""

    _inherit = "res.company"

    reminder_plan = fields.Selection(
        [
            ("off", "No plan"),
            ("beside", "Beside the single reminders"),
            ("instead", "In place of later ones of the same day"),
        ],
        string="Morning plan",
        required=True,
        default="off",
        help="One message in the morning with all tasks of the day, for assignees and "
        "employees. Whoever has nothing to do gets none. In place of: what stood in "
        "the plan is not reminded of once more that day, unless it is moved.",
        groups=STAFF,
    )
    reminder_plan_hour = fields.Float(
        string="At",
        default=7.0,
        help="The hour at which the plan is sent, in each recipient's time zone.",
        groups=STAFF,
    )
    reminder_plan_seen_at = fields.Datetime(
        copy=False,
        groups=fields.NO_ACCESS,
        help="Up to when it has been looked whose morning has begun.",
    )

    def write(self, vals):
        changed = self.filtered(
            lambda company: any(
                company[name] != vals[name] for name in PLAN_SWITCHES & vals.keys()
            )
        )
        result = super().write(vals)
        if changed:
            # sudo: the field is the service's alone
            changed.sudo().reminder_plan_seen_at = fields.Datetime.now()
        return result

    @api.constrains("reminder_plan_hour")
    def _check_reminder_plan_hour(self):
        for company in self:
            hour = company.reminder_plan_hour
            # what is no number is in no span
            if not 0 <= hour < 24 or round(hour * 60) == 24 * 60:
                raise ValidationError(
                    self.env._("The morning plan's hour is one from 00:00 to 23:59.")
                )

    def _is_reminder_plan_time(self, now):
        """Tell whether somebody's morning may have begun since it was looked last.

        :param datetime now: naive UTC
        """
        self.ensure_one()
        if self.reminder_plan == "off":
            return False
        seen_at = self.reminder_plan_seen_at
        minutes = round(self.reminder_plan_hour * 60) % 60
        first = datetime(1970, 1, 1) + timedelta(minutes=minutes)
        return (
            not seen_at or (seen_at - first) // PLAN_STEP < (now - first) // PLAN_STEP
        )
