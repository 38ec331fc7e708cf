from functools import partial

from odoo import api, fields, models
from odoo.exceptions import ValidationError


class CrmTaskReminderDefault(models.Model):
    """A line that new tasks of one project start with.

    It is a company's, too: in a project of no company each company has its own. Whoever
    may edit a project may set its lines, in the name of the own companies.
    """

    _inherit = "crm.task.reminder.default"

    project_id = fields.Many2one(
        "project.project",
        index="btree_not_null",
        ondelete="cascade",
        help="The project whose new tasks start with this reminder. Without one, those "
        "of all projects that have nothing of their own.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if vals.get("project_id") and not vals.get("company_id"):
                project = self.env["project.project"].browse(vals["project_id"])
                vals["company_id"] = project._get_reminder_company().id
        return super().create(vals_list)

    def write(self, vals):
        result = super().write(vals)
        if "project_id" in vals:
            # Odoo has checked the rights on the lines with their former project
            self.check_access("write")
        return result

    @api.model
    def _prepare_company_values(self, company, audience):
        values = super()._prepare_company_values(company, audience)
        return {**values, "project_id": False}

    @api.constrains("company_id", "project_id")
    def _check_project_company(self):
        for line in self:
            # sudo: whoever sets a line need not read the project's company
            company = line.sudo().project_id.company_id
            if company and company != line.company_id:
                raise ValidationError(
                    self.env._("A project's reminders belong to the project's company.")
                )

    def _check_access(self, operation):
        result = super()._check_access(operation)
        if self.env.su or not self.ids:
            return result
        # sudo: to read which projects they belong to; the rights on these follow
        projects = self.sudo().project_id.sudo(False)
        projects -= projects._filtered_access(
            "read" if operation == "read" else "write"
        )
        if not projects:
            return result
        hidden = self.sudo().filtered(lambda line: line.project_id in projects)
        hidden |= result[0] if result else self.browse()
        make_error = self.env["ir.rule"]._make_access_error
        return hidden, partial(make_error, operation, hidden)
