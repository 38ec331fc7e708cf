from odoo import fields, models
from odoo.addons.crm_task_reminder.models.company.res_company import STAFF


class ResCompany(models.Model):
    _inherit = "res.company"

    reminder_sms_receipts = fields.Boolean(
        string="Thank for answers by SMS",
        default=True,
        help="Who has answered by SMS gets one that says what was understood. At most "
        "one in an hour goes to a number.",
        groups=STAFF,
    )
