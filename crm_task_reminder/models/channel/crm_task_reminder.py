from odoo import api, fields, models

from ...tools import dates, schedule
from ...tools.outcomes import NOT_SENT_STATES


class CrmTaskReminder(models.Model):
    """The template that is proposed on a task, and which reminders tell the same; how a
    moment is written.
    """

    _inherit = "crm.task.reminder"

    def _get_proposed_template(self):
        """Propose what the project or the company has set for this kind of reminder."""
        template = self._get_usual_template(self._get_channel())
        return template or super()._get_proposed_template()

    def _get_usual_template(self, channel):
        """Return the template that the project or the company has set for a form.

        :param crm.task.reminder.channel channel:
        """
        company = self.company_id or self.env.company
        project = self.task_id.project_id
        defaults = project._get_reminder_defaults(company, self.audience)
        kind = channel._channel, self.moment
        lines = defaults.filtered(lambda line: (line.channel, line.moment) == kind)
        return lines[channel._template_field][:1]

    def _get_second_template(self, channel):
        """Return the template with which another form takes the place of the line's.

        :param crm.task.reminder.channel channel: not the line's own
        """
        template = self._get_usual_template(channel)
        return template or channel._get_standard_template(self.audience, self.moment)

    # ------------------------------------------------------------------
    # Which would tell the same at the same time
    # ------------------------------------------------------------------

    def _filter_repeated(self):
        """Return those that another one of their tasks makes needless.

        The first of them counts, but one that was sent before one that was not: who got
        nothing of one may get it of the other.
        """
        alike = self._read_group(
            [("task_id", "in", self.task_id.ids)],
            ["task_id", "company_id", "audience", "channel"],
            ["id:recordset"],
            having=[("__count", ">", 1)],
        )
        seen, repeated = set(), self.browse()
        for *_place, lines in alike:
            for line in lines.sorted(lambda one: one._get_rank()):
                keys = line._get_telling_keys()
                repeated += line if keys & seen else self.browse()
                seen |= keys
        return self & repeated

    def _get_rank(self):
        """Return what sorts the reminder among those that tell the same."""
        self.ensure_one()
        return self.state != "done", self.state in NOT_SENT_STATES, self.id

    def _get_telling_keys(self):
        """Return what it may share with others that tell the same.

        An hour before and 60 minutes before are one time.

        :return set[tuple]:
        """
        self.ensure_one()
        place = self.task_id, self.company_id, self._get_template()
        keys = {(*place, self._get_setting_key())}
        if self.due_at and not self.asked_at:
            keys.add((*place, self.audience, self.channel, self.due_at))
        return keys

    # ------------------------------------------------------------------
    # Moments
    # ------------------------------------------------------------------

    @api.model
    def _format_moment(self, moment):
        """Return ``moment`` as “Tue 14 Jul, 08:00 AM” in the reader's words and zone.

        :param datetime moment: naive UTC, or False
        """
        if not moment:
            return ""
        return dates.format_day_and_time(*self._read_moment(moment))

    @api.model
    def _read_moment(self, moment):
        """Return what ``tools.dates`` needs to write a moment for the reader.

        :param datetime moment: naive UTC
        """
        style = self.env["project.task"]._get_reminder_time_style()
        tz = schedule.find_zone(self.env.context.get("tz"), self.env.user.tz)
        tz = tz or self.env.company._get_reminder_tz()
        now = schedule.to_local(fields.Datetime.now(), tz)
        local = schedule.to_local(moment, tz).replace(tzinfo=None)
        return local, *style, now.year
