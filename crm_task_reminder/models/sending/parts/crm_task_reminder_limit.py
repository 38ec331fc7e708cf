from odoo import api, models

from ....tools.errors import ReminderError


class CrmTaskReminderLimit(models.AbstractModel):
    """How many parts of messages may leave on a day of the company."""

    _inherit = "crm.task.reminder.limit"

    @api.model
    def _is_counted(self, company, channel):
        is_limited = bool(channel._get_daily_limit(company))
        return is_limited or super()._is_counted(company, channel)

    @api.model
    def _hold_back(self, company, rows):
        rows = super()._hold_back(company, rows)
        kept = rows.browse()
        for channel, members in rows._split_by_channel():
            kept += self._hold_for_the_day(company, channel, members)
        return kept

    @api.model
    def _hold_for_the_day(self, company, channel, rows):
        """Count the parts of messages; return those that the day has room for.

        :param crm.task.reminder.log rows: queued, of one company and form
        """
        parts = channel._count_parts(rows)
        if not parts:
            return rows
        day = company._get_reminder_day()
        kept = rows
        if limit := channel._get_daily_limit(company):
            left = self._count_parts(company, channel, day, day)[day]
            kept = self._fill(rows, parts, limit - left)
            self._exceed(company, rows - kept)
        # also without a limit: the window tells how many have left
        for count, members in kept.grouped(parts.get).items():
            members._note_parts(count, day)
        return kept

    @api.model
    def _fill(self, rows, parts, room):
        """Return the messages that there is room for; a shorter one may fit behind.

        :param crm.task.reminder.log rows: in the order in which they are to leave
        :param dict parts: number of parts by message
        :param int room: parts that may still leave
        """
        kept = []
        for row in rows:
            if parts[row] <= room:
                room -= parts[row]
                kept.append(row.id)
        return rows.browse(kept)

    @api.model
    def _count_parts(self, company, channel, first, last):
        """Return how many parts have left on the days of a span, in tests as well.

        :param res.company company:
        :param crm.task.reminder.channel channel:
        :param date first: day of the company
        :param date last: day of the company, included
        :return Counter: number of parts by day (``date``)
        """
        span = company, channel, first, last
        trials = self.env["crm.task.reminder.trial"]._count_parts(*span)
        return self.env["crm.task.reminder.log"]._count_parts(*span) + trials

    @api.model
    def _exceed(self, company, rows):
        """Have messages wait for the next day, or leave in another form.

        :param crm.task.reminder.log rows: queued, which this day has no room for
        """
        if not rows:
            return
        hand_over = self.env["crm.task.reminder.hand.over"]
        # tomorrow may be too late, so whoever can be reached in another form is reached
        error = ReminderError("daily_limit")
        waiting = rows - hand_over._close_replaced(rows, error, can_wait=False)
        waiting._set_state("queued", error.reason)
        tomorrow = company._get_reminder_tomorrow()
        for row in waiting:
            # What can't leave before its start is looked at again then: it was missed.
            end = row.reminder_id and row.reminder_id._get_hour_limit()
            row.next_attempt_at = min(tomorrow, end or tomorrow)
