from odoo import models

#: Context key: audience and moment of the news that is being written.
NOTICE = "crm_task_reminder_notice"


class CrmTaskReminder(models.Model):
    """What the texts of news need to know, and which lines tell the same."""

    _inherit = "crm.task.reminder"

    def _get_notice_context(self):
        """Return what texts are to be rendered with apart from others.

        :return tuple[str, str] | bool: audience and moment; False for a line that does
            not tell news
        """
        self.ensure_one()
        return self._is_notice() and (self.audience, self.moment)

    def _get_telling_keys(self):
        if self._is_notice():
            place = self.task_id, self.company_id, self._get_template()
            return {(*place, self._get_setting_key())}
        return super()._get_telling_keys()
