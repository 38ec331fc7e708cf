from odoo import fields, models


class CrmTaskReminder(models.Model):
    """What the ledger has about a reminder."""

    _inherit = "crm.task.reminder"

    log_ids = fields.One2many(
        "crm.task.reminder.log", "reminder_id", groups=fields.NO_ACCESS
    )
