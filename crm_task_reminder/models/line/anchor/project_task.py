from odoo import models


class ProjectTask(models.Model):
    """Whether a task is one that somebody gets a message about afterwards."""

    _inherit = "project.task"

    def _wants_reminders_after(self, audience, task_states):
        """Tell whether an audience gets what comes after a date of the task.

        :param str audience: ``customer`` or ``operator``
        :param str task_states: ``open``, ``done`` or ``both``
        """
        self.ensure_one()
        if self[f"reminder_{audience}_off"]:
            return False
        if task_states != "done" and self._allows_reminders():
            return True
        return task_states != "open" and self._is_reminder_done()

    def _is_reminder_done(self):
        """Tell whether the task was done: not one that was cancelled or archived."""
        self.ensure_one()
        is_done = self.active and self.state == "1_done"
        return is_done and not self._is_reminder_template()
