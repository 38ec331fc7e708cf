from odoo import api, fields, models


class CrmTaskReminder(models.Model):
    """How a line shows itself on the tab that waits for an end, or for a done task."""

    _inherit = "crm.task.reminder"

    shown_state = fields.Selection(
        selection_add=[("not_done", "Once done"), ("no_end", "No deadline")]
    )

    @api.model
    def _get_outlook_paths(self):
        paths = super()._get_outlook_paths()
        return [*paths, "moment", "task_states", "task_id.date_deadline"]

    def _get_shown_state(self, can_be_sent):
        state = super()._get_shown_state(can_be_sent)
        if state != "waiting":
            return state
        decision = self.env["crm.task.reminder.decision"]
        reason = decision._find_reason(self, fields.Datetime.now())
        return reason if reason in ("not_done", "no_end") else state
