from odoo import api, models

from ...line.project_task import TAB_CLOSED


class ProjectTask(models.Model):
    """Lets the lines on a task's form follow what decides when they go, and to whom."""

    _inherit = "project.task"

    @api.onchange(
        "planned_date_begin",
        "partner_id",
        "user_ids",
        "reminder_phone",
        "reminder_employee_ids",
    )
    def _onchange_reminder_circumstances(self):
        """Have all lines computed anew.

        Odoo does not ask the server by itself: it does not see what follows in lists
        that a form only refers to. And it does not find lines that are not saved yet.
        """
        if self.env.context.get(TAB_CLOSED):
            return
        lines = self.reminder_customer_ids + self.reminder_operator_ids
        lines.modified(["task_id"])
