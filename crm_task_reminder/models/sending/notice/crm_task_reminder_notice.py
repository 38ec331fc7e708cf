from odoo import fields, models

from ....tools.moments import get_tell_at


class CrmTaskReminderNotice(models.Model):
    """How news comes up, waits, and is given up again."""

    _inherit = "crm.task.reminder.notice"

    def _find_news(self, *, before_own=False):
        """Return what the audiences are to be told now.

        :param bool before_own: as before the messages of this news, which may have
            reached some already
        :return dict: notice → pair of one of ``NEWS`` or False, and the start that was
            told last or False
        """
        present = {}
        if before_own:
            present = {
                (notice.task_id, notice.audience): (notice.moment, notice._get_start())
                for notice in self.filtered("moment")
            }
        places = [(notice.task_id, notice.audience) for notice in self]
        log = self.env["crm.task.reminder.log"]
        starts = log._find_told_starts(places, present) if places else {}
        return {
            notice: (notice.task_id._find_reminder_news(told), told)
            for notice, told in zip(self, starts.values(), strict=True)
        }

    def _take_up(self, *, is_asked):
        """Look what there is to tell after a change; forget what there was.

        :param bool is_asked: whether a person is to be asked first
        """
        for notice, (moment, told) in self._find_news().items():
            notice.write({"moment": moment, "told_start": told})
            lines = notice._get_lines().filtered(lambda line: line._is_wanted())
            if not lines.company_id.filtered("reminder_enabled"):
                # what happens while the reminders are off is never told
                notice._drop()
                continue
            task = notice.task_id
            is_emptied = moment == "called_off" and not task.planned_date_begin
            if is_asked or is_emptied and task._allows_reminders():
                notice.write({"is_held": True, "tell_at": False})
            else:
                wait = task._get_reminder_company().reminder_notice_minutes
                now = fields.Datetime.now()
                notice._tell(get_tell_at(now, notice._get_start(), wait))

    def _renew(self):
        """Take over what is news now, where others have told something meanwhile."""
        for notice, (moment, told) in self._find_news(before_own=True).items():
            if moment != notice.moment:
                notice.write({"moment": moment, "told_start": told})
