from odoo import fields, models


class CrmTaskReminder(models.Model):
    """How often a worker died while it wrote the messages of a reminder."""

    _inherit = "crm.task.reminder"

    death_count = fields.Integer(
        readonly=True, copy=False, default=0, groups=fields.NO_ACCESS
    )
