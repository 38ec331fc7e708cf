from odoo import api, fields, models


class ProjectTask(models.Model):
    """What templates for lines that are counted from the end say of it."""

    _inherit = "project.task"

    reminder_end = fields.Char(
        string="Deadline, as the Reader Reads It",
        compute="_compute_reminder_end",
        compute_sudo=True,  # for speed: else the rights on each task are checked again
        help="The deadline in the language and time zone of the reader; for templates.",
    )

    @api.depends("date_deadline", "reminder_company_id")
    @api.depends_context("lang", "tz", "uid")
    def _compute_reminder_end(self):
        self.reminder_end = False
        ends = self._format_reminder_moments(lambda task: task.date_deadline)
        for tasks, text in ends:
            tasks.reminder_end = text

    @api.model
    def _is_reminder_text_due(self):
        """Tell whether the text that is being written reminds of a deadline."""
        _audience, moment = self._get_reminder_text_news()
        return moment == "before_end"

    def _get_reminder_head_moment(self):
        if self._is_reminder_text_due():
            return self.date_deadline
        return super()._get_reminder_head_moment()

    @api.model
    def mail_allowed_qweb_expressions(self):
        return (*super().mail_allowed_qweb_expressions(), "object.reminder_end")
