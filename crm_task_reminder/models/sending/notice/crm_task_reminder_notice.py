from odoo import fields, models

from ....tools.errors import ReminderError
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
        tasks = self.task_id
        log = self.env["crm.task.reminder.log"]
        told = log._find_telling_rows(tasks, list(set(self.mapped("audience"))))
        for company, members in tasks.grouped(
            lambda task: task._get_reminder_company()
        ).items():
            members._read_reminder_operators(company)
        news = {}
        for notice in self:
            rows = told.get((notice.task_id.id, notice.audience), log)
            if before_own and notice.moment:
                rows = rows._filter_told_before(notice.moment, notice._get_start())
            news[notice] = notice._pick_news(rows)
        return news

    def _pick_news(self, rows):
        """Return the news of who was told last, of those who have not heard of it.

        Others of the audience get what is news to them, see ``_fit_news`` of the
        decision.

        :param crm.task.reminder.log rows: what the audience was told, the last at the
            end
        :return tuple: one of ``NEWS`` or False, and the start that was told last
        """
        task, last_told, found = self.task_id, (), []
        recipients = self._get_recipients(rows)
        if not recipients:
            # whoever is to be told: the log says that there is nobody
            return task._find_reminder_news(False), False
        for recipient in recipients:
            own = rows._filter_told_to(recipient.partner, recipient.employee)
            start = task._get_reminder_known_start(own, recipient.partner)
            last = own[-1:]
            told_at = last and last._get_told_at() or ()
            last_told = max(last_told, (told_at, start)) if last else last_told
            if moment := task._find_reminder_news(start):
                found.append((self._has_lines(moment), told_at, moment, start))
        if found:
            _has_lines, _at, moment, start = max(found, key=lambda one: one[:2])
            return moment, start
        return False, last_told[1] if last_told else False

    def _get_recipients(self, rows):
        """Return who belongs to the audience now.

        :param crm.task.reminder.log rows: what the audience was told
        :return list[Recipient]:
        """
        task = self.task_id
        company = rows[-1:].company_id or task._get_reminder_company()
        try:
            return task._get_reminder_recipients(self.audience, company)
        except ReminderError:
            return []

    def _has_lines(self, moment):
        """Tell whether the task has lines for the audience that tell such news."""
        lines = self.task_id._get_reminder_lines(self.audience)
        return moment in lines.mapped("moment")

    def _take_up(self, *, is_asked):
        """Look what there is to tell after a change; forget what there was.

        :param bool is_asked: whether a person is to be asked first
        """
        held = self.browse()
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
                held += notice
            else:
                wait = task._get_reminder_company().reminder_notice_minutes
                now = fields.Datetime.now()
                notice._tell(get_tell_at(now, notice._get_start(), wait))
        if held:
            held._hold()

    def _hold(self):
        """Have news wait until a person says that it is to be told."""
        self.write({"is_held": True, "tell_at": False})

    def _renew(self):
        """Take over what is news now, where others have told something meanwhile."""
        for notice, (moment, told) in self._find_news(before_own=True).items():
            if moment != notice.moment:
                notice.write({"moment": moment, "told_start": told})
