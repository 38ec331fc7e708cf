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
