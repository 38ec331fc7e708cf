from odoo import fields, models
from odoo.addons.crm_task_reminder.models.line.project_task import GROUPS


class ProjectTask(models.Model):
    """Where an appointment is."""

    _inherit = "project.task"

    reminder_place = fields.Char(
        string="Place",
        groups=GROUPS,
        help="Customers read it in the e-mail, or in the SMS where it costs no further "
        "one, and then on the page for their answer. Empty: the place that the project "
        "says, if it does.",
    )
    reminder_project_place = fields.Char(
        related="project_id.reminder_place", groups=GROUPS
    )

    def _get_reminder_place(self):
        """Return where the appointment is, an empty text if nobody has said."""
        self.ensure_one()
        # sudo: it is for the customer, who need not read the project
        task = self.sudo()
        return task.reminder_place or task.project_id.reminder_place or ""
