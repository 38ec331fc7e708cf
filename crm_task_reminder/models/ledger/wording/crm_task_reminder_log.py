from odoo import fields, models


class CrmTaskReminderLog(models.Model):
    """What a message was written from, to notice when it would read otherwise."""

    _inherit = "crm.task.reminder.log"

    fingerprint = fields.Char(
        readonly=True,
        copy=False,
        groups=fields.NO_ACCESS,
        help="In short, what its text was written from.",
    )
