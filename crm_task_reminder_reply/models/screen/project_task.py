from odoo import api, models


class ProjectTask(models.Model):
    """What a person reads of news that waits to be told, and opens from a task."""

    _inherit = "project.task"

    @api.model
    def _list_reminder_telling_lines(self, notice):
        """Leave out what the customer's answer, or wish, keeps from being sent."""
        lines = super()._list_reminder_telling_lines(notice)
        return lines.filtered(lambda line: not line._find_answer_reason())

    def action_move_reminder_start(self):
        """Open the window in which the start is moved.

        :return dict: an action
        """
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Another Time"),
            "res_model": "crm.task.reminder.move",
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {**self.env.context, "default_task_id": self.id},
        }
