from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ....tools.hours import Hours
from ..res_company import STAFF

#: The audiences of lines, as this room may not read those of the next one.
WITH_HOURS = ("customer", "operator")
CALENDAR_HELP = (
    "Nothing leaves on days without work, such as public holidays. The working hours "
    "of the calendar do not count."
)


class ResCompany(models.Model):
    """At which hours a company's messages may leave, per audience."""

    _inherit = "res.company"

    reminder_customer_hours = fields.Boolean(
        string="Customers: only at certain hours",
        help="Customers get reminders only between these hours, by the clock where "
        "they are. What would leave at another time leaves when they begin, if that is "
        "at least an hour before the start, else just before they have ended.",
        groups=STAFF,
    )
    reminder_customer_hour_from = fields.Float(
        string="Customers: from", default=8.0, groups=STAFF
    )
    reminder_customer_hour_to = fields.Float(
        string="Customers: until", default=20.0, groups=STAFF
    )
    reminder_customer_calendar_id = fields.Many2one(
        "resource.calendar",
        string="Customers: only on working days of",
        domain="[('company_id', 'in', [False, id])]",
        help=CALENDAR_HELP,
        groups=STAFF,
    )
    reminder_operator_hours = fields.Boolean(
        string="Operators: only at certain hours",
        help="Operators and employees get reminders only between these hours, by the "
        "clock where they are. What would leave at another time leaves when they "
        "begin, if that is at least an hour before the start, else just before they "
        "have ended.",
        groups=STAFF,
    )
    reminder_operator_hour_from = fields.Float(
        string="Operators: from", default=8.0, groups=STAFF
    )
    reminder_operator_hour_to = fields.Float(
        string="Operators: until", default=20.0, groups=STAFF
    )
    reminder_operator_calendar_id = fields.Many2one(
        "resource.calendar",
        string="Operators: only on working days of",
        domain="[('company_id', 'in', [False, id])]",
        help=CALENDAR_HELP,
        groups=STAFF,
    )

    @api.model
    def _get_reminder_hour_fields(self):
        """Return the names of the fields that say at which hours messages leave."""
        names = ("hours", "hour_from", "hour_to", "calendar_id")
        return [f"reminder_{who}_{name}" for who in WITH_HOURS for name in names]

    def write(self, vals):
        return super().write(self._drop_same_reminder_calendars(vals))

    def _drop_same_reminder_calendars(self, vals):
        """Return the values without calendars that are chosen already.

        The window writes all that it shows. A calendar that has lost its days since it
        was chosen keeps nobody from saving something else; the window tells of it.
        """
        names = {f"reminder_{audience}_calendar_id" for audience in WITH_HOURS}
        same = {
            name
            for name in names & vals.keys()
            # sudo: whoever may change a company need not read working calendars
            if all(company[name].id == vals[name] for company in self.sudo())
        }
        return {name: value for name, value in vals.items() if name not in same}

    @api.constrains(lambda self: self._get_reminder_hour_fields())
    def _check_reminder_hours(self):
        for company in self:
            for audience in WITH_HOURS:
                company._check_reminder_clock(audience)

    @api.constrains(
        lambda self: [f"reminder_{audience}_calendar_id" for audience in WITH_HOURS]
    )
    def _check_reminder_calendars(self):
        for company in self:
            for audience in WITH_HOURS:
                company._check_reminder_calendar(audience)

    def _check_reminder_clock(self, audience):
        """Refuse hours that no clock shows, and those in which nothing could leave.

        :param str audience: ``customer`` or ``operator``
        """
        for end in ("from", "to"):
            hour = self[f"reminder_{audience}_hour_{end}"]
            if not 0 <= hour <= 24:
                raise ValidationError(
                    self.env._(
                        "%s is not an hour of the day: 0:00 to 24:00.",
                        self._format_reminder_hour(hour),
                    )
                )
        if not self[f"reminder_{audience}_hours"]:
            return
        first, last = self._get_reminder_minutes(audience)
        if first >= last:
            raise ValidationError(
                self.env._(
                    "From %(from)s until %(to)s there is no time in which a reminder "
                    "could be sent: the first hour has to be before the last one.",
                    **{
                        "from": self._format_reminder_hour(first / 60),
                        "to": self._format_reminder_hour(last / 60),
                    },
                )
            )

    def _check_reminder_calendar(self, audience):
        """Refuse a calendar of another company, and one that has no working days.

        :param str audience: ``customer`` or ``operator``
        """
        # sudo: whoever may change a company need not read working calendars
        calendar = self.sudo()[f"reminder_{audience}_calendar_id"]
        if calendar.company_id - self:
            raise ValidationError(
                self.env._(
                    "The working calendar “%s” belongs to another company.",
                    calendar.name,
                )
            )
        if calendar and not calendar._has_reminder_days():
            raise ValidationError(
                self.env._(
                    "The working calendar “%s” does not say which days are working "
                    "days: nothing could be sent on any.",
                    calendar.name,
                )
            )

    def _get_reminder_minutes(self, audience):
        """Return from which until which minute of the day messages may leave.

        :param str audience: ``customer`` or ``operator``
        :return tuple[int, int]:
        """
        ends = ("from", "to")
        return tuple(
            round(self[f"reminder_{audience}_hour_{end}"] * 60) for end in ends
        )

    @api.model
    def _format_reminder_hour(self, hour):
        """Return a number of hours as a clock would show it, 7.5 as “7:30”.

        :param float hour: also one that no clock shows
        """
        if not abs(hour) < 1000:
            return f"{hour:g}"
        hours, minutes = divmod(round(abs(hour) * 60), 60)
        return f"{'−' if hour < 0 else ''}{hours}:{minutes:02}"

    def _has_reminder_hours(self):
        """Tell whether some of the company's messages leave only at certain hours."""
        # sudo: whoever sees a reminder may know the hours that hold it
        company = self.sudo()
        return any(company[f"reminder_{audience}_hours"] for audience in WITH_HOURS)

    def _get_reminder_hours(self, audience):
        """Return at which hours messages may leave.

        :param str audience: ``customer`` or ``operator``
        :return Hours | None: None if at any
        """
        # sudo: whoever may see a task may see when its reminders leave
        company = self.sudo()
        if not company[f"reminder_{audience}_hours"]:
            return None
        calendar = company[f"reminder_{audience}_calendar_id"]
        minutes = company._get_reminder_minutes(audience)
        return Hours(*minutes, calendar._get_reminder_days(company))
