from collections import defaultdict

from odoo import api, fields, models

from ...line.project_task import GROUPS


class ProjectTask(models.Model):
    """When a task's next reminder really leaves, and whether its time is quiet now."""

    _inherit = "project.task"

    reminder_overdue_is_quiet = fields.Boolean(
        compute="_compute_reminder_overdue_is_quiet",
        groups=GROUPS,
        help="For somebody who is to get an overdue reminder, it is quiet time now.",
    )

    @api.depends("reminder_overdue_count")
    def _compute_reminder_overdue_is_quiet(self):
        for task in self:
            overdue = task._get_overdue_reminders()
            task.reminder_overdue_is_quiet = any(overdue.mapped("is_quiet_now"))

    @api.depends("reminder_ids.log_ids.leave_at")
    def _compute_reminder_overview(self):
        return super()._compute_reminder_overview()

    def _move_reminder_next_at(self):
        """Tell when the next reminders leave, not when their lines wish for it.

        Of tasks whose companies are on and send to somebody at certain hours alone.
        """
        moments = self._origin._get_reminder_moments() if self else {}
        for task in self:
            task.reminder_next_at = min(moments.get(task._origin, ()), default=False)

    def _get_reminder_moments(self):
        """Return when messages of the tasks are to leave, those that wait among them.

        :return dict[project.task, list[datetime]]: naive UTC
        """
        moments = defaultdict(list)
        lines = self.reminder_ids.filtered(lambda line: line.state == "scheduled")
        all_hours = lines._get_hours()
        for line in lines:
            hours = line._pick_hours(all_hours)
            found = line._find_moments(hours).values() if hours else ()
            moments[line.task_id].append(min(found, default=line.due_at))
        # sudo: whoever may see a task may see when its reminders leave
        rows = self.env["crm.task.reminder.log"].sudo()
        waiting = [("task_id", "in", self.ids), ("state", "=", "queued")]
        for row in rows.search([*waiting, ("leave_at", ">", fields.Datetime.now())]):
            moments[row.task_id].append(row.leave_at)
        return moments
