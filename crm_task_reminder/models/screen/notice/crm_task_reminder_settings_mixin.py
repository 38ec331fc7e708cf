from odoo import api, fields, models
from odoo.fields import Domain

from ...line.crm_task_reminder_mixin import AUDIENCES

#: Stages that are named at most.
NAMED_STAGES = 10


class CrmTaskReminderSettingsMixin(models.AbstractModel):
    """What the window has about news; nothing of it shows where no line tells any."""

    _inherit = "crm.task.reminder.settings.mixin"

    reminder_notice_minutes = fields.Integer(
        related="company_id.reminder_notice_minutes",
        readonly=False,
        related_sudo=False,
    )
    reminder_has_notices = fields.Boolean(compute="_compute_reminder_has_notices")
    reminder_stage_hint = fields.Char(
        string="Stages That Write by Themselves",
        compute="_compute_reminder_stage_hint",
        compute_sudo=True,
    )

    @api.depends(
        *(f"reminder_{audience}_default" for audience, _label in AUDIENCES),
        *(f"reminder_default_{audience}_ids.moment" for audience, _label in AUDIENCES),
    )
    def _compute_reminder_has_notices(self):
        for settings in self:
            settings.reminder_has_notices = any(
                settings[f"reminder_{audience}_default"]
                and any(
                    line._is_notice()
                    for line in settings[f"reminder_default_{audience}_ids"]
                )
                for audience, _label in AUDIENCES
            )

    @api.depends("company_id", "reminder_has_notices")
    @api.depends_context("lang")
    def _compute_reminder_stage_hint(self):
        for settings in self:
            stages = (
                settings.reminder_has_notices
                and settings._list_reminder_writing_stages()
            )
            settings.reminder_stage_hint = stages and self.env._(
                "These stages write to the customer by themselves, who may be told "
                "twice: %s. In the project, edit the stage and take its template away, "
                "or remove the line below that tells the same.",
                ", ".join(stages),
            )

    def _list_reminder_writing_stages(self):
        """Return the names of stages of tasks that send something to the customer.

        :return list[str]: each with its projects
        """
        stages = self.env["project.task.type"]
        names = self.env["crm.task.reminder.mixin"]._get_template_fields()
        # a form's stages have its template only where Odoo's module for that is
        writes = Domain.OR(
            [(name, "!=", False)] for name in names if name in stages._fields
        )
        company = self._get_reminder_window_company()
        found = stages.search(
            writes & Domain("project_ids.company_id", "in", (False, company.id)),
            limit=NAMED_STAGES,
        )
        # those for invited users are named to these alone
        readable = found.project_ids.sudo(False)._filtered_access("read").sudo()
        projects = readable.filtered(lambda project: project.company_id <= company)
        return [
            f"{stage.name} ({', '.join((stage.project_ids & projects).mapped('name'))})"
            for stage in found
            if stage.project_ids & projects
        ]
