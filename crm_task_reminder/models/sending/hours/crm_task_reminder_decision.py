from datetime import timedelta

from odoo import api, fields, models

from ....tools.delivery import Refusal
from ....tools.errors import ReminderError
from ....tools.hours import PUNCTUAL
from ...line.crm_task_reminder import LEAD_TIME


class CrmTaskReminderDecision(models.AbstractModel):
    """When may it go? Queue, tab and preview ask here."""

    _inherit = "crm.task.reminder.decision"

    @api.model
    def _plan(self, deliveries):
        """Find out when each message may leave, by its recipient's clock.

        :param list[Delivery] deliveries: their ``leave_at`` is set; it stays False
            where the company sends at any hour
        :return tuple[list[Delivery], list[Refusal]]: those that go, and those for which
            there is no hour any more
        """
        now = fields.Datetime.now()
        all_hours = self._get_hours(deliveries)
        planned, refusals = [], []
        for one in deliveries:
            hours = all_hours and one.reminder._pick_hours(all_hours)
            error = self._plan_one(one, hours, now) if hours else None
            if error:
                refusals.append(
                    Refusal(one.reminder, error, one.recipient, one.address)
                )
            else:
                planned.append(one)
        return planned, refusals

    @api.model
    def _get_hours(self, deliveries):
        """Return at which hours the companies of messages send, see the reminder's."""
        reminders = self.env["crm.task.reminder"].concat(
            *{one.reminder for one in deliveries}
        )
        return reminders._get_hours()

    @api.model
    def _plan_one(self, delivery, hours, now):
        """Set when a message may leave.

        Where its moment lay before quiet hours and had passed when the reminder was
        set, it is treated as any time that has passed. What is late and to be sent
        nevertheless leaves in the next hour that there is before the start.

        :param Hours hours: that hold it
        :return ReminderError | None: why it can't leave any more
        """
        reminder = delivery.reminder
        tz = delivery.recipient.tz
        moment = reminder._find_moment(hours, tz)
        if reminder._is_passed_by(moment):
            return ReminderError("passed", self.env._("quiet hours"))
        if moment < max(now - PUNCTUAL, reminder.set_at):
            moment = hours.find_late(now, reminder._get_hour_limit(), tz)
        if not moment:
            return ReminderError("quiet")
        delivery.leave_at = moment
        # half a minute early is no matter, but not where it is before the hours begin
        lead = LEAD_TIME if hours.is_open(now, tz) else timedelta()
        delivery.is_early = moment > now + lead
        return None
