from odoo import fields, models


class ProjectProject(models.Model):
    """Where a project's appointments are."""

    _inherit = "project.project"

    reminder_place = fields.Char(
        string="Place of Appointments",
        groups="base.group_user",
        help="Customers read it on the page for their answer, and in their calendar. A "
        "task may say another place.",
    )
