from odoo import models

#: Context key: audience and moment of the news that is being written.
NOTICE = "crm_task_reminder_notice"
#: Context key: the start that its reader was told before, naive UTC.
TOLD = "crm_task_reminder_told"


class CrmTaskReminder(models.Model):
    """What the texts of news need to know, and which lines tell the same."""

    _inherit = "crm.task.reminder"

    def _get_text_context(self):
        """Return what texts are to be rendered with apart from others.

        :return tuple[str, str] | bool: audience and moment; False for a line that tells
            of a start, no news
        """
        self.ensure_one()
        return self._is_notice() and (self.audience, self.moment)

    def _get_news_lines(self, moment):
        """Return the lines that tell the same people other news in the same form.

        :param str moment: one of ``NEWS``
        """
        self.ensure_one()
        if moment == self.moment:
            return self
        return self.task_id._get_reminder_lines(self.audience).filtered(
            lambda line: (
                line.moment == moment
                and line.channel == self.channel
                and line.company_id == self.company_id
            )
        )

    def _get_news_template(self, channel):
        """Return what the line writes in a form, its own or the second one."""
        self.ensure_one()
        is_own = channel == self._get_channel()
        return self._get_template() if is_own else self._get_second_template(channel)

    def _get_telling_keys(self):
        if self._is_notice():
            place = self.task_id, self.company_id, self._get_template()
            return {(*place, self._get_setting_key())}
        return super()._get_telling_keys()
