from odoo import api, fields, models


class CrmTaskReminderMixin(models.AbstractModel):
    """A line in one sentence, as it reads where it is not being edited."""

    _inherit = "crm.task.reminder.mixin"

    summary = fields.Char(string="Reminder", compute="_compute_summary")

    @api.depends("display_name")
    @api.depends_context("lang")
    def _compute_summary(self):
        for line in self:
            line.summary = line.display_name
