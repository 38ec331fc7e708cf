from odoo import fields, models
from odoo.tools import hmac

from ...tools.calendar_entry import Entry

#: What a calendar shows of a task; a change of it is a new version of the entry.
SHOWN = (
    "planned_date_begin",
    "date_deadline",
    "name",
    "reminder_place",
    "active",
    "state",
)
#: Changes that may bring a task, and its parts, into another project with its place.
ELSEWHERE = {"project_id", "parent_id"}


class ProjectTask(models.Model):
    """A task in its customer's calendar."""

    _inherit = "project.task"

    reminder_sequence = fields.Integer(
        copy=False,
        default=0,
        groups=fields.NO_ACCESS,
        help="The version of the task's entry in calendars: it rises with each change.",
    )

    def write(self, vals):
        names = [name for name in SHOWN if name in vals]
        is_elsewhere = bool(vals.keys() & ELSEWHERE)
        if not names and not is_elsewhere:
            return super().write(vals)
        # sudo: the version is nobody's to set, and the portal may not read the start
        entries = self.sudo()
        if is_elsewhere:
            # parts follow their task without being written to
            subtasks = [("id", "child_of", self.ids)]
            entries = entries.with_context(active_test=False).search(subtasks)
        former = {task: task._get_reminder_shown(names) for task in entries}
        result = super().write(vals)
        entries.filtered(
            lambda task: task._get_reminder_shown(names) != former[task]
        )._raise_reminder_sequence()
        return result

    def _get_reminder_shown(self, names):
        """Return what a calendar shows of fields, and the place, in any form."""
        return [self[name] for name in names], self._get_reminder_place()

    def _raise_reminder_sequence(self):
        """Make the entries in calendars new versions."""
        for sequence, tasks in self.grouped("reminder_sequence").items():
            tasks.reminder_sequence = sequence + 1

    def _is_reminder_off(self):
        """Tell whether the task does not take place, or not yet again."""
        self.ensure_one()
        is_off = not self.active or self.state == "1_canceled"
        return is_off or not self.planned_date_begin

    def _write_reminder_calendar(self, company, **told):
        """Return the task as a calendar's entry.

        :param res.company company: in whose name it is sent
        :param told: parts of the entry as its reader knows them
        :return str: in the form of RFC 5545
        """
        self.ensure_one()
        # sudo: the version is nobody's to read; the caller may read the task
        task = self.sudo()
        # an id would tell how many tasks there are
        uid = hmac(task.env, "crm_task_reminder_reply.calendar", task.id)[:32]
        return Entry(
            uid=uid,
            sequence=task.reminder_sequence,
            title=told.get("title", task.name),
            place=told.get("place", task._get_reminder_place()),
            start=told.get("start", task.planned_date_begin),
            end=task.date_deadline,
            written_at=fields.Datetime.now(),
            company=company.name,
            phone=company.phone or "",
            email=company.partner_id.email_normalized or "",
            is_off=task._is_reminder_off(),
        ).serialize()
