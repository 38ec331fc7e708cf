from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ....tools import schedule
from ....tools.language import count_time
from ....tools.moments import NEWS_MOMENTS

REPEAT_UNITS = [("hours", "hours"), ("days", "days")]
#: Until when a line is repeated, unless its number is reached before.
REPEAT_ENDS = [("done", "until done")]
REPEAT_FIELDS = {"repeat_unit", "repeat_every", "repeat_count", "repeat_until"}
#: How often a line is sent at most, the first time included.
MAX_REPEAT_COUNT = 50


class CrmTaskReminderMixin(models.AbstractModel):
    """A line that is sent again and again, until its number or its date is reached."""

    _inherit = "crm.task.reminder.mixin"

    repeat_unit = fields.Selection(
        REPEAT_UNITS,
        string="Repeated Every",
        help="Sent again after so many hours or days, never once the date that it is "
        "counted from has come, and not when the task is done. Once, if empty.",
    )
    repeat_every = fields.Integer(
        string="Repeated After", required=True, default=1, help="Hours or days."
    )
    repeat_count = fields.Integer(
        string="Times at Most",
        required=True,
        default=3,
        help="How often it is sent at most, the first time included.",
    )
    repeat_until = fields.Selection(
        REPEAT_ENDS, string="Repeated Until", required=True, default="done"
    )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_whole_repeat(vals)
        return super().create(vals_list)

    def write(self, vals):
        self._check_whole_repeat(vals)
        if vals.get("moment") in NEWS_MOMENTS:
            vals = {"repeat_unit": False, **vals}
        return super().write(vals)

    @api.onchange("timing", "moment")
    def _onchange_repeat(self):
        for line in self:
            if not line._can_repeat():
                line.repeat_unit = False

    def _can_repeat(self):
        """Tell whether there is anything to repeat: not news, nor what is at the start.

        What comes after a date may be repeated in any case.
        """
        self.ensure_one()
        return not self._is_notice() and bool(self.duration or self._is_after())

    # ------------------------------------------------------------------
    # What can't be
    # ------------------------------------------------------------------

    @api.model
    def _check_whole_repeat(self, vals):
        """Refuse what is no whole number, or none that a column can hold."""
        limits = {"repeat_every": 366 * 24, "repeat_count": MAX_REPEAT_COUNT}
        for name in limits.keys() & vals.keys():
            value = vals[name]
            try:
                is_number = int(value) == float(value) and not isinstance(value, bool)
            except (OverflowError, TypeError, ValueError):
                is_number = False
            if not is_number:
                raise ValidationError(
                    self.env._("How often it is repeated is a whole number.")
                )
            least = 2 if name == "repeat_count" else 1
            if not least <= int(value) <= limits[name]:
                raise ValidationError(self._describe_repeat_limits())

    @api.model
    def _describe_repeat_limits(self):
        return self.env._(
            "A reminder can be repeated every hour at the most, once a year at the "
            "least, and be sent 2 to %s times.",
            MAX_REPEAT_COUNT,
        )

    @api.constrains(
        "repeat_unit", "repeat_every", "moment", "duration", "duration_unit"
    )
    def _check_repeat(self):
        for line in self.filtered("repeat_unit"):
            if not line._can_repeat():
                raise ValidationError(
                    self.env._("This is sent once: there is nothing to repeat.")
                )
            every = line.repeat_every, line.repeat_unit
            if not schedule.fits_maximum(*every):
                raise ValidationError(self._describe_repeat_limits())
            if not line._is_after() and self._is_no_shorter(every, line):
                raise ValidationError(
                    self.env._(
                        "“%s” could not be repeated: its date would come first.",
                        line.display_name,
                    )
                )

    @api.model
    def _is_no_shorter(self, every, line):
        """Tell whether a time is as long as the one before the line's date."""
        pause = timedelta(**{every[1]: every[0]})
        return pause >= timedelta(**{line.duration_unit: line.duration})

    # ------------------------------------------------------------------
    # Words and settings
    # ------------------------------------------------------------------

    @api.depends("repeat_unit", "repeat_every", "repeat_count", "repeat_until")
    def _compute_display_name(self):
        return super()._compute_display_name()

    def _get_time_before_text(self):
        text = super()._get_time_before_text()
        if not self.repeat_unit:
            return text
        words = [text, self._get_repeat_text()]
        words.append(self.env._("at most %s times", self.repeat_count))
        return ", ".join(words)

    def _get_repeat_text(self):
        """Return in words how often the line is repeated, such as “every 2 days”."""
        if self.repeat_every == 1:
            hourly = self.repeat_unit == "hours"
            return self.env._("every hour") if hourly else self.env._("every day")
        span = count_time(self.env, self.repeat_every, self.repeat_unit)
        return self.env._("every %s", span)

    @api.model
    def _get_setting_fields(self):
        return super()._get_setting_fields() | REPEAT_FIELDS

    def _get_setting_key(self):
        every = self.repeat_unit and self.repeat_every
        times = self.repeat_unit and (self.repeat_count, self.repeat_until)
        return *super()._get_setting_key(), self.repeat_unit, every, times
