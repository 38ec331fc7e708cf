from odoo import api, fields, models

from ....tools.moments import MOMENTS, NEWS_MOMENTS, NEWS_TIMINGS


class CrmTaskReminderMixin(models.AbstractModel):
    """At which moment a line is sent: before the start, or when there is news."""

    _inherit = "crm.task.reminder.mixin"

    moment = fields.Selection(
        MOMENTS,
        required=True,
        default="before",
        string="Counted From",
        help="Some time before or after a date of the task, or soon after its date was "
        "set, moved or called off.",
    )
    # what a person chooses instead of a unit
    timing = fields.Selection(selection_add=NEWS_TIMINGS)

    def _is_notice(self):
        """Tell whether the line tells news, instead of being counted from a date."""
        return self.moment in NEWS_MOMENTS

    @api.depends("moment")
    def _compute_timing(self):
        result = super()._compute_timing()
        for line in self.filtered(lambda line: line._is_notice()):
            line.timing = line.moment
        return result

    @api.onchange("timing")
    def _inverse_timing(self):
        """Turn what was chosen into a moment, or a number and its unit."""
        news = self.filtered(lambda line: line.timing in NEWS_MOMENTS)
        for line in news.filtered(lambda line: line.moment != line.timing):
            line.moment = line.timing
        counted = self - news
        for line in counted.filtered(lambda line: line.timing and line._is_notice()):
            # the unit is lost with the moment that it comes from
            timing = line.timing
            line.moment = "before"
            line.timing = timing
        return super(CrmTaskReminderMixin, counted)._inverse_timing()

    @api.depends("moment")
    def _compute_display_name(self):
        return super()._compute_display_name()

    def _get_time_before_text(self):
        """Return in words when the line is sent."""
        self.ensure_one()
        texts = {
            "set": self.env._("when a date is set"),
            "moved": self.env._("when the date is moved"),
            "called_off": self.env._("when the date is called off"),
        }
        return texts.get(self.moment) or super()._get_time_before_text()

    @api.model
    def _get_setting_fields(self):
        return super()._get_setting_fields() | {"moment"}

    def _get_setting_key(self):
        audience, channel, *time_before = super()._get_setting_key()
        if self._is_notice():
            time_before = (None, None)  # it has none
        return audience, channel, *time_before, self.moment
