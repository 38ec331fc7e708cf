from odoo import api, fields, models


class CrmTaskReminderSettingsMixin(models.AbstractModel):
    """The morning plan in the company's window."""

    _inherit = "crm.task.reminder.settings.mixin"

    reminder_plan = fields.Selection(
        related="company_id.reminder_plan", readonly=False, related_sudo=False
    )
    reminder_plan_hour = fields.Float(
        related="company_id.reminder_plan_hour", readonly=False, related_sudo=False
    )
    reminder_plan_mail_template_id = fields.Many2one(
        related="company_id.reminder_plan_mail_template_id",
        readonly=False,
        related_sudo=False,
    )
    reminder_plan_sms_template_id = fields.Many2one(
        related="company_id.reminder_plan_sms_template_id",
        readonly=False,
        related_sudo=False,
    )

    @api.onchange("reminder_plan")
    def _onchange_reminder_plan(self):
        """Propose the standard template, where the plan has none in any form.

        Of forms that cost nothing: another one is for a person to choose.
        """
        channels = self.env["crm.task.reminder.mixin"]._get_channels().values()
        planned = [one for one in channels if one._plan_field]
        if self.reminder_plan == "off" or any(self[one._plan_field] for one in planned):
            return
        for channel in planned:
            if not channel._daily_limit_field:
                self[channel._plan_field] = channel._get_standard_plan_template()

    def action_preview_reminder_plan(self):
        """Open the next morning plan of the company as it will be read."""
        company = self._get_reminder_window_company()
        company._check_reminder_configurator()
        preview = self.env["crm.task.reminder.plan.preview"].create(
            {"company_id": company.id}
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Preview of the Morning Plan"),
            "res_model": "crm.task.reminder.plan.preview",
            "res_id": preview.id,
            "views": [[False, "form"]],
            "target": "new",
        }
