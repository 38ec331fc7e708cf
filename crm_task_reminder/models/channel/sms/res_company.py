from odoo import api, fields, models

from ...company.res_company import STAFF


class ResCompany(models.Model):
    """How a company writes its SMS."""

    _inherit = "res.company"

    reminder_sms_plain = fields.Boolean(
        string="SMS without accents",
        default=True,
        help="Write a, e and l for letters such as ą, ę and ł: an SMS with one of "
        "them has room for 70 characters instead of 160.",
        groups=STAFF,
    )
    reminder_sms_parts = fields.Integer(
        string="SMS per reminder",
        default=4,
        help="A longer reminder is cut where the title of the task stands in it, never "
        "in the text of the template. 0: no limit.",
        groups=STAFF,
    )

    reminder_sms_second_way = fields.Selection(
        lambda self: self.env["crm.task.reminder.channel.sms"]._get_second_ways(),
        string="If an SMS is not possible",
        help="How somebody is reminded who has no mobile number, or whose SMS was "
        "refused or could not be delivered. Nobody gets both.",
        groups=STAFF,
    )

    @api.model
    def _get_reminder_limits(self):
        return [*super()._get_reminder_limits(), "reminder_sms_parts"]
