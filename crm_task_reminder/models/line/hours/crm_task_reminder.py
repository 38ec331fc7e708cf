from odoo import api, fields, models

from ....tools.errors import ReminderError


class CrmTaskReminder(models.Model):
    """When a reminder may leave where its company sends only at certain hours.

    ``due_at`` stays what the line wishes for. When each recipient gets it is found out
    with the recipient's zone, just before it leaves.
    """

    _inherit = "crm.task.reminder"

    early_at = fields.Datetime(
        compute="_compute_due_at",
        store=True,
        copy=False,
        groups=fields.NO_ACCESS,
        help="When the service looks at it before it is due, as somebody may have to "
        "get it before the quiet hours that it is due in.",
    )

    # Only what may have to leave early: it costs nothing where there are no hours.
    _early_idx = models.Index(
        "(company_id, early_at, id) WHERE state = 'scheduled' AND early_at IS NOT NULL"
    )

    @api.depends("audience")
    def _compute_due_at(self):
        result = super()._compute_due_at()
        all_hours = self._get_hours()
        if not all_hours:
            self.early_at = False
            return result
        for reminder in self:
            hours = reminder._pick_hours(all_hours)
            reminder.early_at = bool(hours and reminder.due_at) and hours.get_earliest(
                reminder.due_at, reminder._get_hour_limit()
            )
        return result

    def _get_hours(self):
        """Return at which hours the reminders' companies send, to each audience.

        To be asked once for a batch: it remembers the working days that were looked up.

        :return dict[tuple, Hours]: by company and audience, without those at any hour
        """
        places = {(line.company_id, line.audience) for line in self}
        found = {
            (company, audience): audience and company._get_reminder_hours(audience)
            for company, audience in places
        }
        return {place: hours for place, hours in found.items() if hours}

    def _pick_hours(self, all_hours):
        """Return the hours that hold the reminder, None if none do.

        What is set to the start itself, or was sent at once by a person, is not held.

        :param dict all_hours: see ``_get_hours``
        """
        self.ensure_one()
        if not self._is_held_by_hours():
            return None
        return all_hours.get((self.company_id, self.audience))

    def _is_held_by_hours(self):
        """Tell whether the hours of its company hold the reminder, if there are any."""
        self.ensure_one()
        # sudo: whoever may see a reminder may see when it leaves
        reminder = self.sudo()
        anchor = reminder._get_anchor()
        is_asked = reminder.asked_at and reminder.asked_start == anchor
        is_movable = reminder.duration or reminder._is_after()
        return bool(anchor and is_movable and not is_asked)

    def _get_hour_limit(self):
        """Return what the reminder has to precede, None if it may be put off for long.

        :return datetime | None: naive UTC
        """
        self.ensure_one()
        return self._get_anchor() or None

    def _find_moment(self, hours, tz):
        """Return when somebody may get the reminder (naive UTC).

        :param Hours hours: what holds it, see ``_pick_hours``
        :param str tz: the recipient's time zone
        """
        self.ensure_one()
        return hours.find_moment(self.due_at, self._get_hour_limit(), tz)

    def _find_moments(self, hours):
        """Return when its recipients may get the reminder, by their time zones.

        Where it reaches nobody, that is found out by the company's clock.

        :param Hours hours: what holds it, see ``_pick_hours``
        :return dict[str, datetime]: naive UTC
        """
        self.ensure_one()
        # sudo: when a reminder leaves may be known to whoever may see it
        reminder = self.sudo()
        company = reminder.company_id
        try:
            recipients = reminder.task_id._get_reminder_recipients(
                reminder.audience, company
            )
        except ReminderError:
            zones = {company._get_reminder_tz()}
        else:
            zones = {recipient.tz for recipient in recipients}
        return {tz: reminder._find_moment(hours, tz) for tz in zones}

    @api.model
    def _recount_early(self, companies):
        """Find out anew when to look at reminders that are to come.

        :param res.company companies: whose hours or working days have changed
        """
        reminders = self.search(
            [
                ("company_id", "in", companies.ids),
                ("state", "in", ("scheduled", "cancelled")),
                ("due_at", ">", fields.Datetime.now()),
            ]
        )
        reminders._compute_due_at()
