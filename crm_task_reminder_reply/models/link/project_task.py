from odoo import api, models


class ProjectTask(models.Model):
    _inherit = "project.task"

    @api.ondelete(at_uninstall=False)
    def _unlink_reminder_links_first(self):
        """Delete the links before the tasks.

        PostgreSQL would do both in one go and find rows of the log that refer to a link
        which is gone.
        """
        # sudo: links are nobody's to delete
        links = self.env["crm.task.reminder.link"].sudo()
        links.search([("task_id", "in", self.ids)]).unlink()
