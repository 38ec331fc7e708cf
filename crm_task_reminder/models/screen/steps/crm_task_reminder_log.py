from markupsafe import Markup

from odoo import api, models


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
        return Markup(text or "") + (window.reminder_steps or Markup())
