from odoo import fields, models


class CrmTaskReminderSettingsMixin(models.AbstractModel):
    """The part of the window about the language of what is sent."""

    _inherit = "crm.task.reminder.settings.mixin"

    reminder_lang_choice = fields.Selection(
        related="company_id.reminder_lang_choice",
        readonly=False,
        related_sudo=False,
    )
