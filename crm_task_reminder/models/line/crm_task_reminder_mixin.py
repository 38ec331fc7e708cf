from collections import Counter

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...tools import schedule
from ...tools.language import count_time

AUDIENCES = [("customer", "Customers"), ("operator", "Operators")]
UNITS = [
    ("minutes", "minutes"),
    ("hours", "hours"),
    ("days", "days"),
    ("weeks", "weeks"),
]
#: Units, and the choice of no time before.
TIMINGS = [*UNITS, ("start", "at the start")]


class CrmTaskReminderMixin(models.AbstractModel):
    """What a company's default line and a task's reminder have in common."""

    _name = "crm.task.reminder.mixin"
    _description = "Task Reminder Settings"

    audience = fields.Selection(AUDIENCES, required=True, default="customer")
    # each channel adds itself, with the field that holds its template
    channel = fields.Selection([], string="Form", required=True)
    duration = fields.Integer(
        string="Time",
        required=True,
        default=1,
        help="How long before or after the date of the task the reminder is sent.",
    )
    duration_unit = fields.Selection(
        UNITS,
        string="Unit",
        required=True,
        default="days",
        help="Minutes and hours are exact. Days and weeks are counted on the calendar, "
        "so that 9:00 stays 9:00 when the clocks change.",
    )
    # what a person chooses instead of the unit; no time before the start is stored as 0
    timing = fields.Selection(
        TIMINGS,
        string="Unit of Time or Start",
        compute="_compute_timing",
        inverse="_inverse_timing",
        help="The unit of the time before the start, or the start itself.",
    )

    @api.depends("duration", "duration_unit")
    def _compute_timing(self):
        for line in self:
            line.timing = line.duration_unit if line.duration else "start"

    @api.onchange("timing")
    def _inverse_timing(self):
        """Turn what was chosen into a number and its unit."""
        for line in self.filtered("timing"):
            timing, duration = line.timing, line.duration
            if timing not in ("start", line.duration_unit):
                line.duration_unit = timing
            if (timing == "start") == bool(duration):
                line.duration = 0 if duration else 1

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_whole_duration(vals)
        return super().create(vals_list)

    def write(self, vals):
        self._check_whole_duration(vals)
        return super().write(vals)

    @api.model
    def _check_whole_duration(self, vals):
        """Refuse a fraction, which Odoo would cut down to a whole number silently.

        Whatever the unit, the number is at most that of the minutes of a year: a column
        of the database can hold that.
        """
        duration = vals.get("duration", 0)
        if duration is None or duration is False or duration == "":
            # Odoo would take it for 0, which is the start itself
            raise ValidationError(
                self.env._("How long before or after? The time is empty.")
            )
        try:
            is_whole = int(duration) == float(duration)
        except (OverflowError, TypeError, ValueError):
            is_whole = False
        if not is_whole:
            raise ValidationError(
                self.env._(
                    "The time of a reminder is a whole number, not %s.", duration
                )
            )
        self._check_maximum(abs(int(duration)), "minutes")

    @api.model
    def _check_maximum(self, duration, unit):
        if not schedule.fits_maximum(duration, unit):
            raise ValidationError(
                self.env._("A reminder can be sent at most one year before or after.")
            )

    @api.depends("channel", "duration", "duration_unit")
    @api.depends_context("lang")
    def _compute_display_name(self):
        channels = dict(self._fields["channel"]._description_selection(self.env))
        for reminder in self:
            channel = channels.get(reminder.channel, "")
            reminder.display_name = f"{channel} · {reminder._get_time_before_text()}"

    def _get_time_before_text(self):
        """Return in words when the line is due, such as “2 hours before”."""
        self.ensure_one()
        if not self.duration:
            return self._get_date_text()
        span = count_time(self.env, self.duration, self.duration_unit)
        return self._get_span_text(span)

    def _get_date_text(self):
        """Return in words that the line is due at the date it is counted from."""
        return self.env._("at the start")

    def _get_span_text(self, span):
        """Return in words how long before what the line is due.

        :param str span: such as “2 hours”
        """
        return self.env._("%(span)s before", span=span)

    @api.model
    def _get_setting_fields(self):
        """Return the names of the fields that say what is sent, to whom and when."""
        return {
            "audience",
            "channel",
            "duration",
            "duration_unit",
        }

    def _differs(self, vals, names):
        """Tell whether ``vals`` would change one of the fields.

        :param dict vals: as ``write`` gets them
        :param set[str] names: of the fields
        """
        return any(
            self._fields[name].convert_to_write(self[name], self) != vals[name]
            for name in names & vals.keys()
        )

    def _get_setting_key(self):
        """Return what two lines that remind alike have in common."""
        self.ensure_one()
        return self.audience, self.channel, self.duration, self.duration_unit

    def _get_setting_keys(self):
        """Return how many lines there are of each kind, in no order."""
        return Counter(line._get_setting_key() for line in self)

    def _prepare_reminders(self):
        """Return the values of a task's reminders made from these lines.

        :return list[dict]: values for ``create`` without the task
        """
        return [
            {
                name: self._fields[name].convert_to_write(line[name], line)
                for name in self._get_setting_fields()
            }
            for line in self
        ]

    @api.constrains("duration", "duration_unit")
    def _check_duration(self):
        for line in self:
            if line.duration < 0:
                raise ValidationError(
                    self.env._(
                        "The time of a reminder can't be negative: %s.",
                        line.duration,
                    )
                )
            self._check_maximum(line.duration, line.duration_unit)
