from odoo import fields, models
from odoo.exceptions import UserError


class CrmTaskReminder(models.Model):
    """How a line that tells news shows itself on the tab."""

    _inherit = "crm.task.reminder"

    shown_state = fields.Selection(selection_add=[("ready", "Ready")])

    def _compute_shown_state(self):
        result = super()._compute_shown_state()
        for line in self:
            # it waits for news, not for a start
            if line._is_notice() and line.shown_state == "waiting":
                line.shown_state = "ready"
        return result

    def _ask_sending_now(self):
        """Have the news of the line told now, by all lines that tell it."""
        self.ensure_one()
        if not self._is_notice():
            return super()._ask_sending_now()
        if self.state == "done" and not self.can_send_now:
            raise UserError(self.env._("It has been sent already."))
        self._get_notice()._tell(fields.Datetime.now())
        self._check_sending_now()
        return None
