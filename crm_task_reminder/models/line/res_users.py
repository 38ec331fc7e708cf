from odoo import models


class ResUsers(models.Model):
    """What the sender of reminders needs to know of tasks."""

    _inherit = "res.users"

    def _get_reminder_trouble(self, company):
        if trouble := super()._get_reminder_trouble(company):
            return trouble
        tasks = self.env["project.task"].with_user(self)
        if self.share or not tasks.has_access("read"):
            return "operator_rights"
        return False
