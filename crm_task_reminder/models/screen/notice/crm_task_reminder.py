from odoo import fields, models
from odoo.exceptions import UserError


class CrmTaskReminder(models.Model):
    """How a line that tells news shows itself on the tab."""

    _inherit = "crm.task.reminder"

    shown_state = fields.Selection(selection_add=[("ready", "Ready")])

    def _get_shown_state(self, can_be_sent):
        state = super()._get_shown_state(can_be_sent)
        # it waits for news, not for a start
        return "ready" if self._is_notice() and state == "waiting" else state

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
