from odoo import models


class CrmTaskReminderAnswer(models.Model):
    """Who is to do something about an answer gets a proposal."""

    _inherit = "crm.task.reminder.answer"

    def _write_advice(self):
        proposal = self.task_id._find_reminder_free_start()
        if not proposal:
            return super()._write_advice()
        return self.env._(
            "Move the start, for instance to %s, or call the task off.",
            self.env["crm.task.reminder"]._format_moment(proposal),
        )
