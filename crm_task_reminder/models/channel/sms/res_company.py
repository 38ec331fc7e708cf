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

    reminder_sms_receipt_minutes = fields.Integer(
        string="Also if not delivered within",
        help="Minutes in which the provider has to report that an SMS was delivered. "
        "Only for providers that report it: of others everybody would get both. What "
        "is reported later is noted. 0: however long it takes.",
        groups=STAFF,
    )

    @api.model
    def _get_reminder_limits(self):
        own = ("reminder_sms_parts", "reminder_sms_receipt_minutes")
        return [*super()._get_reminder_limits(), *own]
