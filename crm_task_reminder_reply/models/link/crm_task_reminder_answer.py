from odoo import api, models


class CrmTaskReminderAnswer(models.Model):
    """An answer counts for all messages that asked about its start."""

    _inherit = "crm.task.reminder.answer"

    @api.model
    def _record(self, task, kind, way, text="", user=None):
        answer = super()._record(task, kind, way, text=text, user=user)
        links = self.env["crm.task.reminder.link"].search(
            [
                ("task_id", "=", task.id),
                ("partner_id", "=", answer.partner_id.id),
                ("asks_for_answer", "=", True),
            ]
        )
        links.filtered(lambda link: link.start == answer.start).answer = kind
        return answer
