from odoo import fields, models

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
