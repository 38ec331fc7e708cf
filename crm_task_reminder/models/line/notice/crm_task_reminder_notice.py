from odoo import fields, models

from ....tools.moments import NEWS
from ..crm_task_reminder_mixin import AUDIENCES


class CrmTaskReminderNotice(models.Model):
    """What an audience of a task is to be told, or was told last.

    A row per task and audience. The lines for news follow it: those of its moment are
    due when it is. What was told before is known from the ledger; here is kept what it
    was when the news came up, as messages name it.
    """

    _name = "crm.task.reminder.notice"
    _description = "News of a Task"

    task_id = fields.Many2one(
        "project.task", required=True, readonly=True, ondelete="cascade"
    )
    audience = fields.Selection(AUDIENCES, required=True, readonly=True)
    moment = fields.Selection(
        NEWS, readonly=True, help="What there is to tell; empty if nothing."
    )
    told_start = fields.Datetime(
        readonly=True, help="The start that the audience was told last."
    )
    tell_at = fields.Datetime(
        readonly=True, help="When the news is told; empty while it is held."
    )
    is_held = fields.Boolean(
        readonly=True, help="It is not told until a person says so."
    )

    is_asked = fields.Boolean(readonly=True, help="A person has had it told at once.")

    _place_unique = models.UniqueIndex("(task_id, audience)")
    _held_idx = models.Index("(task_id) WHERE is_held")

    def _get_due_at(self, moment):
        """Return when lines of a moment are due; False if they are not.

        :param str moment: one of ``NEWS``
        """
        return self.moment == moment and not self.is_held and self.tell_at

    def _get_lines(self):
        """Return the lines of the task that tell this news."""
        self.ensure_one()
        return self.task_id.reminder_ids.filtered(
            lambda line: line.audience == self.audience and line.moment == self.moment
        )

    def _is_switched_off(self):
        """Tell whether its audience is to have no reminders of the task."""
        self.ensure_one()
        return self.task_id[f"reminder_{self.audience}_off"]

    def _get_start(self):
        """Return the start that the news is about (naive UTC)."""
        self.ensure_one()
        is_off = self.moment == "called_off"
        return self.told_start if is_off else self.task_id.planned_date_begin

    def _tell(self, tell_at, *, is_asked=False):
        """Have news told at a time, even if it was told before.

        Nobody gets a message twice by that: the ledger knows them.

        :param datetime tell_at: naive UTC
        :param bool is_asked: whether it is a person who wants it at once
        """
        values = {"tell_at": tell_at, "is_held": False, "is_asked": is_asked}
        for notice in self:
            notice.write(values)
            notice._get_lines()._set_handled(False)

    def _drop(self):
        """Tell nothing."""
        self.write({"moment": False, "tell_at": False, "is_held": False})
