from odoo import fields, models

from ....company.res_company import STAFF


class ResCompany(models.Model):
    _inherit = "res.company"

    reminder_plan_sms_template_id = fields.Many2one(
        "sms.template",
        string="By SMS",
        domain="[('model', '=', 'project.task')]",
        ondelete="set null",
        help="The template of the morning plan. Without one it is not sent by SMS.",
        groups=STAFF,
    )
