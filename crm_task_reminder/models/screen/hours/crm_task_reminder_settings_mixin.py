from datetime import timedelta
from itertools import starmap
from operator import sub

from odoo import api, fields, models

from ....tools.hours import REACH
from ...line.crm_task_reminder_mixin import AUDIENCES

#: Days that are looked at for those that have to do for several.
MONTH = 31


def _related(name, field_type=fields.Boolean):
    return field_type(related=f"company_id.{name}", readonly=False, related_sudo=False)


class CrmTaskReminderSettingsMixin(models.AbstractModel):
    """The hours of each audience, and what they leave no room for."""

    _inherit = "crm.task.reminder.settings.mixin"

    reminder_customer_hours = _related("reminder_customer_hours")
    reminder_customer_hour_from = _related("reminder_customer_hour_from", fields.Float)
    reminder_customer_hour_to = _related("reminder_customer_hour_to", fields.Float)
    reminder_customer_calendar_id = fields.Many2one(
        related="company_id.reminder_customer_calendar_id",
        readonly=False,
        related_sudo=False,
        domain="[('company_id', 'in', [False, company_id])]",
    )
    reminder_operator_hours = _related("reminder_operator_hours")
    reminder_operator_hour_from = _related("reminder_operator_hour_from", fields.Float)
    reminder_operator_hour_to = _related("reminder_operator_hour_to", fields.Float)
    reminder_operator_calendar_id = fields.Many2one(
        related="company_id.reminder_operator_calendar_id",
        readonly=False,
        related_sudo=False,
        domain="[('company_id', 'in', [False, company_id])]",
    )
    reminder_customer_hours_hint = fields.Char(
        string="What Customers' Hours Leave No Room For",
        compute="_compute_reminder_hours_hints",
    )
    reminder_operator_hours_hint = fields.Char(
        string="What Operators' Hours Leave No Room For",
        compute="_compute_reminder_hours_hints",
    )

    @api.depends(
        "reminder_hourly_limit",
        "reminder_customer_hours",
        "reminder_customer_hour_from",
        "reminder_customer_hour_to",
        "reminder_customer_calendar_id",
        "reminder_operator_hours",
        "reminder_operator_hour_from",
        "reminder_operator_hour_to",
        "reminder_operator_calendar_id",
    )
    @api.depends_context("lang")
    def _compute_reminder_hours_hints(self):
        for settings in self:
            for audience, _label in AUDIENCES:
                hints = settings._list_reminder_hour_hints(audience)
                settings[f"reminder_{audience}_hours_hint"] = " ".join(hints)

    def _list_reminder_hour_hints(self, audience):
        """Return what the hours in the window leave no room for, in sentences.

        :param str audience: ``customer`` or ``operator``
        """
        if not self[f"reminder_{audience}_hours"]:
            return []
        first = self[f"reminder_{audience}_hour_from"]
        last = self[f"reminder_{audience}_hour_to"]
        calendar = self[f"reminder_{audience}_calendar_id"]
        if 0 <= last < first <= 24:
            return [
                self.env._(
                    "These hours go over midnight, which can't be: the first one has "
                    "to be before the last one."
                )
            ]
        if not 0 <= first < last <= 24:
            return [self.env._("There is no time between these hours.")]
        company = self._get_reminder_window_company()
        # sudo: whoever may open the window need not read leaves
        is_working = calendar._origin.sudo()._get_reminder_days(company)
        hints = [self._describe_reminder_room(first, last, is_working)]
        if calendar and not is_working:
            hints.append(
                self.env._(
                    "“%s” does not say which days are working days: only the hours "
                    "count.",
                    calendar.name,
                )
            )
        elif is_working and not any(self._list_reminder_days(is_working, REACH.days)):
            hints.append(
                self.env._(
                    "“%s” has no working day in the next three months: reminders may "
                    "not be sent.",
                    calendar.name,
                )
            )
        return filter(None, hints)

    @api.model
    def _list_reminder_days(self, is_working, number):
        """Return of each of the next days whether it is a working day.

        :param is_working: tells that of a ``date``
        :param int number: of days, the present one included
        :return list[bool]:
        """
        today = fields.Date.today()
        return [is_working(today + timedelta(days=day)) for day in range(number)]

    def _describe_reminder_room(self, first, last, is_working):
        """Return in words how much may leave between two hours; nothing without limit.

        After a weekend or a holiday, what is due on several days leaves on one.

        :param float first: hour of the day
        :param float last: a later one
        :param is_working: tells whether a ``date`` is a working day; None: all are
        """
        limit = self.reminder_hourly_limit
        if not limit:
            return ""
        count = max(round(limit * (last - first)), 1)
        days = self._count_reminder_days_in_one(is_working)
        if days > 1:
            return self.env._(
                "With a limit of %(limit)s per hour, at most %(count)s can leave on a "
                "working day, which at times has to do for %(days)s days; more wait "
                "for the next one, or are too late.",
                limit=limit,
                count=count,
                days=days,
            )
        return self.env._(
            "With a limit of %(limit)s per hour, at most %(count)s can leave on a day; "
            "more wait for the next one, or are too late.",
            limit=limit,
            count=count,
        )

    def _count_reminder_days_in_one(self, is_working):
        """Return for how many days a working day has to do at most, in a month's time.

        :param is_working: tells whether a ``date`` is a working day; None: all are
        """
        if not is_working:
            return 1
        days = enumerate(self._list_reminder_days(is_working, MONTH))
        working = [number for number, is_one in days if is_one]
        return max(starmap(sub, zip(working[1:], working, strict=False)), default=1)
