from odoo import api, fields, models

from ...line.project.project_project import GROUPS


class ProjectProject(models.Model):
    """The tab of a project's reminders."""

    _inherit = "project.project"

    reminder_company_id = fields.Many2one(
        "res.company",
        string="Company of the reminders",
        compute="_compute_reminder_company_id",
        groups=GROUPS,
        help="The company whose tasks in this project start with these reminders.",
    )
    reminder_enabled = fields.Boolean(
        string="Automatic reminders",
        compute="_compute_reminder_company_id",
        groups=GROUPS,
        help="Whether the company's automat is on.",
    )

    @api.depends("company_id")
    @api.depends_context("company")
    def _compute_reminder_company_id(self):
        for project in self:
            company = project._get_reminder_company()
            project.reminder_company_id = company
            # sudo: whoever may edit a project need not read the company's settings
            project.reminder_enabled = company.sudo().reminder_enabled
