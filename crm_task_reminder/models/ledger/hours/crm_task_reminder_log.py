from datetime import timedelta

from odoo import fields, models


class CrmTaskReminderLog(models.Model):
    """When a message was to leave, where its company sends only at certain hours."""

    _inherit = "crm.task.reminder.log"

    leave_at = fields.Datetime(
        string="To Leave",
        readonly=True,
        help="When it was to leave, by the hours at which the company sends.",
    )
    leave_tz = fields.Char(
        string="Time Zone",
        readonly=True,
        help="The recipient's time zone, by whose clock the hours count.",
    )

    def _is_moved(self):
        """Tell whether it was to leave at another time than its reminder is due."""
        self.ensure_one()
        if not self.leave_at or not self.due_at:
            return False
        return abs(self.leave_at - self.due_at) >= timedelta(minutes=1)
