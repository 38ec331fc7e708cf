from odoo import api, models


class ProjectTask(models.Model):
    """What the log keeps of a task that is deleted."""

    _inherit = "project.task"

    @api.ondelete(at_uninstall=False)
    def _unlink_private_reminder_titles(self):
        """Forget the titles of tasks that have become private.

        By them the log tells, once there is no task, that managers may read its rows.
        """
        private = self.filtered(lambda task: not task.project_id)
        # sudo: whoever may delete a task need not have access to the log
        log = self.env["crm.task.reminder.log"].sudo()
        log.search([("task_id", "in", private.ids)]).task_name = False
