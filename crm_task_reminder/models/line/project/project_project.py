from odoo import api, fields, models
from odoo.fields import Command

from ..crm_task_reminder_mixin import AUDIENCES

GROUPS = "project.group_project_manager"
CHOICES = [
    ("company", "As the company has it"),
    ("own", "Reminders of its own"),
    ("none", "None"),
]
#: Context key: tasks are being copied along with their project, their lines as well.
COPIED = "reminder_project_copied"


class ProjectProject(models.Model):
    """What new tasks of a project start with, in place of what the company has set.

    Both are a company's: in a project of no company each company has its own.
    """

    _inherit = "project.project"

    reminder_choice = fields.Selection(
        CHOICES, company_dependent=True, copy=False, groups=fields.NO_ACCESS
    )
    reminder_default_ids = fields.One2many(
        "crm.task.reminder.default",
        "project_id",
        groups=fields.NO_ACCESS,
        help="The lines of all companies, those that do not count at present as well.",
    )
    reminder_preset = fields.Selection(
        CHOICES,
        string="New tasks start with",
        compute="_compute_reminder_preset",
        inverse="_inverse_reminder_preset",
        groups=GROUPS,
        help="The automatic reminders that new tasks of this project start with.",
    )
    reminder_default_customer_ids = fields.One2many(
        "crm.task.reminder.default",
        "project_id",
        string="Default Reminders for Customers",
        domain=lambda self: self._get_reminder_line_domain("customer"),
        groups=GROUPS,
    )
    reminder_default_operator_ids = fields.One2many(
        "crm.task.reminder.default",
        "project_id",
        string="Default Reminders for Operators",
        domain=lambda self: self._get_reminder_line_domain("operator"),
        groups=GROUPS,
    )

    def _get_reminder_company(self):
        """Return the project's company, else the one that the user works in.

        So for a form that names a company which is none of the user's.
        """
        self.ensure_one()
        company, tasks = self.company_id, self.env["project.task"]
        is_own = self.id or tasks._owns_reminder_company(company)
        return company if company and is_own else self.env.company

    @api.model
    def _get_reminder_line_domain(self, audience):
        """Return which lines of a project belong to ``_get_reminder_company``.

        :param str audience: ``customer`` or ``operator``
        """
        return [
            ("audience", "=", audience),
            "|",
            ("project_id.company_id", "!=", False),
            ("company_id", "=", self.env.company.id),
        ]

    # ------------------------------------------------------------------
    # What new tasks start with: company → project → task
    # ------------------------------------------------------------------

    def _get_reminder_choice(self, company):
        """Return what a company has chosen for its tasks in the project.

        :param res.company company:
        :return str: ``company``, ``own`` or ``none``; the first without a project
        """
        # sudo: whoever creates a task gets its reminders, also on the portal
        project = self.sudo().with_company(company)
        return project.reminder_choice or "company"

    def _get_reminder_defaults(self, company, audience):
        """Return the lines that are set for a company's tasks in the project.

        :param res.company company:
        :param str audience: ``customer`` or ``operator``
        :return crm.task.reminder.default: as the company has it, the project's own, or
            none; without a project what the company has
        """
        choice = self._get_reminder_choice(company)
        if choice == "company":
            return company._get_reminder_defaults(audience)
        # sudo: whoever sees a task may know which lines its project gives it
        lines = self.sudo().reminder_default_ids
        return lines.filtered(
            lambda line: (
                choice == "own"
                and (line.company_id, line.audience) == (company, audience)
            )
        )

    def _get_reminder_presets(self, company, audience):
        """Return the lines that a new task of a company gets in the project.

        :param res.company company: empty for a task that gets none, see
            ``project.task._get_reminder_preset_company``
        :param str audience: ``customer`` or ``operator``
        :return crm.task.reminder.default: none where the company's automat is off, too
        """
        # sudo: who creates a task, as by the portal, need not read the settings
        if company.sudo().reminder_enabled:
            return self._get_reminder_defaults(company, audience)
        return self.env["crm.task.reminder.default"].sudo()

    # ------------------------------------------------------------------
    # Setting it
    # ------------------------------------------------------------------

    @api.depends("company_id")
    @api.depends_context("company")
    def _compute_reminder_preset(self):
        for project in self:
            company = project._get_reminder_company()
            project.reminder_preset = project._get_reminder_choice(company)

    def _inverse_reminder_preset(self):
        for project in self:
            company = project._get_reminder_company()
            project._set_reminder_choice(company, project.reminder_preset)

    def _set_reminder_choice(self, company, choice):
        """Note what a company has chosen for its tasks in the project."""
        # sudo: the field is nobody's; whoever may edit the project may choose
        self.sudo().with_company(company).reminder_choice = choice

    @api.onchange("reminder_preset")
    def _onchange_reminder_preset(self):
        """Start own lines with those that the company has, to be changed."""
        lines = self.reminder_default_customer_ids + self.reminder_default_operator_ids
        if self.reminder_preset != "own" or lines:
            return
        company = self._get_reminder_company()
        for audience, _label in AUDIENCES:
            defaults = company._get_reminder_defaults(audience)
            self[f"reminder_default_{audience}_ids"] = [
                Command.create({**values, "company_id": company.id})
                for values in defaults._prepare_reminders()
            ]

    def write(self, vals):
        former = {}
        if "company_id" in vals:
            former = {project: project.company_id for project in self}
        result = super().write(vals)
        for project, company in former.items():
            project._move_reminder_lines(company)
        return result

    def _move_reminder_lines(self, company):
        """Take lines and choice from a former company to the project's present one.

        Not to a company that is none of the user's: nobody speaks in its name.
        """
        present = self.company_id
        is_own = self.env.su or present in self.env.user._get_reminder_companies()
        if not (company and present and is_own) or company == present:
            return
        # sudo: the lines are those of the project, which the user may edit
        lines = self.sudo().reminder_default_ids
        lines.filtered(lambda line: line.company_id == company).company_id = present
        self._set_reminder_choice(present, self._get_reminder_choice(company))
        self._set_reminder_choice(company, False)

    def copy(self, default=None):
        """Take along what the user's companies have set, also in and from templates."""
        copying = self.with_context(**{COPIED: True})
        projects = super(ProjectProject, copying).copy(default).with_env(self.env)
        for project, copied in zip(self, projects, strict=True):
            for company in self.env.user.company_ids:
                choice = project._get_reminder_choice(company)
                if choice != "company":
                    copied._set_reminder_choice(company, choice)
            # sudo: as when a new task takes them
            lines = project.sudo().reminder_default_ids.filtered(
                lambda line: line.company_id in self.env.user.company_ids
            )
            lines.copy({"project_id": copied.id})
        return projects
