from datetime import datetime, timedelta

from odoo import api, fields, models
from odoo.addons.crm_task_reminder.models.line.project_task import GROUPS
from odoo.addons.crm_task_reminder.tools import schedule
from odoo.fields import Domain

from ...tools.calendar_entry import LONGEST
from ..answer.crm_task_reminder_answer import ACTIVITY, UNSETTLED

#: How long a task takes whose deadline does not tell.
USUAL_LENGTH = timedelta(hours=1)
#: Days among which a free one is looked for.
REACH = 28
#: Changes that settle what a customer has asked for.
SETTLING = {"planned_date_begin", "partner_id", "state", "active"}


class ProjectTask(models.Model):
    """Another time for a task whose customer can't come."""

    _inherit = "project.task"

    reminder_is_unsettled = fields.Boolean(
        compute="_compute_reminder_is_unsettled", groups=GROUPS
    )

    @api.depends("reminder_answer", "is_closed")
    def _compute_reminder_is_unsettled(self):
        for task in self:
            task.reminder_is_unsettled = (
                task.reminder_answer in UNSETTLED and not task.is_closed
            )

    def write(self, vals):
        result = super().write(vals)
        if vals.keys() & SETTLING:
            self._settle_reminder_answers()
        return result

    def _settle_reminder_answers(self):
        """Take back what was to be done about answers that do not count any more."""
        # sudo: the activities are the addon's, and may be another user's
        activities = self.env["mail.activity"].sudo()
        kind = self.env.ref(ACTIVITY, raise_if_not_found=False)
        if not kind:
            return
        found = activities.search(
            [
                ("activity_type_id", "=", kind.id),
                ("res_model", "=", "project.task"),
                ("res_id", "in", self.ids),
            ]
        )
        for activity in found:
            # sudo: the activity is the addon's, whoever may read its task
            task = self.browse(activity.res_id).sudo()
            if not task.active or not task.reminder_is_unsettled:
                activity.unlink()

    # ------------------------------------------------------------------
    # Free times
    # ------------------------------------------------------------------

    def _get_reminder_length(self):
        """Return how long the task takes.

        :return timedelta:
        """
        self.ensure_one()
        start, end = self.planned_date_begin, self.date_deadline
        is_end = start and end and timedelta() < end - start <= LONGEST
        return end - start if is_end else USUAL_LENGTH

    def _find_reminder_free_start(self, after=None):
        """Return a start on a later day at which no assignee has another task.

        It is a working day of the company, at the same time of the day as now.

        :param datetime after: naive UTC; the present start, or now, unless given
        :return datetime | None: naive UTC; None if there is none in the next weeks
        """
        self.ensure_one()
        if not self.planned_date_begin:
            return None
        try:
            return self._pick_reminder_free_start(after)
        except OverflowError:  # the calendar has no weeks after that
            return None

    def _pick_reminder_free_start(self, after):
        """As ``_find_reminder_free_start``, of a task that has a start.

        :raise OverflowError: the next weeks lie beyond the calendar
        """
        start = self.planned_date_begin
        company = self._get_reminder_company()
        tz = company._get_reminder_tz()
        after = max(after or start, fields.Datetime.now())
        # sudo: who moves a task need not read working calendars
        calendar = company.sudo().resource_calendar_id
        is_working = calendar._get_reminder_days(company) or bool
        local, first = schedule.to_local(start, tz), schedule.to_local(after, tz)
        length, spans = self._get_reminder_length(), self._list_reminder_spans(after)
        for number in range(REACH):
            day = first.date() + timedelta(days=number)
            begin = schedule.to_utc(datetime.combine(day, local.time(), local.tzinfo))
            end = begin + length
            is_busy = any(begin < till and since < end for since, till in spans)
            if begin > after and is_working(day) and not is_busy:
                return begin
        return None

    def _list_reminder_spans(self, after):
        """Return when the assignees have other tasks in the next weeks.

        :param datetime after: naive UTC
        :return list[tuple[datetime, datetime]]:
        """
        domain = Domain(
            [
                ("id", "not in", self.ids),
                ("user_ids", "in", self.user_ids.ids),
                ("is_closed", "=", False),
                ("planned_date_begin", ">", after - LONGEST),
                ("planned_date_begin", "<", after + timedelta(days=REACH + 1)),
            ]
        )
        # sudo: that somebody is busy is told to who plans with them, not by what
        tasks = self.sudo().search(domain) if self.user_ids else self.browse()
        return [
            (task.planned_date_begin, task.planned_date_begin + length)
            for task in tasks
            if (length := task._get_reminder_length())
        ]
