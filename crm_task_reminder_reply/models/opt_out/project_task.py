from odoo import api, fields, models
from odoo.addons.crm_task_reminder.models.line.project_task import GROUPS


class ProjectTask(models.Model):
    """Whether the customer wants no reminders of this task."""

    _inherit = "project.task"

    reminder_link_ids = fields.One2many(
        "crm.task.reminder.link", "task_id", groups=fields.NO_ACCESS
    )
    reminder_opted_out = fields.Boolean(
        string="No Reminders Wanted",
        compute="_compute_reminder_opted_out",
        compute_sudo=True,
        groups=GROUPS,
        help="The customer wants no reminders of this task.",
    )

    @api.depends("partner_id", "reminder_link_ids.opted_out")
    def _compute_reminder_opted_out(self):
        for task in self:
            task.reminder_opted_out = any(
                link.opted_out == "task" and link.partner_id == task.partner_id
                for link in task.reminder_link_ids
            )

    def _has_reminder_reply_since(self, moment):
        """Tell whether the customer has answered, or asked for no more, since then.

        :param datetime moment: naive UTC
        """
        self.ensure_one()
        # sudo: the service asks, which reads as superuser anyway
        task, second = self.sudo(), moment.replace(microsecond=0)
        moments = [
            *task.reminder_answer_ids.mapped("answered_at"),
            *task.reminder_link_ids.mapped("opted_out_at"),
        ]
        return any(one and one >= second for one in moments)
