from odoo import fields, models

from ....company.res_company import STAFF


class ResCompany(models.Model):
    _inherit = "res.company"

    reminder_plan_mail_template_id = fields.Many2one(
        "mail.template",
        string="By e-mail",
        domain="[('model', '=', 'project.task')]",
        ondelete="set null",
        help="The template of the morning plan. Without one it is not sent by e-mail.",
        groups=STAFF,
    )
