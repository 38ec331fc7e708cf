from datetime import timedelta
from functools import cache
from hashlib import blake2b

from odoo import api, fields, models

from ...channel.crm_task_reminder_channel import TEXT_FIELDS

#: Shortly before the start what waits leaves as it is: to write it anew takes a run.
MARGIN = timedelta(minutes=5)


class CrmTaskReminderSecondLook(models.AbstractModel):
    """What has waited and would read otherwise now.

    To write each message once more would take as long as to write it; what it was
    written from is compared instead: the task's facts and the template's texts.
    """

    _inherit = "crm.task.reminder.second.look"

    @api.model
    def _filter_reworded(self, rows):
        """Return the messages that would read otherwise now.

        What can't be written now stays as it is, and so does what is for the next
        minutes, or was written before there were fingerprints.

        :param crm.task.reminder.log rows: not outdated otherwise
        """
        take, latest = self._remember_fingerprints(), fields.Datetime.now() + MARGIN
        get_template = self.env["crm.task.reminder.second.way"]._remember_templates()
        changed = rows.filtered(
            lambda row: (
                row.fingerprint
                and not self._is_soon(row, latest)
                and (template := self._find_template(row, get_template))
                and take(row.reminder_id.task_id, template) != row.fingerprint
            )
        )
        decision = self.env["crm.task.reminder.decision"]
        obstacles = decision._find_obstacles(changed.reminder_id)
        find = cache(self.env["crm.task.reminder.second.way"]._find)
        return changed.filtered(
            lambda row: row.reminder_id not in obstacles and self._has_way(row, find)
        )

    @api.model
    def _is_soon(self, row, latest):
        """Tell whether a message has to leave until a moment, such as before the start.

        :param datetime latest: naive UTC
        """
        line = row.reminder_id
        end = line._get_anchor() if line._is_notice() else line._get_hour_limit()
        return bool(end) and end <= latest

    @api.model
    def _has_way(self, row, find):
        """Tell whether a message would be written in the same form once more.

        :param crm.task.reminder.log row:
        :param function find: ``_find`` of the second way, which remembers what it found
        """
        first = row.instead_of_id
        if not first:
            return True
        second = find(row.company_id, first._get_channel(), first.reason)
        return second is not None and second._channel == row.channel

    @api.model
    def _find_template(self, row, get_template):
        """Return the template that a message would be written from now.

        :param crm.task.reminder.log row: not of a morning plan
        :param function get_template: see ``_remember_templates`` of the second way
        """
        line, channel = row.reminder_id, row._get_channel()
        if line._is_notice():
            news = line._get_news_lines(row.moment)[:1]
            return news and news._get_news_template(channel)
        is_own = row.channel == line.channel
        return line._get_template() if is_own else get_template(line, channel)

    @api.model
    def _remember_fingerprints(self):
        """Return what takes the fingerprint of a text: of what it is written from.

        It reads each template once.

        :return function: of a task and a template
        """
        get_texts = cache(self._digest_template)

        def take(task, template):
            return self._digest([*task._get_reminder_facts(), get_texts(template)])

        return take

    @api.model
    def _digest_template(self, template):
        """Return in short what a template says, in all languages.

        Its date of change does not tell: a translation does not change it.
        """
        names = [name for name in TEXT_FIELDS if name in template]
        languages = [code for code, _name in self.env["res.lang"].get_installed()]
        return self._digest(
            [
                template.with_context(lang=code)[name] or ""
                for code in languages
                for name in names
            ]
        )

    @api.model
    def _digest(self, values):
        """Return values in short."""
        return blake2b(repr(values).encode(), digest_size=8).hexdigest()
