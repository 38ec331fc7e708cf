from odoo import api, fields, models


class CrmTaskReminderSettings(models.TransientModel):
    """The window of a company's reminders, for those who don't see the settings."""

    _name = "crm.task.reminder.settings"
    _inherit = "crm.task.reminder.settings.mixin"
    _description = "Automatic Reminders"

    company_id = fields.Many2one(compute="_compute_company_id")

    @api.depends_context("company")
    def _compute_company_id(self):
        self.company_id = self.env.company

    @api.depends_context("lang")
    def _compute_display_name(self):
        self.display_name = self.env._("Automatic Reminders")

    @api.model
    def get_sms_status(self):
        """Ask whether the company can send SMS and for its credit; may take seconds.

        :return dict: ``is_ready`` (bool), and the same in words as ``status`` (str)
        :raise AccessError: the user may not configure the company's reminders
        """
        self.check_access("create")
        company = self.env.company
        company._check_reminder_configurator()
        provider = self.env["crm.task.reminder.sms.provider"]._find(company)
        is_ready, status = provider._ask_status(company)
        return {"is_ready": is_ready, "status": status}
