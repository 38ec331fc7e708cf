from odoo import fields, models
from odoo.exceptions import AccessError


class DigestDigest(models.Model):
    _inherit = "digest.digest"

    kpi_task_reminder = fields.Boolean("Reminders Sent")
    kpi_task_reminder_value = fields.Integer(
        compute="_compute_kpi_task_reminder_value", export_string_translation=False
    )

    def _compute_kpi_task_reminder_value(self):
        if not self.env.user.has_group("project.group_project_user"):
            raise AccessError(
                self.env._("Do not have access, skip this data for user's digest email")
            )
        self._calculate_company_based_kpi(
            "crm.task.reminder.log",
            "kpi_task_reminder_value",
            date_field="handed_over_at",
            additional_domain=[("state", "in", ("sent", "delivered"))],
        )

    def _compute_kpis_actions(self, company, user):
        actions = super()._compute_kpis_actions(company, user)
        menu = self.env.ref("project.menu_main_pm").id
        action = "crm_task_reminder.crm_task_reminder_log_action"
        actions["kpi_task_reminder"] = f"{action}?menu_id={menu}"
        return actions
