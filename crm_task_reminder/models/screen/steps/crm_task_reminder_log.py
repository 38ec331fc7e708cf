from markupsafe import Markup

from odoo import api, models

#: Where the window of the present company is opened.
WINDOW_URL = "/odoo/action-crm_task_reminder.crm_task_reminder_settings_action"


class CrmTaskReminderLog(models.Model):
    """The first steps in an empty log."""

    _inherit = "crm.task.reminder.log"

    @api.model
    def get_empty_list_help(self, help_message):
        """Tell what there is to do until there is something in the log."""
        text = super().get_empty_list_help(help_message)
        # Odoo reads actions as superuser
        windows = self.env["crm.task.reminder.settings"].sudo(False)
        if not windows.has_access("create"):
            return text
        window = windows.new({"company_id": self.env.company.id})
        if not window.reminder_steps:
            return text
        # sudo: as the window itself; who may open it may see what there is to do
        return Markup(text or "") + window.sudo()._render_reminder_steps(WINDOW_URL)
