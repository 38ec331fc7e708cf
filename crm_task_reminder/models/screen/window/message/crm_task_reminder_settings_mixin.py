from odoo import api, fields, models

from ....line.crm_task_reminder_mixin import AUDIENCES


class CrmTaskReminderSettingsMixin(models.AbstractModel):
    """How messages present themselves, and what their templates can't set."""

    _inherit = "crm.task.reminder.settings.mixin"

    reminder_lang_choice = fields.Selection(
        related="company_id.reminder_lang_choice",
        readonly=False,
        related_sudo=False,
    )
    reminder_sender_name = fields.Selection(
        related="company_id.reminder_sender_name",
        readonly=False,
        related_sudo=False,
    )
    reminder_powered_by = fields.Boolean(
        related="company_id.reminder_powered_by",
        readonly=False,
        related_sudo=False,
    )
    reminder_customer_hint = fields.Char(
        string="Left Out of Customers' Templates", compute="_compute_reminder_hints"
    )
    reminder_operator_hint = fields.Char(
        string="Left Out of Operators' Templates", compute="_compute_reminder_hints"
    )

    @api.depends(
        "reminder_default_customer_ids.template_hint",
        "reminder_default_operator_ids.template_hint",
    )
    def _compute_reminder_hints(self):
        for settings in self:
            for audience, _label in AUDIENCES:
                lines = settings[f"reminder_default_{audience}_ids"]
                hints = filter(None, lines.mapped("template_hint"))
                settings[f"reminder_{audience}_hint"] = " ".join(dict.fromkeys(hints))
