from datetime import datetime, time, timedelta

from pytz import timezone

from odoo import models

from ....tools import hours, schedule


class ResourceCalendar(models.Model):
    """On which days of a working calendar messages may leave."""

    _inherit = "resource.calendar"

    def _has_reminder_days(self):
        """Tell whether some days of the week are working days, and others may not be.

        Of flexible hours nobody knows on which days they are worked.
        """
        self.ensure_one()
        return not self.flexible_hours and any(
            line.day_period != "lunch"
            and not line.display_type
            and line.hour_from < line.hour_to
            for line in self.attendance_ids
        )

    def _get_reminder_days(self, company):
        """Return what tells whether a day is a working day.

        Days are looked up month by month, when they are asked for.

        :param res.company company: whose leaves count
        :return: a function of a ``date``, see ``Hours.is_working``; None where the
            calendar does not tell
        """
        if not self or not self._has_reminder_days():
            return None
        return hours.remember_days(
            lambda first, last: self._load_reminder_days(company, first, last)
        )

    def _load_reminder_days(self, company, first, last):
        """Return the days on which there is some work, leaves taken off.

        :param date first: of a span of days
        :param date last: of it, included
        :return set[date]:
        """
        self.ensure_one()
        zone = timezone(schedule.pick_zone(self.tz))
        begin = zone.localize(datetime.combine(first, time()))
        end = zone.localize(datetime.combine(last + timedelta(days=1), time()))
        leaves = [
            ("time_type", "=", "leave"),
            ("company_id", "in", [False, company.id]),
        ]
        work = self._work_intervals_batch(begin, end, domain=leaves, tz=zone)[False]
        return {start.date() for start, stop, _line in work if start < stop}
