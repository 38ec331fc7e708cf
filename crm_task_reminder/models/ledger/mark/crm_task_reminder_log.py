from odoo import fields, models


class CrmTaskReminderLog(models.Model):
    """What the ledger keeps of an answer."""

    _inherit = "crm.task.reminder.log"

    answer = fields.Char(
        string="Server's Answer",
        readonly=True,
        help="What the mail server said when it accepted the message. By this, its "
        "administrator finds the message in the server's own log.",
    )

    _asked_idx = models.Index(
        "(next_attempt_at) WHERE state = 'unconfirmed' AND next_attempt_at IS NOT NULL"
    )
