from odoo import api, fields, models

from .crm_task_reminder import NOTICE, TOLD


class ProjectTask(models.Model):
    """What templates for news say of a task."""

    _inherit = "project.task"

    reminder_told_start = fields.Char(
        string="Start Told Before, as the Reader Reads It",
        compute="_compute_reminder_told_start",
        compute_sudo=True,  # nobody has access to news
        help="The start that its reader was told before it was moved or called off, in "
        "the reader's language and time zone; for templates.",
    )

    @api.depends("reminder_notice_ids.told_start", "planned_date_begin")
    @api.depends_context("lang", "tz", "uid", NOTICE, TOLD)
    def _compute_reminder_told_start(self):
        self.reminder_told_start = False
        starts = self._format_reminder_moments(
            lambda task: task._get_reminder_told_start()
        )
        for tasks, text in starts:
            tasks.reminder_told_start = text

    def _get_reminder_told_start(self):
        """Return the start that the present reader was told before.

        Where there is none, as in a preview, the start itself.

        :return datetime | False: naive UTC
        """
        if told := self.env.context.get(TOLD):
            return told
        audience, _moment = self._get_reminder_text_news()
        # sudo: nobody has access to news; a template may tell it
        notices = self.sudo().reminder_notice_ids
        mine = notices.filtered(lambda notice: notice.audience == audience)
        return mine.told_start or self.planned_date_begin

    @api.depends("reminder_notice_ids.told_start")
    @api.depends_context(NOTICE, TOLD)
    def _compute_reminder_start(self):
        return super()._compute_reminder_start()

    def _get_reminder_shown_start(self):
        """Return the start that a text is about: of what is called off, the former."""
        if self._is_reminder_text_off():
            return self._get_reminder_told_start()
        return super()._get_reminder_shown_start()

    @api.model
    def _is_reminder_text_off(self):
        """Tell whether the text that is being written says that it is called off."""
        _audience, moment = self._get_reminder_text_news()
        return moment == "called_off"

    @api.model
    def _get_reminder_text_news(self):
        """Return what the text that is being written tells, and whom.

        :return tuple[str, str | None]: audience, and one of ``NEWS`` or *before_end*;
            None if it tells of the start
        """
        return self.env.context.get(NOTICE) or ("customer", None)

    def _split_reminder_start(self):
        """Say in the head of an e-mail that what stands there is called off."""
        starts = super()._split_reminder_start()
        is_off = self._is_reminder_text_off()
        heading = self.env._("Called off") if is_off else ""
        return {task_id: {**one, "off": heading} for task_id, one in starts.items()}

    @api.model
    def mail_allowed_qweb_expressions(self):
        return (
            *super().mail_allowed_qweb_expressions(),
            "object.reminder_told_start",
        )
