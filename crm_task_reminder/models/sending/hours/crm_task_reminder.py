from odoo import models


class CrmTaskReminder(models.Model):
    """Whether the hours of its company have moved a reminder into the past."""

    _inherit = "crm.task.reminder"

    def _is_passed_by(self, moment):
        """Tell whether a moment had passed when the reminder was set for later.

        Not where the company has late ones sent, nor where somebody was told already.

        :param datetime moment: when the hours let it leave (naive UTC)
        """
        self.ensure_one()
        is_set_too_late = moment < self.set_at <= self.due_at
        # sudo: whoever may see a reminder may see when it leaves
        is_dropped = not self.sudo().company_id.reminder_send_passed
        return is_set_too_late and is_dropped and not self._has_told()
