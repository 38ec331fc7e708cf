from odoo import fields, models


class ProjectProject(models.Model):
    """Where a project's appointments are."""

    _inherit = "project.project"

    reminder_place = fields.Char(
        string="Place of Appointments",
        groups="base.group_user",
        help="Customers read it in the e-mail, or in the SMS where it costs no further "
        "one, and then on the page for their answer. A task may say another place.",
    )
