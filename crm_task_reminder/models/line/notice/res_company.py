from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...company.res_company import STAFF

MAX_WAIT = 24 * 60


class ResCompany(models.Model):
    """How long a company waits before it tells news."""

    _inherit = "res.company"

    reminder_notice_minutes = fields.Integer(
        string="Wait before telling news",
        default=5,
        groups=STAFF,
        help="So many minutes after a date was last set, moved or called off, people "
        "are told. What is changed again meanwhile is told once; what is changed back, "
        "not at all. 0: at once.",
    )

    @api.constrains("reminder_notice_minutes")
    def _check_reminder_notice_minutes(self):
        for company in self:
            if not 0 <= company.reminder_notice_minutes <= MAX_WAIT:
                raise ValidationError(
                    self.env._("News can wait for 0 to %s minutes.", MAX_WAIT)
                )
