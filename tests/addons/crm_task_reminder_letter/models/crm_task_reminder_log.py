from odoo import fields, models


class CrmTaskReminderLog(models.Model):
    _inherit = "crm.task.reminder.log"

    reason = fields.Selection(
        selection_add=[
            ("no_street", "No postal address"),
            ("no_folder", "No folder for letters is set up"),
            ("returned", "The letter came back"),
        ],
    )
