from babel.dates import format_skeleton, format_time
from babel.units import format_unit

from odoo import api, fields, models
from odoo.tools.misc import babel_locale_parse, get_lang

from ..tools import schedule


class CrmTaskReminder(models.Model):
    """What a person reads about one reminder on its task's form."""

    # pylint: disable=consider-merging-classes-inherited  # one file would be too long
    _inherit = "crm.task.reminder"

    due_text = fields.Char(
        string="When",
        compute="_compute_due_text",
        help="When the reminder is due, in the time zone of the reader.",
    )
    outcome = fields.Char(
        string="Result",
        compute="_compute_outcome",
        compute_sudo=True,
        help="Who was reminded, and why somebody was not.",
    )

    @api.depends("due_at")
    @api.depends_context("lang", "tz", "uid")
    def _compute_due_text(self):
        for reminder in self:
            reminder.due_text = self._format_moment(reminder.due_at)

    @api.model
    def _format_moment(self, moment):
        """Return ``moment`` as “Tue, Jul 14, 8:00 AM” in the reader's words and zone.

        :param datetime moment: naive UTC, or False
        """
        if not moment:
            return ""
        locale = babel_locale_parse(get_lang(self.env).code)
        tz = self.env.context.get("tz") or self.env.user.tz or "UTC"
        local = schedule.to_local(moment, tz).replace(tzinfo=None)
        day = format_skeleton("MMMEd", local, locale=locale)
        return f"{day}, {format_time(local, 'short', locale=locale)}"

    @api.depends("log_ids.state", "log_ids.reason", "log_ids.detail", "due_at")
    @api.depends_context("lang", "tz", "uid")
    def _compute_outcome(self):
        for reminder in self:
            rows = reminder._get_current_rows().sorted("id")
            texts = (row._describe() for row in rows)
            reminder.outcome = ", ".join(texts)

    def _get_current_rows(self):
        """Return the rows of the log about the starts that the tasks have now."""
        # sudo: whoever may read a reminder may read what became of it
        return self.sudo().log_ids.filtered(
            lambda row: row.due_at == row.reminder_id.due_at
        )

    @api.depends("channel", "duration", "duration_unit")
    @api.depends_context("lang")
    def _compute_display_name(self):
        channels = dict(self._fields["channel"]._description_selection(self.env))
        for reminder in self:
            channel = channels.get(reminder.channel, "")
            reminder.display_name = f"{channel}, {reminder._get_time_before_text()}"

    def _get_time_before_text(self):
        """Return the time before the start in words, such as “2 hours before”."""
        self.ensure_one()
        if not self.duration:
            return self.env._("at the start")
        locale = babel_locale_parse(get_lang(self.env).code)
        unit = f"duration-{self.duration_unit.removesuffix('s')}"
        span = format_unit(self.duration, unit, "long", locale=locale)
        return self.env._("%(span)s before", span=span)
