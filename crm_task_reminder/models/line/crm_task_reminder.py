from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ...tools import schedule

STATES = [
    ("waiting", "No start"),
    ("scheduled", "Scheduled"),
    ("done", "Sent"),
    ("skipped", "Not sent"),
    ("missed", "Missed"),
    ("cancelled", "Cancelled"),
]
#: States that the service sets. They hold as long as the task has the same start.
HANDLED_STATES = [
    state for state in STATES if state[0] in ("done", "skipped", "missed")
]

#: Fields that only the service may write.
SERVICE_FIELDS = {
    "due_at",
    "early_at",
    "set_at",
    "handled_due_at",
    "handled_state",
    "state",
    "turn",
    "turn_anchor",
}

#: What gives a line another time.
TIME_FIELDS = {"duration", "duration_unit", "time_of_day"}
#: How long before its time a reminder may leave. Odoo looks for scheduled actions every
#: 60 to 70 seconds, so that a reminder is at most about half a minute early or late.
LEAD_TIME = timedelta(seconds=30)
#: How long after the start a reminder that is set to the start may still go out.
START_GRACE = timedelta(minutes=15)


class CrmTaskReminder(models.Model):
    """A reminder of one task: to whom, in which form, how long before the start.

    ``due_at`` follows the start of the task. What the service did with a reminder is
    kept together with the ``due_at`` it was done for, so that a moved start arms the
    reminder again and an edited title does not.
    """

    _name = "crm.task.reminder"
    _inherit = "crm.task.reminder.mixin"
    _description = "Task Reminder"
    _order = "audience, due_at, id"

    task_id = fields.Many2one(
        "project.task", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        "res.company",
        compute="_compute_company_id",
        store=True,
        copy=True,
        help="The company whose automat sends this reminder.",
    )
    due_at = fields.Datetime(
        string="Sent At",
        compute="_compute_due_at",
        store=True,
        help="When the reminder is due: the start of the task less the time before it.",
    )
    set_at = fields.Datetime(
        compute="_compute_due_at",
        store=True,
        help="When the reminder got the time it is due at.",
    )
    asked_at = fields.Datetime(
        copy=False, groups=fields.NO_ACCESS, help="When a person had it sent at once."
    )
    asked_start = fields.Datetime(
        copy=False, groups=fields.NO_ACCESS, help="The start that it was asked for."
    )
    handled_due_at = fields.Datetime(copy=False, groups=fields.NO_ACCESS)
    handled_state = fields.Selection(
        HANDLED_STATES, copy=False, groups=fields.NO_ACCESS
    )
    state = fields.Selection(STATES, compute="_compute_state", store=True)

    # The cost of a run follows what is due, not how many reminders exist.
    _due_idx = models.Index("(company_id, due_at, id) WHERE state = 'scheduled'")
    _not_sent_idx = models.Index("(task_id) WHERE state IN ('skipped', 'missed')")

    # ------------------------------------------------------------------
    # Fields
    # ------------------------------------------------------------------

    @api.depends("task_id.company_id")
    def _compute_company_id(self):
        for reminder in self:
            former = (reminder._origin or reminder).company_id  # on a form: as saved
            company = reminder.task_id.company_id or former or self.env.company
            # a task that moves must not take foreign texts to its new company, nor that
            # company's mover another one's, nor may a form name one; asked first: Odoo
            # tries again what is refused
            if former != company and (former or not reminder.id):
                for place in filter(None, (former, company)):
                    reminder._check_company_access(place)
            reminder.company_id = company

    @api.depends(
        "task_id.planned_date_begin",
        "duration",
        "duration_unit",
        "time_of_day",
        "company_id",
        "asked_at",
    )
    def _compute_due_at(self):
        now = fields.Datetime.now()
        for reminder in self:
            start = reminder._get_anchor()
            if start and reminder.asked_start == start:
                reminder.due_at = reminder.set_at = reminder.asked_at
                continue
            due_at = start and reminder._count_back(start)
            # on a form the time may be known without when it was set
            is_set_anew = due_at != reminder.due_at or (due_at and not reminder.set_at)
            reminder.set_at = now if is_set_anew else reminder.set_at
            reminder.due_at = due_at

    def _count_back(self, start):
        """Return when the reminder is due (naive UTC).

        :param datetime start: naive UTC
        """
        unit, tz = self.duration_unit, None
        if unit not in schedule.ABSOLUTE_UNITS:  # the others need no zone to be read
            tz = self.company_id._get_reminder_tz()
        minute = self._get_minute_of_day()
        return schedule.get_due_at(start, self._get_time_before(), unit, tz, minute)

    def _get_time_before(self):
        """Return how many units it is due before its date; negative for after it."""
        self.ensure_one()
        return self.duration

    def _get_anchor(self):
        """Return the date of the task that the reminder is counted from.

        :return datetime | False: naive UTC; False when the task has none yet
        """
        return self._get_start()

    def _get_start(self):
        """Return when the task starts, False if that is not known (naive UTC)."""
        self.ensure_one()
        return self.task_id.planned_date_begin

    @api.depends(
        "due_at",
        "handled_due_at",
        "handled_state",
        "task_id.active",
        "task_id.state",
        "task_id.has_template_ancestor",
        "task_id.project_id.is_template",
        "task_id.reminder_customer_off",
        "task_id.reminder_operator_off",
    )
    def _compute_state(self):
        for reminder in self:
            if reminder.due_at and reminder.due_at == reminder.handled_due_at:
                reminder.state = reminder.handled_state
            elif not reminder._is_wanted():
                reminder.state = "cancelled"
            elif reminder.due_at:
                reminder.state = "scheduled"
            else:
                reminder.state = "waiting"

    def _is_wanted(self):
        """Tell whether the task's audience is to get it at all, whenever that is."""
        self.ensure_one()
        return self.task_id._wants_reminders(self.audience)

    @api.constrains("company_id", "task_id")
    def _check_company_id(self):
        for reminder in self:
            company = reminder.company_id
            task_company = reminder.task_id.company_id
            if company != (task_company or company):
                raise ValidationError(
                    self.env._("A reminder belongs to the company of its task.")
                )

    # ------------------------------------------------------------------
    # Changes
    # ------------------------------------------------------------------

    @api.model
    def default_get(self, fields):
        """Leave the service's fields out: the context may bring a task's state."""
        values = super().default_get(fields)
        return {name: values[name] for name in values.keys() - SERVICE_FIELDS}

    def copy_data(self, default=None):
        """Give copies a company of the user's own where the original's is not.

        That may be so with tasks of no company, which several companies share.
        """
        vals_list = super().copy_data(default)
        own = self.env.user._get_reminder_companies()
        for reminder, vals in zip(self, vals_list, strict=True):
            if not self.env.su and reminder.company_id not in own:
                del vals["company_id"]
        return vals_list

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_service_fields(vals)
        return super().create(vals_list)

    def write(self, vals):
        if not vals:
            # as a form writes a line of which only what is computed has changed
            return True
        self._check_service_fields(vals)
        if any(reminder._is_changed(vals) for reminder in self):
            raise UserError(
                self.env._(
                    "This reminder has been sent and can't be changed. "
                    "Add a new reminder instead."
                )
            )
        retimed = self.filtered(lambda line: line._differs(vals, TIME_FIELDS))
        result = super().write(vals)
        if retimed:
            retimed._forget_asked_time()
        if vals.keys() & {"company_id", "task_id"}:
            # Odoo has asked for the rights on the lines as they were
            self.check_access("write")
        return result

    def _forget_asked_time(self):
        """Let a new time before the start count where one was sent at once before."""
        # sudo: the time a reminder is due at is not for everybody to set
        asked = self.sudo().filtered("asked_at")
        asked.write({"asked_at": False, "asked_start": False})

    @api.model
    def _check_service_fields(self, vals):
        """Refuse that anybody but the service says when and whether it was sent."""
        if not self.env.su and vals.keys() & SERVICE_FIELDS:
            raise AccessError(
                self.env._("The state of a reminder is set by the service alone.")
            )

    def _is_changed(self, vals):
        """Tell whether ``vals`` would change what was sent already."""
        return self.state == "done" and self._differs(vals, self._get_setting_fields())

    # ------------------------------------------------------------------
    # The service's part
    # ------------------------------------------------------------------

    def _is_before_switch(self, company):
        """Tell whether it was due, and set, before the company was last switched on.

        A reminder that is set after that is sent, even if its time lies before.
        """
        self.ensure_one()
        enabled_at = company.reminder_enabled_at
        return bool(enabled_at) and max(self.due_at, self.set_at) < enabled_at

    def _is_too_late(self, company):
        """Tell whether its time had passed when it was set, and it is not sent late."""
        self.ensure_one()
        return self.due_at < self.set_at and not company.reminder_send_passed

    def _has_passed(self, now):
        """Tell whether it is too late: the task has started.

        A reminder set to the start itself goes out up to ``START_GRACE`` after it.

        :param datetime now: naive UTC
        """
        self.ensure_one()
        grace = timedelta() if self.duration else START_GRACE
        return self._get_anchor() <= now - grace

    def _set_handled(self, state):
        """Note what was done with the reminders for the start their tasks have now.

        :param str | False state: one of ``HANDLED_STATES``; False if nothing was
        """
        if not state:
            self.write({"handled_due_at": False, "handled_state": False})
            return
        for due_at, reminders in self.grouped("due_at").items():
            reminders.write({"handled_due_at": due_at, "handled_state": state})
