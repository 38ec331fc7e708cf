from odoo import api, fields, models
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
        string="Project's Place",
        compute="_compute_reminder_project_place",
        compute_sudo=True,
        groups=GROUPS,
    )

    @api.depends("project_id.reminder_place")
    def _compute_reminder_project_place(self):
        for task in self:
            is_open = task._may_read_reminder_project()
            task.reminder_project_place = is_open and task.project_id.reminder_place

    def _get_reminder_place(self):
        """Return where the appointment is, an empty text if nobody has said."""
        self.ensure_one()
        # sudo: it is for the customer, who need not read the project
        task = self.sudo()
        return task.reminder_place or task.project_id.reminder_place or ""

    def _get_reminder_facts(self):
        place = self._get_reminder_place()
        return super()._get_reminder_facts() + ([place] if place else [])

    def _prepare_reminder_plan(self):
        """Tell the place in place of the customer's address: there is the work."""
        items = super()._prepare_reminder_plan()
        if not (self.env.su or self.env.user.has_group(GROUPS)):
            return items
        for task, item in zip(self, items, strict=True):
            place = task.reminder_place or task.reminder_project_place
            item["address"] = place or item["address"]
        return items
