from odoo import fields, models

from ..company.res_company import STAFF


class ResCompany(models.Model):
    """What holds for the second way of every form."""

    _inherit = "res.company"

    reminder_second_way_blacklisted = fields.Boolean(
        string="Also if blacklisted",
        help="Remind in the other form who wants no messages in the one. Otherwise "
        "somebody who is on a blacklist gets nothing in its place.",
        groups=STAFF,
    )
