from odoo import api, fields, models
from odoo.addons.crm_task_reminder.tools import schedule
from odoo.exceptions import UserError


class CrmTaskReminderMove(models.TransientModel):
    """Another time for a task, with a proposal."""

    _name = "crm.task.reminder.move"
    _description = "Another Time for a Task"

    task_id = fields.Many2one("project.task", required=True, readonly=True)
    answer_text = fields.Char(
        string="Customer's Answer", compute="_compute_answer_text"
    )
    present_start = fields.Datetime(
        string="Present Start",
        related="task_id.planned_date_begin",
        related_sudo=False,
    )
    start = fields.Datetime(
        string="New Start",
        compute="_compute_start",
        store=True,
        readonly=False,
        help="Proposed is a working day at the same time of the day, on which no "
        "assignee has another task.",
    )

    @api.depends("task_id")
    def _compute_answer_text(self):
        self.answer_text = False
        for window in self.filtered("task_id"):
            task = window._get_task()
            # sudo: whoever may read the task may know what its customer has answered
            answer = task._get_reminder_answer().with_env(self.env(su=True))
            kind = answer._get_label("kind") if answer else ""
            words = filter(None, [kind, task.reminder_answer_text])
            window.answer_text = " · ".join(words)

    @api.depends("task_id")
    def _compute_start(self):
        self.start = False
        for window in self.filtered("task_id"):
            window.start = window._get_task()._find_reminder_free_start()

    @api.constrains("task_id")
    def _check_task(self):
        """Refuse a task that the user may not read: its title would be told."""
        self._get_task()

    def _update_cache(self, values, validate=True):
        """Refuse it also on a form, where its title is told as well."""
        result = super()._update_cache(values, validate)
        if "task_id" in values:
            self._get_task()
        return result

    def _get_task(self):
        """Return the task, which the user may read: a window can name any.

        Also as a copy, for which nobody is refused.
        """
        task = self.task_id._origin
        task.sudo(False).check_access("read")
        return task

    def action_propose_next(self):
        """Propose the free time after the one that is shown."""
        self.ensure_one()
        proposal = self.task_id._find_reminder_free_start(self.start)
        if not proposal:
            raise UserError(self.env._("There is no free time in the next weeks."))
        self.start = proposal
        return {
            **self.task_id.action_move_reminder_start(),
            "res_id": self.id,
        }

    def action_move(self):
        """Move the task's start, and its end where it has one."""
        self.ensure_one()
        if not self.start or self.start <= fields.Datetime.now():
            raise UserError(self.env._("Please choose a start in the future."))
        task, values = self.task_id, {"planned_date_begin": self.start}
        former, end = task.planned_date_begin, task.date_deadline
        length = task._get_reminder_length()
        # another one may have emptied it meanwhile
        if former and end and end - former == length:
            values["date_deadline"] = schedule.shift(self.start, length)
        task.write(values)
        return {"type": "ir.actions.act_window_close"}

    def action_call_off(self):
        """Call the task off."""
        self.ensure_one()
        self.task_id.state = "1_canceled"
        return {"type": "ir.actions.act_window_close"}
