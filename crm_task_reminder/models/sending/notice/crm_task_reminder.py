from odoo import fields, models


class CrmTaskReminder(models.Model):
    _inherit = "crm.task.reminder"

    def _filter_stale_news(self):
        """Return the lines for news that is none any more, or is other news by now.

        That the task has started meanwhile is told by itself.
        """
        now = fields.Datetime.now()
        lines = self.filtered(
            lambda line: line._is_notice() and not line._has_passed(now)
        )
        # sudo: nobody has access to news
        notices = lines.task_id.sudo().reminder_notice_ids
        news = notices._find_news(before_own=True)
        return lines.filtered(
            lambda line: (
                line.moment != line._get_notice().moment
                or line.moment != news[line._get_notice()][0]
            )
        )

    def _is_present_news(self):
        """Tell whether the line tells what there is to tell of its task now."""
        self.ensure_one()
        return self._is_notice() and self._get_notice().moment == self.moment
