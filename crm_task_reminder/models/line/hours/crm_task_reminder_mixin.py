from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ....tools import dates, hours, schedule
from ....tools.language import get_time_style


class CrmTaskReminderMixin(models.AbstractModel):
    """The hour of the day at which a line is due: “1 day before, at 16:00”."""

    _inherit = "crm.task.reminder.mixin"

    time_of_day = fields.Char(
        string="At",
        help="At which hour of that day, such as 16:00, by the clock of the company. "
        "The hour of the date that it is counted from, if empty. Only with days and "
        "weeks.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._read_time_of_day(vals) for vals in vals_list])

    def write(self, vals):
        return super().write(self._read_time_of_day(self._drop_time_of_day(vals)))

    @api.onchange("timing", "time_of_day")
    def _onchange_time_of_day(self):
        """Write an hour as it will be stored; what is none is refused when it is saved.

        An hour that was given for days does not stay where they become hours.
        """
        for line in self:
            if not line._has_days():
                line.time_of_day = False
                continue
            try:
                vals = self._read_time_of_day({"time_of_day": line.time_of_day})
            except ValidationError:
                continue
            line.time_of_day = vals["time_of_day"]

    @api.model
    def _read_time_of_day(self, vals):
        """Return the values with the hour as it is stored, “16:30”.

        :raise ValidationError: what is given is no hour of the day
        """
        given = vals.get("time_of_day")
        if given is None or given is False or given == "":
            return vals
        try:
            minute = hours.parse_time_of_day(given)
        except (AttributeError, ValueError) as error:
            raise ValidationError(
                self.env._("“%s” is not an hour of the day such as 16:00.", given)
            ) from error
        return {**vals, "time_of_day": hours.format_time_of_day(minute)}

    @api.model
    def _drop_time_of_day(self, vals):
        """Return the values without an hour where the time is not one of days any more.

        Whoever gives one along is refused instead, see ``_check_time_of_day``.
        """
        is_absolute = vals.get("duration_unit") in schedule.ABSOLUTE_UNITS
        if is_absolute or vals.get("duration", True) == 0:
            return {"time_of_day": False, **vals}
        return vals

    @api.constrains("time_of_day", "duration", "duration_unit")
    def _check_time_of_day(self):
        for line in self:
            if line.time_of_day and not line._has_days():
                raise ValidationError(
                    self.env._("An hour of the day goes only with days and weeks.")
                )

    def _has_days(self):
        """Tell whether the line counts days, of which one can say an hour."""
        self.ensure_one()
        return self.timing in ("days", "weeks")

    def _get_minute_of_day(self):
        """Return at which minute of the day it is due, None if as its date has it."""
        self.ensure_one()
        if not self.time_of_day or not self._has_days():
            return None
        return hours.parse_time_of_day(self.time_of_day)

    # ------------------------------------------------------------------
    # Words and settings
    # ------------------------------------------------------------------

    @api.depends("time_of_day")
    def _compute_display_name(self):
        return super()._compute_display_name()

    def _get_time_before_text(self):
        text = super()._get_time_before_text()
        minute = self._get_minute_of_day()
        if minute is None:
            return text
        pattern, locale = get_time_style(self.env)
        hour = dates.write_time(schedule.to_time(minute), pattern, locale)
        return self.env._("%(span)s, at %(hour)s", span=text, hour=hour)

    @api.model
    def _get_setting_fields(self):
        return super()._get_setting_fields() | {"time_of_day"}

    def _get_setting_key(self):
        return *super()._get_setting_key(), self.time_of_day or ""
