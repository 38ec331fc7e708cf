from odoo import api, fields, models

from ....company.res_company import STAFF


class ResCompany(models.Model):
    """How many SMS of a company may leave on a day, and what becomes of the others."""

    _inherit = "res.company"

    reminder_sms_daily_parts = fields.Integer(
        string="SMS per day",
        help="At most this many SMS leave on a day of the company, each part of a long "
        "one counted, and tests to oneself. 0: no limit.",
        groups=STAFF,
    )
    reminder_sms_daily_second_way = fields.Selection(
        lambda self: self.env["crm.task.reminder.channel.sms"]._get_second_ways(),
        string="Beyond that",
        help="How somebody is reminded whose SMS would be more than may leave on the "
        "day. Otherwise it waits for the next day, and leaves if the task has not "
        "started by then.",
        groups=STAFF,
    )

    @api.model
    def _get_reminder_limits(self):
        return [*super()._get_reminder_limits(), "reminder_sms_daily_parts"]
