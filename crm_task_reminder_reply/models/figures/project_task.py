from odoo import api, fields, models
from odoo.addons.crm_task_reminder.models.line.project_task import GROUPS


class ProjectTask(models.Model):
    """Whether the customer was not there: at the start that the task has now.

    Who did not come often gets another date, which is missed or not by itself.
    """

    _inherit = "project.task"

    reminder_missed_start = fields.Datetime(
        copy=False,
        groups=fields.NO_ACCESS,
        help="The start at which the customer was not there, the last one.",
    )
    reminder_no_show = fields.Boolean(
        string="Did Not Come",
        compute="_compute_reminder_no_show",
        inverse="_inverse_reminder_no_show",
        store=True,
        readonly=False,
        copy=False,
        tracking=True,
        groups=GROUPS,
        help="The customer was not there.",
    )

    @api.depends("reminder_missed_start", "planned_date_begin")
    def _compute_reminder_no_show(self):
        for task in self:
            start, missed = task.planned_date_begin, task.reminder_missed_start
            task.reminder_no_show = start and start == missed

    def _inverse_reminder_no_show(self):
        """Keep it also with the messages about the start: the log counts them."""
        # sudo: whoever may edit the task may say so, and links are nobody's to write
        for task in self.sudo():
            start, is_missed = task.planned_date_begin, task.reminder_no_show
            # a former customer was not awaited any more
            there = task.partner_id, start
            links = task.reminder_link_ids.filtered(
                lambda link, there=there: (link.partner_id, link.start) == there
            )
            links.is_missed = is_missed
            task.reminder_missed_start = is_missed and start
