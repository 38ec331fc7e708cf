from odoo import api, fields, models

from .crm_task_reminder_mixin import AUDIENCES

#: The line that a company starts with, per audience.
FIRST_LINES = {
    "customer": {"duration": 1, "duration_unit": "days"},
    "operator": {"duration": 1, "duration_unit": "hours"},
}


class CrmTaskReminderDefault(models.Model):
    """A line that new tasks of a company start with, in one project or in all."""

    _name = "crm.task.reminder.default"
    _inherit = "crm.task.reminder.mixin"
    _description = "Default Task Reminder"
    _order = "sequence, id"

    sequence = fields.Integer(default=10)
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        ondelete="cascade",
        default=lambda self: self.env.company,
    )

    def write(self, vals):
        result = super().write(vals)
        if "company_id" in vals:
            # Odoo has checked the rights on the lines with their former company
            self.check_access("write")
        return result

    @api.model
    def _prepare_company_values(self, company, audience):
        """Return the values that make a line one of a company's for all projects.

        :param res.company company:
        :param str audience: ``customer`` or ``operator``
        """
        return {"company_id": company.id, "audience": audience}

    @api.model
    def _find_company_lines(self, company, audience):
        """Return a company's lines for all projects that the user may read.

        :param res.company company:
        :param str audience: ``customer`` or ``operator``
        """
        values = self._prepare_company_values(company, audience)
        return self.search([(name, "=", value) for name, value in values.items()])

    @api.model
    def _prepare_first_lines(self, companies):
        """Return the values of the first line per company and audience.

        :param res.company companies:
        :return list[dict]: values for ``create``
        """
        return [
            {"company_id": company.id, **self._prepare_first_line(audience)}
            for company in companies
            for audience, _label in AUDIENCES
        ]

    @api.model
    def _prepare_first_line(self, audience):
        """Return the values of the line that an audience starts with.

        :param str audience: ``customer`` or ``operator``
        """
        return {**FIRST_LINES[audience], "audience": audience}
