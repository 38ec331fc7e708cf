from odoo import api, fields, models
from odoo.fields import Domain

from .project_task import GROUPS

#: What became of a message that its recipient has not got, or may not have.
TROUBLED_ROWS = Domain("state", "in", ("failed", "unconfirmed"))
#: A reminder of the start that the task has now of which not all were sent.
TROUBLED_LINES = Domain("state", "in", ("skipped", "missed")) | Domain(
    "log_ids", "any!", TROUBLED_ROWS
)


class ProjectTask(models.Model):
    """What lists and cards of tasks tell about reminders, for all tasks at once."""

    # pylint: disable=consider-merging-classes-inherited  # one file would be too long
    _inherit = "project.task"

    reminder_next_at = fields.Datetime(
        string="Next Reminder",
        compute="_compute_reminder_next_at",
        compute_sudo=True,
        groups=GROUPS,
        help="When the next reminder of this task is due.",
    )
    reminder_not_sent = fields.Boolean(
        compute="_compute_reminder_not_sent",
        search="_search_reminder_not_sent",
        compute_sudo=True,
        groups=GROUPS,
        help="Somebody was not reminded of this task; its tab says who and why.",
    )
    reminder_log_count = fields.Integer(
        string="Reminders",
        compute="_compute_reminder_log_count",
        groups=GROUPS,
    )

    @api.depends("reminder_ids.state", "reminder_ids.due_at")
    def _compute_reminder_next_at(self):
        groups = self.env["crm.task.reminder"]._read_group(
            [
                ("task_id", "in", self.ids),
                ("state", "=", "scheduled"),
                ("company_id.reminder_enabled", "=", True),
            ],
            ["task_id"],
            ["due_at:min"],
        )
        next_at = {task.id: due_at for task, due_at in groups}
        for task in self:
            task.reminder_next_at = next_at.get(task._origin.id)

    @api.depends("reminder_ids.state", "reminder_ids.log_ids.state")
    def _compute_reminder_not_sent(self):
        groups = self.env["crm.task.reminder"]._read_group(
            Domain("task_id", "in", self.ids) & TROUBLED_LINES, ["task_id"]
        )
        troubled = {task.id for (task,) in groups}
        for task in self:
            task.reminder_not_sent = task._origin.id in troubled

    @api.model
    def _search_reminder_not_sent(self, operator, value):
        if operator != "in":
            return NotImplemented
        # Odoo does not ask for the rights on a field that brings its own search
        self._check_field_access(self._fields["reminder_not_sent"], "read")
        # sudo: whether somebody was reminded is no secret of who may read the task
        lines = self.env["crm.task.reminder"].sudo()._search(TROUBLED_LINES)
        return Domain("id", "in", lines.subselect("task_id"))

    def _compute_reminder_log_count(self):
        groups = self.env["crm.task.reminder.log"]._read_group(
            [("task_id", "in", self.ids)], ["task_id"], ["__count"]
        )
        counts = {task.id: count for task, count in groups}
        for task in self:
            task.reminder_log_count = counts.get(task._origin.id, 0)

    def action_open_reminder_log(self):
        """Open what the log has about the tasks' reminders."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_task_reminder.crm_task_reminder_log_action"
        )
        return {**action, "domain": [("task_id", "in", self.ids)], "context": {}}
